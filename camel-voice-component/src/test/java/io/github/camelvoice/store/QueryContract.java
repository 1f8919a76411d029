package io.github.camelvoice.store;

import static io.github.camelvoice.store.CallSamples.START;
import static io.github.camelvoice.store.CallSamples.live;
import static io.github.camelvoice.store.CallSamples.message;
import static io.github.camelvoice.store.CallSamples.parties;
import static io.github.camelvoice.store.CallSamples.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import io.github.camelvoice.trace.TraceEntry.Message;
import io.github.camelvoice.trace.TraceEntry.Opened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store answers when it is asked for calls, and what the wire can do to it. */
public abstract class QueryContract extends CallStoreContract {

    private static final String HOSTILE = "sip:\u0000nul'; drop table voice_call; --%_\\\ud800\u00e4\ud83d\ude00\uffff" + "x".repeat(20_000);

    /** Nine calls a second apart: c1, c4 and c7 live, the others busy and normal in turn. */
    private void nine() throws Exception {
        for (int i = 1; i <= 9; i++) {
            CallRecord call = parties(live("c" + i, START.plusSeconds(i)), "main", i % 2 == 0 ? CallDirection.OUTBOUND : CallDirection.INBOUND,
                    "sip:Alice" + i + "@example.com", "sip:bob" + i % 3 + "@example.org");
            if (i % 3 == 1) {
                apply(new Opened(i, call));
            } else {
                apply(whole(i, call, i % 3 == 2 ? Kind.BUSY : Kind.NORMAL));
            }
        }
        apply(whole(10, parties(live("foreign", START.plusSeconds(5)), "other", CallDirection.INBOUND, "sip:a@b", "sip:c@d"), Kind.BUSY));
    }

    private static CallQuery all(int limit, String token) {
        return new CallQuery("main", null, null, null, null, null, null, token, limit);
    }

    private String ids(CallQuery query) throws StoreException {
        return ids(store.list(query).calls());
    }

    private static String ids(List<CallRecord> calls) {
        return String.join(" ", calls.stream().map(CallRecord::callId).toList());
    }

    @Test
    void theNewestComeFirstAndOnlyThoseOfTheProject() throws Exception {
        nine();
        assertThat(ids(all(100, null))).isEqualTo("c9 c8 c7 c6 c5 c4 c3 c2 c1");
        assertThat(store.list(all(9, null)).nextPageToken()).isNull();
        assertThat(ids(new CallQuery("nobody", null, null, null, null, null, null, null, 100))).isEmpty();
        assertThat(ids(new CallQuery(null, null, null, null, null, null, null, null, 3))).isEqualTo("c9 c8 c7");
        assertThat(ids(new CallQuery(null, "sip:a@b", null, null, null, null, null, null, 3))).isEqualTo("foreign");
    }

    @Test
    void pagesFollowOneAnotherWhateverComesInBetween() throws Exception {
        nine();
        CallPage first = store.list(all(4, null));
        assertThat(ids(first.calls())).isEqualTo("c9 c8 c7 c6");
        apply(whole(11, live("new", START.plusSeconds(60)), Kind.NORMAL));
        CallPage second = store.list(all(4, first.nextPageToken()));
        assertThat(ids(second.calls())).isEqualTo("c5 c4 c3 c2");
        CallPage third = store.list(all(4, second.nextPageToken()));
        assertThat(ids(third.calls())).isEqualTo("c1");
        assertThat(third.nextPageToken()).isNull();
    }

    @Test
    void callsOfOneMomentAreAllListed() throws Exception {
        for (int i = 0; i < 5; i++) {
            apply(whole(i, live("c" + i, START), Kind.NORMAL));
        }
        List<String> seen = new ArrayList<>();
        String token = null;
        do {
            CallPage page = store.list(all(2, token));
            page.calls().forEach(call -> seen.add(call.callId()));
            token = page.nextPageToken();
        } while (token != null);
        assertThat(seen).containsExactlyInAnyOrder("c0", "c1", "c2", "c3", "c4");
    }

    @Test
    void filters() throws Exception {
        nine();
        Instant since = START.plusSeconds(4);
        Instant until = START.plusSeconds(8);
        assertThat(ids(new CallQuery("main", null, CallDirection.OUTBOUND, null, null, null, null, null, 10))).isEqualTo("c8 c6 c4 c2");
        assertThat(ids(new CallQuery("main", null, null, Kind.BUSY, null, null, null, null, 10))).isEqualTo("c8 c5 c2");
        assertThat(ids(new CallQuery("main", null, null, null, since, until, null, null, 10))).isEqualTo("c7 c6 c5 c4");
        assertThat(ids(new CallQuery("main", null, null, null, null, null, true, null, 10))).isEqualTo("c7 c4 c1");
        assertThat(ids(new CallQuery("main", null, null, null, null, null, false, null, 10))).isEqualTo("c9 c8 c6 c5 c3 c2");
        assertThat(ids(new CallQuery("main", "aLICE5", null, null, null, null, null, null, 10))).isEqualTo("c5");
        assertThat(ids(new CallQuery("main", "bob1@EXAMPLE", null, null, null, null, null, null, 10))).isEqualTo("c7 c4 c1");
        assertThat(ids(new CallQuery("main", "bob2", CallDirection.OUTBOUND, Kind.BUSY, START, until, false, null, 10))).isEqualTo("c2");
        assertThat(ids(new CallQuery("main", "%", null, null, null, null, null, null, 10))).isEmpty();
        assertThat(ids(new CallQuery("main", "alice_@", null, null, null, null, null, null, 10))).isEmpty();
        assertThat(ids(new CallQuery("main", null, null, null, Instant.MIN, Instant.MAX, null, null, 1))).isEqualTo("c9");
    }

