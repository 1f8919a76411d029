package io.github.camelvoice.store.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.SignatureScheme;
import io.github.camelvoice.trace.LogEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CallbackCodecTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456789Z");
    private static final LogEntry[] ENTRIES = {
        new CallbackEntry.Queued(Long.MAX_VALUE, "n1-\u00e4", Callback.json("tap", "c\u00f6", "https://h/\ud83d\ude00", "{}"), NOON),
        new CallbackEntry.Queued(1, "n1-2", new Callback("c", "crm", "a/b", new byte[Callback.MOST_BYTES], SignatureScheme.NONE, "t", ""), NOON),
        new CallbackEntry.Attempted(2, new Attempt(Integer.MAX_VALUE, NOON, Long.MAX_VALUE, null)),
        new CallbackEntry.Attempted(2, new Attempt(1, NOON, 5, "500 \u20ac".repeat(50))),
        new CallbackEntry.Settled(3, CallbackState.GIVEN_UP, "x".repeat(9_999), NOON),
        new CallbackEntry.Settled(3, CallbackState.DELIVERED, null, NOON),
        new CallbackEntry.Replayed(4, NOON)};

    @ParameterizedTest
    @FieldSource("ENTRIES")
    void whatIsReadIsWhatWasWritten(LogEntry entry) {
        ByteBuffer out = ByteBuffer.allocate((int) EntryCodec.room(entry));
        EntryCodec.encode(entry, out);
        LogEntry read = EntryCodec.decode(EntryCodec.type(entry), ByteBuffer.wrap(Arrays.copyOf(out.array(), out.position())));
        assertThat(read).isEqualTo(entry);
    }

    @ParameterizedTest
    @FieldSource("ENTRIES")
    void oneThatEndsTooEarlyIsNone(LogEntry entry) {
        ByteBuffer out = ByteBuffer.allocate((int) EntryCodec.room(entry));
        EntryCodec.encode(entry, out);
        byte type = EntryCodec.type(entry);
        for (int length = 0; length < Math.min(out.position(), 200); length++) {
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(out.array(), length));
            assertThatThrownBy(() -> EntryCodec.decode(type, cut)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void aCauseIsOneLineOfBoundedLength() {
        CallbackEntry.Settled settled = new CallbackEntry.Settled(1, CallbackState.GIVEN_UP, "a\r\nb\u0000" + "c".repeat(1_000), NOON);
        assertThat(settled.cause()).startsWith("a b c").hasSize(Attempt.MOST_FAILURE);
    }
}
