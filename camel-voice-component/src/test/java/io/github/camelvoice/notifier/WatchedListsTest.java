package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.subscription.state.ListNotification;
import io.github.camelvoice.subscription.state.ListNotification.Resource;
import io.github.camelvoice.subscription.state.ListNotification.State;
import io.github.camelvoice.subscription.state.ResourceLists;
import io.github.camelvoice.subscription.state.mime.MimeException;
import io.github.camelvoice.testkit.RawSip;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many resources for one SUBSCRIBE: lists that come with it (RFC 5367), and lists of ours (RFC 4662). */
class WatchedListsTest {

    private static final String PIDF = "application/pidf+xml";
    private static final String[] ASKED = {"Require: recipient-list-subscribe", "Supported: eventlist", "Content-Disposition: recipient-list"};

    private WatcherRig rig;

    @BeforeEach
    void start() throws EngineStartException {
        rig = WatcherRig.standard();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void present(String user, String note) {
        rig.publish("presence", user, PIDF, "<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:" + user
                + "@127.0.0.1\"><tuple id=\"t\"><status><basic>open</basic></status><note>" + note + "</note></tuple></presence>");
    }

    private String lists(String... users) {
        return new ResourceLists(Arrays.stream(users).map(user -> new ResourceLists.Entry(user.contains("@") ? user : rig.uri(user), null)).toList()).document();
    }

    private RawSip.Message send(String event, String type, String body, String... headers) {
        return rig.phone.request("SUBSCRIBE", "sip:127.0.0.1:" + rig.port()).with("Event: " + event, "Expires: 600").with(headers).body(type, body)
                .as("alice", "secret").send(rig.port());
    }

    private WatcherRig.Subscription watch(String event, String... users) {
        return rig.new Subscription(send(event, ResourceLists.TYPE, lists(users), ASKED));
    }

    private static ListNotification read(RawSip.Message notify) {
        try {
            return ListNotification.read(notify.header("Content-Type"), notify.body().getBytes(StandardCharsets.UTF_8));
        } catch (MimeException malformed) {
            throw new AssertionError(notify.text(), malformed);
        }
    }

    private static String state(ListNotification list, Resource resource) {
        ListNotification.Part part = list.part(resource.instances().get(0));
        return part == null ? null : new String(part.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aListThatComesWithTheRequest() {
        present("alice", "at home");
        WatcherRig.Subscription team = watch("presence", "alice", "bob", "carol");
        assertThat(team.accepted.header("Require")).isEqualTo("eventlist");
        assertThat(team.notify(1).header("Require")).isEqualTo("eventlist");
        ListNotification first = read(team.notify(1));
        assertThat(first.fullState()).isTrue();
        assertThat(first.version()).isZero();
        assertThat(first.resources()).extracting(Resource::uri).containsExactly(rig.uri("alice"), rig.uri("bob"), rig.uri("carol"));
        assertThat(first.resources()).allSatisfy(each -> assertThat(each.instances()).extracting(ListNotification.Instance::state).containsExactly(State.ACTIVE));
        assertThat(state(first, first.resources().get(0))).contains("at home");
        present("bob", "on the road");
        ListNotification second = read(team.notify(2));
        assertThat(second.fullState()).isFalse();
        assertThat(second.version()).isEqualTo(1);
        assertThat(second.resources()).singleElement().satisfies(each -> assertThat(state(second, each)).contains("on the road"));
        assertThat(team.again(600, "Event: presence").code()).isEqualTo(200);
        ListNotification third = read(team.notify(3));
        assertThat(third.fullState()).isTrue();
        assertThat(third.resources()).hasSize(3);
        assertThat(rig.notifier().watchers()).singleElement().satisfies(each -> assertThat(each.size()).isEqualTo(3));
    }

    @Test
    void aListOfOurs() {
        rig.notifier().list("team", List.of("sip:alice@127.0.0.1", "sip:bob@127.0.0.1"));
        present("alice", "here");
        assertThat(rig.subscribe("team", "presence", 600).as("alice", "secret").send(rig.port()).header("Require")).isEqualTo("eventlist");
        WatcherRig.Subscription team = rig.watch("team", "presence", 600, "Supported: eventlist");
        ListNotification first = read(team.notify(1));
        assertThat(first.uri()).isEqualTo(rig.uri("team"));
        assertThat(first.resources()).hasSize(2);
        rig.notifier().list("team", List.of());
        assertThat(team.notify(2).header("Subscription-State")).isEqualTo("terminated;reason=noresource");
    }

    @Test
    void whatCannotBeServed() throws EngineStartException {
        rig.close();
        rig = new WatcherRig(options -> options.withLimits(100, 100, 5), config -> config);
        RawSip.Message unsupported = send("presence", ResourceLists.TYPE, lists("alice"), ASKED[0], ASKED[2]);
        assertThat(unsupported.code()).isEqualTo(421);
        assertThat(unsupported.header("Require")).isEqualTo("eventlist");
        assertThat(send("presence", "text/plain", "alice", ASKED).code()).isEqualTo(415);
        assertThat(send("presence", ResourceLists.TYPE, "<resource-lists", ASKED).code()).isEqualTo(400);
        assertThat(send("presence", ResourceLists.TYPE, lists(), ASKED).code()).isEqualTo(400);
        assertThat(send("presence", ResourceLists.TYPE, "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><resource-lists "
                + "xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"sip:&b;@x\"/></list></resource-lists>", ASKED).code()).isEqualTo(400);
        assertThat(send("presence", ResourceLists.TYPE, lists("a", "b", "c", "d", "e", "f"), ASKED).code()).isEqualTo(413);
        assertThat(rig.notifier().watchers()).isEmpty();
    }

    @Test
    void eachResourceIsAuthorised() {
        rig.mail("alice", 1);
        rig.mail("bob", 2);
        WatcherRig.Subscription mail = watch("message-summary", "alice", "bob", "sip:noUserHere");
        ListNotification first = read(mail.notify(1));
        assertThat(state(first, first.resources().get(0))).contains("1/0");
        assertThat(first.resources().get(1).instances()).singleElement().satisfies(each -> {
            assertThat(each.state()).isEqualTo(State.TERMINATED);
            assertThat(each.reason()).isEqualTo("rejected");
            assertThat(each.cid()).isNull();
        });
        rig.mail("bob", 3);
        rig.mail("alice", 4);
        assertThat(read(mail.notify(2)).resources()).extracting(Resource::uri).containsExactly(rig.uri("alice"));
    }

    /** As Linphone sends its list of friends. */
    @Test
    void aListThatCameCompressed() throws Exception {
        rig.close();
        rig = new WatcherRig(options -> options, config -> config.trustedSources(List.of("127.0.0.1")));
        String head = rig.phone.request("SUBSCRIBE", "sip:127.0.0.1:" + rig.port()).with("Event: presence", "Expires: 600", "Content-Encoding: deflate",
                "Content-Type: " + ResourceLists.TYPE).with(ASKED).text("z9hG4bKdeflated");
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(body)) {
            deflating.write(lists("alice", "bob").getBytes(StandardCharsets.UTF_8));
        }
        message.writeBytes(head.replace("Content-Length: 0", "Content-Length: " + body.size()).getBytes(StandardCharsets.UTF_8));
        message.writeBytes(body.toByteArray());
        rig.phone.send(rig.port(), message.toByteArray());
        await().atMost(Duration.ofSeconds(5)).until(() -> !rig.phone.requests("NOTIFY").isEmpty());
        assertThat(read(rig.phone.requests("NOTIFY").get(0)).resources()).extracting(Resource::uri).containsExactly(rig.uri("alice"), rig.uri("bob"));
        assertThat(send("presence", ResourceLists.TYPE, lists("alice"), ASKED[0], ASKED[1], ASKED[2], "Content-Encoding: br").code()).isEqualTo(415);
        assertThat(send("presence", ResourceLists.TYPE, lists("alice"), ASKED[0], ASKED[1], ASKED[2], "Content-Encoding: gzip").code()).isEqualTo(400);
    }

    /** What does not fit into one message comes with the next. */
    @Test
    void aLongListComesInPieces() {
        String[] users = IntStream.range(0, 60).mapToObj(i -> "user" + i).toArray(String[]::new);
        Arrays.stream(users).forEach(user -> present(user, "I am " + user));
        WatcherRig.Subscription all = watch("presence", users);
        Map<String, String> known = new HashMap<>();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            known.clear();
            for (RawSip.Message each : all.notifies()) {
                ListNotification list = read(each);
                list.resources().stream().filter(resource -> !resource.instances().isEmpty()).forEach(resource -> known.put(resource.uri(), state(list, resource)));
            }
            return known.size() == users.length;
        });
        assertThat(known.entrySet()).allSatisfy(each -> assertThat(each.getValue()).contains("I am " + each.getKey().replaceAll("sip:(.*)@.*", "$1") + "<"));
        assertThat(all.notifies()).allSatisfy(each -> assertThat(each.text().length()).isLessThan(16_000));
        List<ListNotification> told = all.notifies().stream().map(WatchedListsTest::read).collect(Collectors.toList());
        assertThat(told.get(0).fullState()).isTrue();
        assertThat(told.get(0).resources()).hasSize(users.length);
        assertThat(told.subList(1, told.size())).isNotEmpty().allSatisfy(each -> assertThat(each.fullState()).isFalse());
    }
}
