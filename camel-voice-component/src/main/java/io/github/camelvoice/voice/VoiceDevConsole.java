package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.store.ArchiveFigures;
import io.github.camelvoice.subscription.SubscriptionFigures;
import io.github.camelvoice.tap.TapInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/** The engines, their ports, the consumers' figures, the live calls and their taps, what we watch and who watches us, and our accounts at other servers. */
@DevConsole(name = "voice", displayName = "Voice", description = "Voice calls, ports and consumers")
public class VoiceDevConsole extends AbstractDevConsole {

    /** How many calls, and how many taps, are listed at most. */
    static final int MOST_CALLS = 100;

    public VoiceDevConsole() {
        super("camel", "voice", "Voice", "Voice calls, ports and consumers");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (VoiceComponent component : components()) {
            EngineLink engine = component.runningEngine();
            text.append("Engine ").append(component.getNodeId()).append(": ");
            if (engine == null) {
                text.append("not started\n");
                continue;
            }
            text.append("ports ").append(engine.ports()).append(", told to others ").append(engine.advertisedAddress())
                    .append(", live calls ").append(engine.calls().count()).append('\n');
            text.append("  archive ").append(archive(engine)).append('\n');
            for (Map<String, Object> call : calls(engine)) {
                text.append("  ").append(call).append('\n');
            }
            for (Map<String, Object> tap : taps(engine)) {
                text.append("  tap ").append(tap).append('\n');
            }
            for (Map<String, Object> subscription : subscriptions(engine)) {
                text.append("  subscription ").append(subscription).append('\n');
            }
            for (Map<String, Object> account : accounts(engine)) {
                text.append("  account ").append(account).append('\n');
            }
            for (Map<String, Object> watcher : watchers(engine)) {
                text.append("  watcher ").append(watcher).append('\n');
            }
        }
        consumers().forEach(consumer -> text.append("Consumer ").append(consumer).append('\n'));
        return text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonObject root = new JsonObject();
        List<JsonObject> engines = new ArrayList<>();
        for (VoiceComponent component : components()) {
            EngineLink engine = component.runningEngine();
            JsonObject json = new JsonObject();
            json.put("node", component.getNodeId());
            json.put("started", engine != null);
            if (engine != null) {
                json.put("ports", new JsonObject(engine.ports()));
                json.put("advertised", engine.advertisedAddress());
                json.put("liveCalls", engine.calls().count());
                json.put("archive", archive(engine));
                json.put("calls", calls(engine));
                json.put("liveTaps", engine.taps().list().size());
                json.put("taps", taps(engine));
                json.put("subscriptionFigures", figures(engine));
                json.put("subscriptions", subscriptions(engine));
                json.put("watchers", watchers(engine));
                json.put("accounts", accounts(engine));
            }
            engines.add(json);
        }
        root.put("engines", engines);
        root.put("consumers", consumers());
        return root;
    }

    private List<VoiceComponent> components() {
        return getCamelContext().getComponentNames().stream().map(getCamelContext()::hasComponent)
                .filter(VoiceComponent.class::isInstance).map(VoiceComponent.class::cast).toList();
    }

    private static JsonObject archive(EngineLink engine) {
        ArchiveFigures figures = engine.archive().figures();
        JsonObject json = new JsonObject();
        json.put("waitingEntries", figures.waitingEntries());
        json.put("waitingBytes", figures.waitingBytes());
        json.put("lost", figures.lost());
        json.put("trouble", figures.trouble());
        json.put("storeTrouble", figures.storeTrouble());
        return json;
    }

    private static List<JsonObject> calls(EngineLink engine) {
        return engine.calls().live().stream().limit(MOST_CALLS).map(Call::snapshot).map(VoiceDevConsole::call).toList();
    }

    private static JsonObject call(CallSnapshot call) {
        JsonObject json = new JsonObject();
        json.put("callId", call.callId());
        json.put("direction", call.direction().name());
        json.put("state", call.state().name());
        json.put("from", call.from().uri());
        json.put("to", call.to().uri());
        json.put("since", call.createdAt().toString());
        if (call.media() != null) {
            json.put("codec", call.media().codec());
            json.put("encrypted", call.media().encrypted());
        }
        return json;
    }

    private static List<JsonObject> taps(EngineLink engine) {
        return engine.taps().list().stream().limit(MOST_CALLS).map(VoiceDevConsole::tap).toList();
    }

