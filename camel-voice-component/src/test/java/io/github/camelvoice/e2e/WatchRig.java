package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.EngineConfigBuilder;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.subscription.ChangeFilter;
import io.github.camelvoice.subscription.ChangeListener;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionFigures;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.subscription.WatcherCredentials;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.XmlLint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An engine that watches others, and every change that it told. */
final class WatchRig implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final EngineRig rig;
    private final Subscriptions.Following following;
    private final List<StateChange> changes = new CopyOnWriteArrayList<>();

    private WatchRig(EngineRig rig) {
        this.rig = rig;
        this.following = subscriptions().follow(ChangeFilter.ALL, new ChangeListener() {
            @Override
            public void changed(StateChange change) {
                changes.add(change);
            }
        });
    }

    static WatchRig start() {
        return new WatchRig(EngineRig.start(config -> config));
    }

    static WatchRig start(CallArchive archive, UnaryOperator<EngineConfigBuilder> settings) {
        return new WatchRig(EngineRig.start(archive, settings));
    }

    Subscriptions subscriptions() {
        return rig.engine.subscriptions();
    }

    SubscriptionFigures figures() {
        return subscriptions().figures();
    }

    /** What to ask for; the password is that of {@link Kamailio} and sent if it is asked for. */
    static SubscriptionRequest request(String event, int expires, String from, String proxy, String password, List<String> resources) {
        String user = from == null ? "watcher" : from.substring(4, from.indexOf('@'));
        return new SubscriptionRequest(null, "main", event, resources.stream().map(uri -> new SubscriptionRequest.Resource(uri, null)).toList(),
                List.of(), expires, null, null, "route", SubscriptionRequest.Lists.AUTO, from, proxy, new WatcherCredentials.Access(user, password));
    }

    /** Watches resources, for a minute at a time. */
    String watch(String event, String... resources) {
        return watch(request(event, 60, null, null, Kamailio.PASSWORD, List.of(resources)));
    }

    String watch(SubscriptionRequest request) {
        try {
            return subscriptions().create(request).toCompletableFuture().join().id();
        } catch (CompletionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        }
    }

    SubscriptionInfo info(String id) {
        return subscriptions().get(id).orElseThrow(() -> new AssertionError("no subscription " + id));
    }

    ResourceInfo resource(String id, String uri) {
        return info(id).resources().stream().filter(each -> each.uri().equals(uri)).findFirst()
                .orElseThrow(() -> new AssertionError("no resource " + uri + " in " + info(id)));
    }

    /** Waits until a resource is known to be as wanted, and returns the state. */
    EventState await(String id, String uri, String what, Predicate<EventState> wanted) {
        Awaitility.await(what + " of " + uri).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() ->
                assertThat(states(id, uri).anyMatch(wanted)).as("%s", info(id)).isTrue());
        return states(id, uri).filter(wanted).findFirst().orElseThrow();
    }

    private Stream<EventState> states(String id, String uri) {
        return resource(id, uri).instances().stream().map(InstanceInfo::full).filter(state -> state != null);
    }

    /** Waits until the document of a resource has a text in it. */
    EventState await(String id, String uri, String text) {
        return await(id, uri, text, state -> state.document().contains(text));
    }

    void awaitFigures(String what, Predicate<SubscriptionFigures> wanted) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(wanted.test(figures())).as("%s", figures()).isTrue());
    }

    /** What was told of a resource, in order. */
    List<StateChange> changes(String id, String uri) {
        return changes.stream().filter(change -> change.subscriptionId().equals(id) && change.resource().equals(uri)).toList();
    }

    /** Changes of each subscription are numbered upwards, and every document of XML is well-formed. */
    void mustBeInOrder(Path folder) {
        changes.stream().map(StateChange::subscriptionId).distinct().forEach(id ->
                assertThat(changes.stream().filter(change -> change.subscriptionId().equals(id)).map(StateChange::number)).isSorted()
                        .doesNotHaveDuplicates());
        changes.stream().flatMap(change -> Stream.of(change.changed(), change.instance().full()))
                .filter(state -> state != null && state.contentType().endsWith("xml")).map(EventState::document).distinct()
                .forEach(document -> XmlLint.mustBeWellFormed(folder, document));
    }

    @Override
    public void close() {
        following.close();
        rig.close();
    }
}
