package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.testkit.RawSip;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PUBLISH of others (RFC 3903), over the wire. */
class PublishingPhonesTest {

    private static final String PIDF = "application/pidf+xml";
    private static final String REPORT = "VQSessionReport: CallTerm\r\nCallID: 6dg37f1890463\r\nLocalID: Alice <sip:alice@example.org>\r\n"
            + "RemoteID: Bill <sip:bill@example.net>\r\nOrigID: Alice <sip:alice@example.org>\r\nLocalAddr: IP=10.10.1.100 PORT=5000 SSRC=1a3b5c7d\r\n"
            + "RemoteAddr: IP=11.1.1.150 PORT=5002 SSRC=0x2468abcd\r\nLocalMetrics:\r\nTimestamps: START=2004-10-10T18:23:43Z STOP=2004-10-01T18:26:02Z\r\n";

    private WatcherRig rig;

    @BeforeEach
    void start() throws EngineStartException {
        rig = WatcherRig.standard();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static String presence(String note) {
        return "<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:alice@127.0.0.1\"><tuple id=\"t\"><status><basic>open"
                + "</basic></status><note>" + note + "</note></tuple></presence>";
    }

    private RawSip.Request publish(String user, String event, int expires, String... more) {
        RawSip.Request request = rig.phone.request("PUBLISH", rig.uri(user)).with("Event: " + event, "Expires: " + expires);
        return (more.length == 0 ? request : request.with(more)).as("alice", "secret");
    }

    private RawSip.Message present(int expires, String note, String... more) {
        return publish("alice", "presence", expires, more).body(PIDF, presence(note)).send(rig.port());
    }

    @Test
    void publishedChangedProlongedRemoved() {
        WatcherRig.Subscription watching = rig.watch("alice", "presence", 600);
        assertThat(watching.notify(1).body()).contains("<presence").doesNotContain("<tuple");
        RawSip.Message first = present(600, "one");
        assertThat(first.code()).isEqualTo(200);
        assertThat(first.header("Expires")).isEqualTo("600");
        assertThat(watching.notify(2).body()).contains("one");
        RawSip.Message changed = present(600, "two", "SIP-If-Match: " + first.header("SIP-ETag"));
        assertThat(changed.header("SIP-ETag")).isNotEmpty().isNotEqualTo(first.header("SIP-ETag"));
        assertThat(watching.notify(3).body()).contains("two");
        assertThat(present(600, "three", "SIP-If-Match: " + first.header("SIP-ETag")).code()).as("an old tag").isEqualTo(412);
        RawSip.Message prolonged = publish("alice", "presence", 900, "SIP-If-Match: " + changed.header("SIP-ETag")).send(rig.port());
        assertThat(prolonged.code()).isEqualTo(200);
        RawSip.Message removed = publish("alice", "presence", 0, "SIP-If-Match: " + prolonged.header("SIP-ETag")).send(rig.port());
        assertThat(removed.header("Expires")).isEqualTo("0");
        assertThat(watching.notify(4).body()).doesNotContain("<tuple");
        assertThat(rig.notifier().figures().publications()).isZero();
    }

    @Test
    void expiredAndTheOneBeforeShowsAgain() {
        WatcherRig.Subscription watching = rig.watch("alice", "presence", 600);
        present(600, "desk");
        assertThat(watching.notify(2).body()).contains("desk");
        present(1, "mobile");
        assertThat(watching.notify(3).body()).contains("mobile");
        assertThat(watching.notify(4).body()).contains("desk");
    }

    @Test
    void refusals() throws EngineStartException {
        rig.close();
        rig = new WatcherRig(options -> options.withExpires(60, 3600), config -> config);
        assertThat(rig.phone.request("PUBLISH", rig.uri("alice")).with("Event: presence").body(PIDF, presence("x")).send(rig.port()).code()).isEqualTo(401);
        assertThat(publish("bob", "presence", 600).body(PIDF, presence("x")).send(rig.port()).code()).as("somebody else's").isEqualTo(403);
        assertThat(publish("alice", "weather", 600).body("text/plain", "x").send(rig.port()).code()).isEqualTo(489);
        RawSip.Message brief = present(5, "x");
        assertThat(brief.code()).isEqualTo(423);
        assertThat(brief.header("Min-Expires")).isEqualTo("60");
        assertThat(publish("alice", "presence", 600).send(rig.port()).code()).as("nothing in it").isEqualTo(400);
        RawSip.Message type = publish("alice", "presence", 600).body("text/plain", "here").send(rig.port());
        assertThat(type.code()).isEqualTo(415);
        assertThat(type.header("Accept")).isEqualTo(PIDF);
        assertThat(publish("alice", "presence", 600).body(PIDF, "<presence").send(rig.port()).code()).isEqualTo(400);
        assertThat(present(600, "x", "SIP-If-Match: none").code()).isEqualTo(412);
        assertThat(present(99_999, "x").header("Expires")).isEqualTo("3600");
    }

    @Test
    void qualityReportsGoToThoseWhoFollow() {
        List<Publication> followed = new CopyOnWriteArrayList<>();
        rig.notifier().onPublication(followed::add);
        WatcherRig.Subscription watching = rig.watch("alice", "vq-rtcpxr", 600);
        assertThat(watching.notify(1).body()).isEmpty();
        for (int i = 1; i <= 5; i++) {
            assertThat(publish("alice", "vq-rtcpxr", 3600).body("application/vq-rtcpxr", REPORT.replace("6dg37f", "call" + i)).send(rig.port()).code())
                    .isEqualTo(200);
        }
        assertThat(publish("collector", "vq-rtcpxr", 3600).body("application/vq-rtcpxr", REPORT).send(rig.port()).code()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(5)).until(() -> watching.notifies().size() == 6);
        assertThat(watching.notifies().subList(1, 6)).extracting(each -> each.body().lines().skip(1).findFirst().orElse(""))
                .containsExactly("CallID: call11890463", "CallID: call21890463", "CallID: call31890463", "CallID: call41890463", "CallID: call51890463");
        assertThat(followed).hasSize(6).allSatisfy(each -> assertThat(each.event()).isEqualTo("vq-rtcpxr"));
        assertThat(followed.get(5).resource()).contains("collector");
        assertThat(followed.get(5).user()).isEqualTo("alice");
    }

    /** Of several phones of one user with calls that do not pass here. */
    @Test
    void publishedDialogsStandBesideOurs() {
        WatcherRig.Subscription watching = rig.watch("alice", "dialog", 600);
        watching.notify(1);
        String dialog = "<?xml version=\"1.0\"?><dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"7\" state=\"full\" entity=\"sip:alice@x\">"
                + "<dialog id=\"NAME\"><state>confirmed</state></dialog></dialog-info>";
        assertThat(publish("alice", "dialog", 600).body("application/dialog-info+xml", dialog.replace("NAME", "desk")).send(rig.port()).code()).isEqualTo(200);
        assertThat(watching.notify(2).body()).contains("desk").contains("version=\"1\"");
        publish("alice", "dialog", 600).body("application/dialog-info+xml", dialog.replace("NAME", "mobile")).send(rig.port());
        assertThat(watching.notify(3).body()).contains("desk").contains("mobile").contains("version=\"2\"");
    }
}
