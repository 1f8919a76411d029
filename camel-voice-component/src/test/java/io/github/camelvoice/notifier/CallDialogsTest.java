package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.subscription.state.DialogInfo.Dialog;
import io.github.camelvoice.subscription.state.DialogInfo.State;
import io.github.camelvoice.testkit.ManualTimers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls as dialogs, also where their events were too many. */
class CallDialogsTest {

    private final EventBus bus = new EventBus();
    private final ManualTimers timers = new ManualTimers();
    private final Map<String, CallState> live = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private CallDialogs dialogs;

    @BeforeEach
    void start() {
        dialogs = new CallDialogs(bus, 4, calls(), uri -> uri.replaceAll("sip:(.*)@.*", "$1"), EngineClock.SYSTEM, timers, Runnable::run, key -> { });
    }

    @AfterEach
    void stop() {
        dialogs.close();
    }

    private Calls calls() {
        return (Calls) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Calls.class}, (proxy, method, args) -> switch (method.getName()) {
            case "find" -> {
                gate.await(10, TimeUnit.SECONDS);
                yield call((String) args[0]);
            }
            case "live" -> live.keySet().stream().map(this::call).toList();
            default -> throw new AssertionError(method.getName());
        });
    }

    private Call call(String id) {
        return (Call) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Call.class}, (proxy, method, args) -> switch (method.getName()) {
            case "id" -> id;
            case "dialog" -> null;
            case "snapshot" -> new CallSnapshot(id, id + "@x", CallDirection.OUTBOUND, live.get(id), party("alice"), party("bob"), "sip:bob@x", "udp", "", "",
                    SipHeaders.none(), Instant.EPOCH, null, null, null, null, false, false, false, null, null, "a", null);
            default -> throw new AssertionError(method.getName());
        });
    }

    private static Party party(String user) {
        return new Party("sip:" + user + "@x", user, "x", "");
    }

    private static VoiceEvent.Head head(String id) {
        return new VoiceEvent.Head(id, 0, Instant.EPOCH, id + "@x", CallDirection.OUTBOUND, "sip:alice@x", "sip:bob@x");
    }

    private void placed(String id) {
        live.put(id, CallState.CALLING);
        bus.publish(new VoiceEvent.CallInitiated(head(id), "sip:bob@x", null));
    }

    private void ended(String id) {
        live.remove(id);
        bus.publish(new VoiceEvent.CallEnded(head(id), EndCause.of(EndCause.Kind.BUSY, EndCause.Origin.REMOTE, ""), Duration.ZERO, MediaFigures.NONE,
                MediaFigures.NONE));
    }

    private void awaitStates(String user, State... states) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(dialogs.of(user)).extracting(Dialog::state).containsExactlyInAnyOrder(states));
    }

    @Test
    void shownUntilAWhileAfterTheEnd() {
        placed("c1");
        awaitStates("alice", State.TRYING);
        awaitStates("bob", State.TRYING);
        ended("c1");
        awaitStates("alice", State.TERMINATED);
        timers.advance(Duration.ofSeconds(4));
        assertThat(dialogs.of("alice")).hasSize(1);
        timers.advance(Duration.ofSeconds(2));
        assertThat(dialogs.of("alice")).isEmpty();
        assertThat(dialogs.of("bob")).isEmpty();
    }

    @Test
    void aCallForAnotherOneShowsNobodyTwice() {
        placed("c1");
        awaitStates("bob", State.TRYING);
        bus.publish(new VoiceEvent.CallInitiated(head("c2"), "sip:carol@x", "c1"));
        awaitStates("carol", State.TRYING);
        assertThat(dialogs.of("alice")).hasSize(1);
    }

    @Test
    void whatIsLostIsFoundAgain() {
        placed("c1");
        placed("c2");
        awaitStates("alice", State.TRYING, State.TRYING);
        gate = new CountDownLatch(1);
        bus.publish(new VoiceEvent.CallRinging(head("c1"), 180, "", false));
        // The reader is stuck now; four events wait, the others are lost.
        for (int i = 0; i < 10; i++) {
            bus.publish(new VoiceEvent.CallRinging(head("c2"), 180, "", false));
        }
        ended("c1");
        placed("c3");
        live.put("c2", CallState.ACTIVE);
        gate.countDown();
        awaitStates("alice", State.TERMINATED, State.CONFIRMED, State.TRYING);
        timers.advance(Duration.ofSeconds(6));
        awaitStates("alice", State.CONFIRMED, State.TRYING);
    }
}