    @Test
    void filteredPagesFollowOneAnother() throws Exception {
        nine();
        CallPage first = store.list(new CallQuery("main", null, null, Kind.BUSY, null, null, null, null, 2));
        assertThat(ids(first.calls())).isEqualTo("c8 c5");
        CallPage second = store.list(new CallQuery("main", null, null, Kind.BUSY, null, null, null, first.nextPageToken(), 2));
        assertThat(ids(second.calls())).isEqualTo("c2");
        assertThat(second.nextPageToken()).isNull();
        CallPage live = store.list(new CallQuery("main", null, null, null, null, null, true, null, 2));
        assertThat(ids(live.calls())).isEqualTo("c7 c4");
        assertThat(ids(store.list(new CallQuery("main", null, null, null, null, null, true, live.nextPageToken(), 2)).calls())).isEqualTo("c1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "\u0000", "' or 1=1 --", "AQAAAAAAAAAAAAAAAAAAAAAAAAAA", "\ud83d\ude00"})
    void aTokenThatIsNoneIsRefused(String token) {
        assertThatThrownBy(() -> store.list(all(4, token))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("page token");
    }

    @Test
    void aTokenOfAnotherQuestionIsRefused() throws Exception {
        nine();
        String token = store.list(all(4, null)).nextPageToken();
        assertThatThrownBy(() -> store.list(new CallQuery("other", null, null, null, null, null, null, token, 4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.list(all(4, token + token))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void aLimitOutOfRangeIsRefused(int limit) {
        assertThatThrownBy(() -> store.list(all(limit, null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oddIdsAreNotFoundAndOddQuestionsMatchNothing() throws Exception {
        nine();
        for (String odd : List.of("", "\u0000", "c1\u0000", "x".repeat(10_000), "\ud800", "\ud83d\ude00", "' or ''='", "../../etc/passwd", HOSTILE)) {
            assertThat(store.find("main", odd)).isEmpty();
            assertThat(store.read(odd, "c1")).isEmpty();
            assertThat(store.list(new CallQuery(odd, null, null, null, null, null, null, null, 5)).calls()).isEmpty();
            assertThat(store.cursor("node", odd)).isEmpty();
            assertThat(store.position(odd)).isZero();
            if (!odd.isEmpty()) {
                assertThat(store.list(new CallQuery("main", odd, null, null, null, null, null, null, 5)).calls()).isEmpty();
            }
        }
    }

    @Test
    void whatTheWireBringsIsKept() throws Exception {
        CallRecord plain = live("c1", START);
        CallRecord odd = new CallRecord("c1", HOSTILE, HOSTILE, CallDirection.INBOUND, HOSTILE, HOSTILE, HOSTILE, "udp", HOSTILE, HOSTILE,
                HOSTILE, START, null, null, null, HOSTILE, null, plain.received(), plain.sent());
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        apply(new Opened(1, odd), new Message(1, message(START, false, bytes)), new Message(1, message(START, false, new byte[0])));

        assertThat(store.read(HOSTILE, "c1").orElseThrow().messages().get(0).data()).isEqualTo(bytes);
        assertThat(store.list(new CallQuery(HOSTILE, "NUL'; drop", null, null, null, null, null, null, 5)).calls()).hasSize(1);
        assertThat(store.list(new CallQuery(HOSTILE, "\u0000nul", null, null, null, null, null, null, 5)).calls()).hasSize(1);
        store.moveCursor(HOSTILE, HOSTILE, 3);
        assertThat(store.cursor(HOSTILE, HOSTILE)).hasValue(3);
        assertThat(store.cursor(HOSTILE, HOSTILE + "x")).isEmpty();
    }

    @Test
    void aMegabyteOfMessagesIsKeptInOrder() throws Exception {
        List<TraceEntry> entries = new ArrayList<>();
        entries.add(new Opened(1, live("c1", START)));
        for (int i = 0; i < 40; i++) {
            byte[] data = new byte[60_000];
            data[0] = (byte) i;
            entries.add(new Message(1, message(START.plusMillis(i), i % 2 == 0, data)));
        }
        apply(entries);
        apply(new Message(1, message(START.plusSeconds(1), true, new byte[] {40})));

        List<SipMessage> read = store.read("main", "c1").orElseThrow().messages();
        assertThat(read).hasSize(41);
        for (int i = 0; i < 41; i++) {
            assertThat(read.get(i).data()[0]).isEqualTo((byte) i);
        }
    }

    @Test
    void timesOutOfReasonAreTaken() throws Exception {
        apply(whole(1, live("old", Instant.parse("1970-01-01T00:00:00Z")), Kind.NORMAL));
        apply(whole(2, live("future", Instant.parse("2999-01-01T00:00:00Z")), Kind.NORMAL));
        apply(whole(3, live("old2", Instant.parse("1969-12-31T23:59:59Z")), Kind.NORMAL));
        assertThat(ids(all(5, null))).startsWith("future").contains("old", "old2");
        assertThat(store.find("main", "old").orElseThrow().createdAt()).isEqualTo(Instant.EPOCH);
    }
}
