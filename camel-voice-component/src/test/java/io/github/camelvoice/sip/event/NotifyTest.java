package io.github.camelvoice.sip.event;

import static io.github.camelvoice.sip.event.SubscriberRig.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which NOTIFYs are taken, and what the others hear. */
class NotifyTest {

    private static final byte[] DOCUMENT = "<dialog-info/>".getBytes(StandardCharsets.UTF_8);

    private final SubscriberRig rig = new SubscriberRig();

    @BeforeEach
    void open() {
        rig.open();
    }

    @Test
    void theEventMustBeOurs() {
        assertThat(rig.notify(2, ACTIVE).event(null).send().code()).isEqualTo(400);
        SubscriberRig.Notify other = rig.notify(3, ACTIVE).event("Event: presence").send();
        assertThat(other.code()).isEqualTo(489);
        assertThat(Messages.value(other.responses.get(0), "Allow-Events")).isEqualTo("dialog");
        assertThat(rig.notify(4, ACTIVE).event("Event: dialog;id=7").send().code()).isEqualTo(481);
        assertThat(rig.notify(5, ACTIVE).event("o: DIALOG;x=y").send().code()).isEqualTo(200);
        assertThat(rig.told()).containsExactly("n1 active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"active;expires=", "active;expires=-1", "active;expires=x", "terminated;reason", "terminated;reason=", "terminated;reason=a b",
        "active;expires=1;expires=2", "active;retry-after=soon", "act ive", "active;=x"})
    void theStateMustBeWellFormed(String state) {
        assertThat(SubscriptionState.of(state)).as(state).isNull();
    }

    @Test
    void aMissingStateIsA400() {
        assertThat(rig.notify(2, null).send().code()).isEqualTo(400);
        assertThat(rig.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"active, ACTIVE, '', -1, -1", "PENDING;expires=10, PENDING, '', -1, 10", "waiting;expires=99999999999, ACTIVE, '', -1, 2147483647",
        "terminated;reason=GiveUp;retry-after=20;x=y;z, TERMINATED, giveup, 20, -1", "terminated ; reason = timeout, TERMINATED, timeout, -1, -1"})
    void statesThatAreUnderstood(String text, UsageEvent.State state, String reason, int retryAfter, int expires) {
        assertThat(SubscriptionState.of(text)).isEqualTo(new SubscriptionState(state, reason, retryAfter, expires));
    }

    @Test
    void orderAndPlace() {
        assertThat(rig.notify(7, ACTIVE).send().code()).isEqualTo(200);
        assertThat(rig.notify(6, ACTIVE).send().code()).as("overtaken").isEqualTo(500);
        assertThat(rig.notify(8, ACTIVE).from("127.0.0.9").send().code()).as("from elsewhere").isEqualTo(481);
        assertThat(rig.notify(8, ACTIVE).from("127.0.0.9").passes()).as("asked who he is, then").isFalse();
        assertThat(rig.notify(8, ACTIVE).passes()).isTrue();
        assertThat(rig.notify(8, ACTIVE).send().code()).as("still in order").isEqualTo(200);
        assertThat(rig.notifyFrom(null, 9, ACTIVE).send().code()).as("no tag").isEqualTo(481);
        assertThat(rig.notify(9, null).method("BYE").send().code()).isEqualTo(405);
        assertThat(rig.notify(10, null).method("SUBSCRIBE").send().code()).isEqualTo(405);
        assertThat(rig.told()).containsExactly("n1 active", "n1 active");
        assertThat(rig.subscriber.strangers()).isEqualTo(2);
    }

    @Test
    void listsWhereNoneWereAskedFor() {
        SubscriberRig.Notify list = rig.notify(2, ACTIVE, "Require: eventlist").send();
        assertThat(list.code()).isEqualTo(420);
        assertThat(Messages.value(list.responses.get(0), "Unsupported")).isEqualTo("eventlist");
    }

    @Test
    void packedBodies() throws IOException {
        assertThat(rig.notify(2, ACTIVE, "Content-Encoding: gzip").body("a/b", packed(true, DOCUMENT)).send().code()).isEqualTo(200);
        assertThat(rig.notify(3, ACTIVE, "Content-Encoding: deflate").body("a/b", packed(false, DOCUMENT)).send().code()).isEqualTo(200);
        byte[] zlib = packed(false, DOCUMENT);
        byte[] raw = java.util.Arrays.copyOfRange(zlib, 2, zlib.length - 4);
        assertThat(rig.notify(4, ACTIVE, "Content-Encoding: deflate").body("a/b", raw).send().code()).isEqualTo(200);
        assertThat(rig.notify(5, ACTIVE, "Content-Encoding: identity").body("a/b", DOCUMENT).send().code()).isEqualTo(200);
        assertThat(rig.events).hasSize(4).allSatisfy(event -> assertThat(((UsageEvent.Notified) event).body()).isEqualTo(DOCUMENT));
        SubscriberRig.Notify strange = rig.notify(6, ACTIVE, "Content-Encoding: br").body("a/b", DOCUMENT).send();
        assertThat(strange.code()).isEqualTo(415);
        assertThat(Messages.value(strange.responses.get(0), "Accept-Encoding")).contains("gzip", "deflate");
        assertThat(rig.notify(7, ACTIVE, "Content-Encoding: gzip").body("a/b", DOCUMENT).send().code()).as("no gzip").isEqualTo(400);
        byte[] bomb = packed(true, new byte[20 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(64 * 1024);
        assertThat(rig.notify(8, ACTIVE, "Content-Encoding: gzip").body("a/b", bomb).send().code()).as("a bomb").isEqualTo(413);
        assertThat(rig.events).hasSize(4);
        assertThat(rig.notify(9, ACTIVE).body("<next/>").send().code()).as("none of this ends the subscription").isEqualTo(200);
    }

    private static byte[] packed(boolean gzip, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }
}