    private static JsonObject tap(TapInfo tap) {
        JsonObject json = new JsonObject();
        json.put("callId", tap.callId());
        json.put("controlId", tap.controlId());
        json.put("uri", tap.uri());
        json.put("direction", tap.direction().word());
        json.put("state", tap.state().name());
        json.put("paused", tap.paused());
        json.put("codec", tap.codec() + "/" + tap.rate());
        json.put("inboundLevel", tap.figures().inboundLevel());
        json.put("outboundLevel", tap.figures().outboundLevel());
        json.put("frames", tap.figures().frames());
        json.put("dropped", tap.figures().dropped());
        json.put("reconnects", tap.figures().reconnects());
        return json;
    }

    private static JsonObject figures(EngineLink engine) {
        SubscriptionFigures figures = engine.subscriptions().figures();
        JsonObject json = new JsonObject();
        json.put("subscriptions", figures.subscriptions());
        json.put("resources", figures.resources());
        json.put("watches", figures.watches());
        json.put("active", figures.active());
        json.put("waiting", figures.waiting());
        json.put("stopped", figures.stopped());
        json.put("notifies", figures.notifies());
        json.put("changes", figures.changes());
        return json;
    }

    private static List<JsonObject> subscriptions(EngineLink engine) {
        return engine.subscriptions().list(null).stream().limit(MOST_CALLS).map(info -> new JsonObject(SubscriptionJson.values(info))).toList();
    }

    private static List<JsonObject> watchers(EngineLink engine) {
        return engine.notifier().watchers().stream().limit(MOST_CALLS).map(watcher -> new JsonObject(SubscriptionJson.values(watcher))).toList();
    }

    private static List<JsonObject> accounts(EngineLink engine) {
        return engine.sessions().list(null).stream().limit(MOST_CALLS).map(info -> new JsonObject(SessionJson.values(info))).toList();
    }

    private List<JsonObject> consumers() {
        List<JsonObject> list = new ArrayList<>();
        for (Route route : getCamelContext().getRoutes()) {
            Consumer consumer = route.getConsumer();
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("routeId", route.getRouteId());
            if (consumer instanceof VoiceCallConsumer calls) {
                figures.put("live", calls.getLiveCalls());
                figures.put("waiting", calls.getWaitingCalls());
                figures.put("received", calls.getReceivedCalls());
                figures.put("refused", calls.getRefusedCalls());
                list.add(new JsonObject(figures));
            } else if (consumer instanceof VoiceEventsConsumer events) {
                figures.put("waiting", events.getWaitingEvents());
                figures.put("dropped", events.getDroppedEvents());
                figures.put("consumed", events.getConsumedEvents());
                list.add(new JsonObject(figures));
            } else if (consumer instanceof VoiceTapConsumer taps) {
                figures.put("taps", taps.getLiveTaps());
                figures.put("waiting", taps.getWaitingExchanges());
                figures.put("droppedMillis", taps.getDroppedMillis());
                figures.put("consumed", taps.getConsumedExchanges());
                list.add(new JsonObject(figures));
            } else if (consumer instanceof VoiceSipInfoConsumer records) {
                figures.put("name", records.getConsumerName());
                figures.put("delivered", records.getDeliveredCalls());
                figures.put("failed", records.getFailedTries());
                figures.put("skipped", records.getSkippedCalls());
                figures.put("trouble", records.trouble());
                list.add(new JsonObject(figures));
            } else if (consumer instanceof VoiceSubscribeConsumer states) {
                figures.put("subscription", states.getSubscriptionId());
                figures.put("waiting", states.getWaitingChanges());
                figures.put("skipped", states.getSkippedChanges());
                figures.put("consumed", states.getConsumedChanges());
                figures.put("trouble", states.trouble());
                list.add(new JsonObject(figures));
            } else if (consumer instanceof VoiceSessionConsumer statuses) {
                figures.put("account", statuses.getAccount());
                figures.put("waiting", statuses.getWaitingStatuses());
                figures.put("missed", statuses.getMissedStatuses());
                figures.put("consumed", statuses.getConsumedStatuses());
                figures.put("trouble", statuses.trouble());
                list.add(new JsonObject(figures));
            } else if (consumer instanceof VoiceWatchersConsumer watchers) {
                figures.put("requested", watchers.getRequestedWatchers());
                figures.put("undecided", watchers.getUndecidedWatchers());
                list.add(new JsonObject(figures));
            } else if (consumer instanceof VoicePublicationsConsumer publications) {
                figures.put("waiting", publications.getWaitingPublications());
                figures.put("dropped", publications.getDroppedPublications());
                figures.put("consumed", publications.getConsumedPublications());
                list.add(new JsonObject(figures));
            }
        }
        return list;
    }
}
