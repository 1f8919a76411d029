package io.github.camelvoice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.callback.SignatureScheme;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.subscription.sep.SepWriter;
import io.github.camelvoice.subscription.spi.UsageEvent.State;
import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.OpaqueState;
import io.github.camelvoice.testkit.ManualTimers;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the receiver of a subscription is told, and when: the sender of callbacks is the test. */
class SubscriptionCallbacksTest {

    private static final String ID = "s-1";
    private final ManualTimers time = new ManualTimers();
    private final List<Callback> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> idle = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private final Map<String, Map<String, InstanceInfo>> resources = new LinkedHashMap<>();
    private boolean underWay;
    private String trouble;
    private long version = 1;
    private Instant until = Instant.parse("2030-01-01T00:00:00Z");
    private String origin = "http-2009-06+json";
    private String receiver = "http://r.example/hook?a=b";

    private final Callbacks callbacks = new Callbacks() {
        @Override
        public void check(String target) {
        }

        @Override
        public CompletionStage<Void> send(Callback callback) {
            if (trouble != null) {
                return CompletableFuture.failedFuture(new IllegalStateException(trouble));
            }
            sent.add(callback);
            underWay = true;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> idle(String target, String orderKey) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            if (underWay) {
                idle.add(done);
            } else {
                done.complete(null);
            }
            return done;
        }
    };
    private final Subscriptions subscriptions = (Subscriptions) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Subscriptions.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("told")) {
                    told.add((Long) arguments[1]);
                    return null;
                }
                assertThat(method.getName()).isEqualTo("get");
                return Optional.of(info());
            });
    private SubscriptionCallbacks teller = teller();

    private SubscriptionCallbacks teller() {
        return new SubscriptionCallbacks(new SubscriptionCallbacks.Tools(callbacks, () -> subscriptions, () -> "h:5060", SepWriter::xml, SepWriter::json,
                time, time, Runnable::run));
    }

    private SubscriptionInfo info() {
        return info(told.isEmpty() ? 0 : told.get(told.size() - 1));
    }

    private SubscriptionInfo info(long known) {
        List<ResourceInfo> all = resources.entrySet().stream().map(each -> new ResourceInfo(each.getKey(), null, List.copyOf(each.getValue().values()),
                null)).toList();
        return new SubscriptionInfo(ID, "voice", "dialog", SubscriptionInfo.State.ACTIVE, version, Instant.EPOCH, until, List.of(), receiver, origin, all,
                all.size(), known, "n1");
    }

    private void resource(String... uris) {
        for (String uri : uris) {
            resources.put(uri, new LinkedHashMap<>());
        }
        teller.taken(info());
    }

    private void change(String uri, String id, State state, String document) {
        change(uri, id, state, new OpaqueState("text/plain", "all of " + document), null, document);
    }

    private void change(String uri, String id, State state, EventState full, EventState changed, String document) {
        InstanceInfo instance = new InstanceInfo(id, state, state == State.TERMINATED ? "noresource" : "", full,
                new InstanceInfo.RawDocument("text/plain", document), ++version, Instant.EPOCH);
        resources.get(uri).put(id, instance);
        teller.changed(new StateChange(ID, "voice", "dialog", version, uri, instance, changed, Instant.EPOCH));
    }

    /** The receiver took what is under way. */
    private void taken() {
        underWay = false;
        List<CompletableFuture<Void>> waiting = List.copyOf(idle);
        idle.clear();
        waiting.forEach(each -> each.complete(null));
    }

    private JsonNode last() throws IOException {
        return new ObjectMapper().readTree(sent.get(sent.size() - 1).body());
    }

    private static String body(JsonNode document, int resource, int instance) {
        return document.at("/list/resources/" + resource + "/instances/" + instance + "/body").asText();
    }

    @Test
    void aChangeIsTheWholeSubscriptionSignedAndInOrder() throws Exception {
        resource("sip:a@h", "sip:b@h");
        assertThat(sent).isEmpty();
        change("sip:a@h", "i1", State.ACTIVE, "one");
        Callback callback = sent.get(0);
        assertThat(callback.target()).isEqualTo(receiver);
        assertThat(callback.contentType()).isEqualTo("application/json");
        assertThat(callback.signature()).isEqualTo(SignatureScheme.SIGNALWIRE_JSON);
        assertThat(callback.callId()).isEqualTo(ID);
        assertThat(last().at("/list/version").asLong()).isEqualTo(2);
        assertThat(last().at("/list/fullState").asBoolean()).isTrue();
        assertThat(last().at("/list/resources").size()).isEqualTo(2);
        assertThat(body(last(), 0, 0)).isEqualTo("one");
        assertThat(told).containsExactly(2L);
        origin = "http-2009-01";
        teller.taken(info());
        taken();
        change("sip:b@h", "i2", State.ACTIVE, "two");
        assertThat(sent.get(1).contentType()).isEqualTo("text/xml");
        assertThat(new String(sent.get(1).body())).contains("<instance id=\"i1\" state=\"active\">", ">one</body>", ">two</body>", "version=\"3\"");
    }

    @Test
    void whatChangesWhileOneIsUnderWayIsOneNextDocument() throws Exception {
        resource("sip:a@h", "sip:b@h");
        change("sip:a@h", "i1", State.ACTIVE, "one");
        for (int i = 0; i < 100; i++) {
            change("sip:a@h", "i1", State.ACTIVE, "a" + i);
        }
        change("sip:b@h", "i2", State.ACTIVE, "b");
        assertThat(sent).hasSize(1);
        taken();
        assertThat(sent).hasSize(2);
        assertThat(body(last(), 0, 0)).as("several changes: the merged state").isEqualTo("all of a99");
        assertThat(body(last(), 1, 0)).as("one change: as it came").isEqualTo("b");
        assertThat(told).containsExactly(2L, version);
        taken();
        assertThat(sent).hasSize(2);
        assertThat(teller.figures()).isEqualTo(new SubscriptionCallbacks.Figures(2, 99, 0));
    }

    @Test
    void whatEndedMeanwhileIsNotLost() throws Exception {
        resource("sip:a@h");
        change("sip:a@h", "i1", State.ACTIVE, "one");
        change("sip:a@h", "i1", State.TERMINATED, "last words");
        resources.get("sip:a@h").clear();
        change("sip:a@h", "i9", State.ACTIVE, "another");
        taken();
        assertThat(last().at("/list/resources/0/instances").size()).isEqualTo(2);
        assertThat(last().at("/list/resources/0/instances/1").toString()).contains("terminated", "noresource", "last words");
    }

    @Test
    void dialogsThatEndedMeanwhileAreNotLost() throws Exception {
        resource("sip:a@h");
        DialogInfo.Dialog first = DialogInfo.Dialog.of("d1", DialogInfo.State.CONFIRMED);
        DialogInfo.Dialog over = first.withState(DialogInfo.State.TERMINATED, DialogInfo.Event.REMOTE_BYE, null);
        DialogInfo.Dialog second = DialogInfo.Dialog.of("d2", DialogInfo.State.EARLY);
        change("sip:a@h", "i1", State.ACTIVE, dialogs(0, first), dialogs(0, first), "v0");
        change("sip:a@h", "i1", State.ACTIVE, dialogs(1), dialogs(1, over), "v1");
        change("sip:a@h", "i1", State.ACTIVE, dialogs(2, second), dialogs(2, second), "v2");
        taken();
        assertThat(body(last(), 0, 0)).contains("id=\"d1\"").contains("remote-bye").contains("id=\"d2\"").contains("version=\"2\"");
        change("sip:a@h", "i1", State.ACTIVE, dialogs(3, second), dialogs(3, second), "v3");
        change("sip:a@h", "i1", State.ACTIVE, dialogs(4, second), dialogs(4, second), "v4");
        taken();
        assertThat(body(last(), 0, 0)).doesNotContain("id=\"d1\"").contains("id=\"d2\"");
    }

    private static DialogInfo dialogs(long number, DialogInfo.Dialog... dialogs) {
        return new DialogInfo(number, false, "sip:a@h", List.of(dialogs));
    }

    @Test
    void afterARestartTheReceiverHearsWhatItDoesNotKnow() throws Exception {
        resource("sip:a@h", "sip:b@h");
        underWay = true;
        change("sip:a@h", "i1", State.ACTIVE, "one");
        change("sip:b@h", "i2", State.ACTIVE, "two");
        assertThat(sent).isEmpty();
        teller.released(ID);
        taken();
        assertThat(sent).isEmpty();
        teller = teller();
        underWay = true;
        teller.taken(info(2));
        assertThat(sent).as("one of the earlier run is under way").isEmpty();
        taken();
        assertThat(sent).hasSize(1);
        assertThat(body(last(), 0, 0)).as("known").isEqualTo("one");
        assertThat(body(last(), 1, 0)).as("who knows how many changes").isEqualTo("all of two");
        taken();
        teller.taken(info(3));
        assertThat(sent).as("nothing is new").hasSize(1);
    }

    @Test
    void anotherReceiverHearsAll() throws Exception {
        resource("sip:a@h");
        change("sip:a@h", "i1", State.ACTIVE, "one");
        taken();
        receiver = "http://other.example/";
        teller.taken(info());
        assertThat(sent.get(1).target()).isEqualTo(receiver);
        assertThat(body(last(), 0, 0)).isEqualTo("all of one");
        receiver = null;
        teller.taken(info());
        change("sip:a@h", "i1", State.ACTIVE, "two");
        taken();
        assertThat(sent).hasSize(2);
    }

    @Test
    void whatIsTooLargeComesInPartsWithRisingVersions() throws Exception {
        int count = 300;
        resource(java.util.stream.IntStream.range(0, count).mapToObj(i -> "sip:u" + i + "@h").toArray(String[]::new));
        underWay = true;
        for (int i = 0; i < count; i++) {
            change("sip:u" + i + "@h", "i", State.ACTIVE, "x".repeat(1_000));
        }
        long versions = 0;
        List<String> seen = new ArrayList<>();
        while (seen.size() < count) {
            int before = sent.size();
            taken();
            assertThat(sent).as("one at a time").hasSize(before + 1);
            assertThat(sent.get(before).body().length).isLessThanOrEqualTo(Callback.MOST_BYTES);
            assertThat(last().at("/list/fullState").asBoolean()).isFalse();
            assertThat(last().at("/list/version").asLong()).isGreaterThan(versions);
            versions = last().at("/list/version").asLong();
            assertThat(told.get(before)).isEqualTo(versions);
            last().at("/list/resources").forEach(each -> seen.add(each.get("uri").asText()));
            if (before == 0) {
                change("sip:u0@h", "i", State.ACTIVE, "newest");
                assertThat(seen).contains("sip:u0@h");
                seen.remove("sip:u0@h");
            }
        }
        assertThat(seen).doesNotHaveDuplicates().last().isEqualTo("sip:u0@h");
        assertThat(sent.size()).isBetween(5, 8);
        taken();
        change("sip:u7@h", "i", State.ACTIVE, "y".repeat(100_000));
        assertThat(last().at("/list/resources/0/uri").asText()).isEqualTo("sip:u7@h");
        assertThat(last().at("/list/resources/0/instances/0").has("body")).as("too large: it is to be fetched").isFalse();
    }

    @Test
    void theEndIsToldEvenWhileOneIsUnderWay() throws Exception {
        resource("sip:a@h", "sip:b@h");
        change("sip:a@h", "i1", State.ACTIVE, "one");
        change("sip:a@h", "i1", State.ACTIVE, "two");
        until = time.now();
        CompletableFuture<Void> ended = teller.ended(info()).toCompletableFuture();
        assertThat(ended).isCompleted();
        assertThat(sent).hasSize(2);
        assertThat(last().at("/list/resources/0/instances/0").toString()).contains("terminated", "timeout", "two");
        assertThat(last().at("/list/version").asLong()).isEqualTo(version + 1);
        assertThat(last().get("expires").asText()).isEqualTo(SepWriter.time(until));
        taken();
        change("sip:a@h", "i1", State.ACTIVE, "three");
        assertThat(sent).hasSize(2);
    }

    @Test
    void theEndOfManyComesInParts() throws Exception {
        resource(java.util.stream.IntStream.range(0, 2_000).mapToObj(i -> "sip:u" + i + "@h").toArray(String[]::new));
        for (int i = 0; i < 2_000; i++) {
            change("sip:u" + i + "@h", "i", State.ACTIVE, "x".repeat(100));
        }
        sent.clear();
        assertThat(teller.ended(info()).toCompletableFuture()).isCompleted();
        int seen = 0;
        long versions = version;
        for (Callback each : sent) {
            JsonNode document = new ObjectMapper().readTree(each.body());
            seen += document.at("/list/resources").size();
            assertThat(each.body().length).isLessThanOrEqualTo(Callback.MOST_BYTES);
            assertThat(document.at("/list/version").asLong()).isEqualTo(++versions);
        }
        assertThat(seen).isEqualTo(2_000);
        assertThat(sent.size()).isBetween(5, 40);
    }

    @Test
    void whatCannotBeWrittenDownIsTriedAgain() throws Exception {
        resource("sip:a@h");
        trouble = "the disk is full";
        change("sip:a@h", "i1", State.ACTIVE, "one");
        change("sip:a@h", "i1", State.ACTIVE, "two");
        assertThat(told).isEmpty();
        trouble = null;
        time.advance(Duration.ofSeconds(5));
        assertThat(sent).hasSize(1);
        assertThat(body(last(), 0, 0)).isEqualTo("all of two");
        taken();
        trouble = "the disk is full";
        CompletableFuture<Void> ended = teller.ended(info()).toCompletableFuture();
        time.advance(Duration.ofSeconds(10));
        assertThat(ended).isNotDone();
        trouble = null;
        time.advance(Duration.ofSeconds(5));
        assertThat(ended).isCompleted();
        assertThat(teller.figures().failed()).isPositive();
        assertThat(sent).hasSize(2);
    }
}
