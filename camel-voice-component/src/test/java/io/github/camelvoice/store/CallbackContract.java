package io.github.camelvoice.store;

import static io.github.camelvoice.store.CallSamples.START;
import static io.github.camelvoice.store.CallSamples.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.CallbackEntry.Attempted;
import io.github.camelvoice.callback.CallbackEntry.Queued;
import io.github.camelvoice.callback.CallbackEntry.Replayed;
import io.github.camelvoice.callback.CallbackEntry.Settled;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.SignatureScheme;
import io.github.camelvoice.callback.StoredCallback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does with callbacks. */
public abstract class CallbackContract extends QueryContract {

    private static final String NODE = "node";
    /** Numbers of a real log begin about there. */
    private static final long FIRST = 1_795_283_034_164_000_000L;
    private long at;

    private void tell(CallbackEntry... entries) throws StoreException {
        store.apply(NODE, 100_000 + ++at, List.of(entries));
    }

    private static Callback callback(String callId, String text) {
        return Callback.json("tap", callId, "https://example.com/\u00e4?x=" + callId, text);
    }

    private static Queued queued(long number, String callId) {
        return new Queued(number, "n1-" + number % FIRST, callback(callId, "{\"n\":" + number + "}"), START.plusSeconds(number % FIRST));
    }

    private static Attempt failed(int number) {
        return new Attempt(number, START.plusSeconds(100 + number), 17, "500 Internal Server Error \u00e4\ud83d\ude00");
    }

    private List<Long> waiting(long after, long below, int most) throws StoreException {
        return store.waitingCallbacks(NODE, null, after, below, most).stream().map(StoredCallback::number).toList();
    }

    private String ids(CallbackState state, String callId) throws StoreException {
        return ids(store.callbacks(new CallbackQuery(state, callId, null, 100)));
    }

    private static String ids(CallbackPage page) {
        return String.join(" ", page.callbacks().stream().map(StoredCallback::id).toList());
    }

    @Test
    void aCallbackIsReadAsItWas() throws Exception {
        byte[] body = new byte[Callback.MOST_BYTES];
        body[7] = -1;
        Callback callback = new Callback("call \u0000\u00e4", "crm", "application/octet-stream", body, SignatureScheme.NONE, "tap", "a key");
        tell(new Queued(7, "n1-7", callback, START));

        CallbackStore.Found found = store.callback("n1-7").orElseThrow();
        assertThat(found.source()).isEqualTo(NODE);
        assertThat(found.callback()).isEqualTo(new StoredCallback(7, "n1-7", callback, START, START, CallbackState.WAITING, null, null, 0,
                List.of()));
        assertThat(store.callback("n1-8")).isEmpty();
        assertThat(store.callback("x\u0000\ud800".repeat(100))).isEmpty();
        assertThat(store.waitingCallbacks("other", null, 0, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void itsStoryIsTheSameInOneBatchAndInMany() throws Exception {
        CallbackEntry[] story = {new Attempted(1, failed(1)), new Attempted(1, failed(2)),
            new Settled(1, CallbackState.GIVEN_UP, "410 Gone", START.plusSeconds(200)), new Replayed(1, START.plusSeconds(300)),
            new Attempted(1, new Attempt(3, START.plusSeconds(301), 5, null)),
            new Settled(1, CallbackState.DELIVERED, null, START.plusSeconds(302))};
        List<CallbackEntry> whole = new ArrayList<>(List.of(queued(1, "c1")));
        whole.addAll(List.of(story));
        tell(whole.toArray(new CallbackEntry[0]));
        tell(queued(2, "c1"));
        for (CallbackEntry each : story) {
            tell(of(each, 2));
        }
        for (long number = 1; number <= 2; number++) {
            StoredCallback callback = store.callback("n1-" + number).orElseThrow().callback();
            assertThat(callback.state()).isEqualTo(CallbackState.DELIVERED);
            assertThat(callback.cause()).isNull();
            assertThat(callback.since()).isEqualTo(START.plusSeconds(300));
            assertThat(callback.settledAt()).isEqualTo(START.plusSeconds(302));
            assertThat(callback.tried()).isEqualTo(3);
            assertThat(callback.attempts()).containsExactly(failed(1), failed(2), new Attempt(3, START.plusSeconds(301), 5, null));
        }
        assertThat(waiting(0, 100, 10)).isEmpty();
    }

    private static CallbackEntry of(CallbackEntry entry, long number) {
        if (entry instanceof Attempted attempted) {
            return new Attempted(number, attempted.attempt());
        } else if (entry instanceof Settled settled) {
            return new Settled(number, settled.state(), settled.cause(), settled.at());
        }
        return new Replayed(number, ((Replayed) entry).at());
    }

    @Test
    void thoseThatWaitComeInOrder() throws Exception {
        for (int number = 1; number <= 9; number++) {
            tell(queued(number, "c" + number % 2));
        }
        tell(new Settled(3, CallbackState.DELIVERED, null, START), new Attempted(4, failed(1)));
        tell(new Settled(5, CallbackState.GIVEN_UP, "no", START));
        assertThat(waiting(0, 100, 100)).containsExactly(1L, 2L, 4L, 6L, 7L, 8L, 9L);
        assertThat(waiting(2, 9, 3)).containsExactly(4L, 6L, 7L);
        assertThat(store.waitingCallbacks(NODE, null, 3, 5, 1).get(0).tried()).isEqualTo(1);
        assertThat(store.waitingCallbacks(NODE, null, 3, 5, 1).get(0).callback()).isEqualTo(callback("c0", "{\"n\":4}"));

        tell(new Queued(10, "n1-10", new Callback("c", "crm", "a/b", new byte[1], SignatureScheme.NONE, "tap", "c"), START));
        assertThat(store.waitingCallbacks(NODE, "crm", 0, 100, 9)).extracting(StoredCallback::number).containsExactly(10L);
        assertThat(store.waitingCallbacks(NODE, "https://example.com", 6, 100, 9)).extracting(StoredCallback::number).containsExactly(7L, 8L, 9L);
    }

    @Test
    void listsAreByStateAndByCallNewestFirst() throws Exception {
        for (int number = 1; number <= 6; number++) {
            tell(queued(FIRST + number, number < 4 ? "a" : "b"));
        }
        tell(new Settled(FIRST + 2, CallbackState.DELIVERED, null, START), new Settled(FIRST + 5, CallbackState.GIVEN_UP, "gone", START));
        assertThat(ids(null, null)).isEqualTo("n1-6 n1-5 n1-4 n1-3 n1-2 n1-1");
        assertThat(ids(CallbackState.WAITING, null)).isEqualTo("n1-6 n1-4 n1-3 n1-1");
        assertThat(ids(CallbackState.WAITING, "a")).isEqualTo("n1-3 n1-1");
        assertThat(ids(CallbackState.GIVEN_UP, null)).isEqualTo("n1-5");
        assertThat(ids(null, "nobody")).isEmpty();

        CallbackPage first = store.callbacks(new CallbackQuery(null, null, null, 4));
        assertThat(ids(first)).isEqualTo("n1-6 n1-5 n1-4 n1-3");
        CallbackPage second = store.callbacks(new CallbackQuery(null, null, first.nextPageToken(), 4));
        assertThat(ids(second)).isEqualTo("n1-2 n1-1");
        assertThat(second.nextPageToken()).isNull();
        assertThatThrownBy(() -> store.callbacks(new CallbackQuery(null, null, "drop table", 4))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBatchThatComesAgainAfterAnOlderPositionChangesNothing() throws Exception {
        tell(queued(1, "c1"), new Attempted(1, failed(1)));
        tell(queued(1, "c1"), new Attempted(1, failed(1)), new Attempted(1, failed(2)));
        assertThat(store.callback("n1-1").orElseThrow().callback().attempts()).hasSize(2);
    }

    @Test
    void settledOnesAreDeletedWithTheCallsAndThoseThatWaitStay() throws Exception {
        store.apply(NODE, 1, CallSamples.whole(1, live("c1", START), Kind.NORMAL));
        tell(queued(11, "c1"), queued(12, "c1"), queued(13, "c1"));
        tell(new Settled(11, CallbackState.DELIVERED, null, START.plusSeconds(1)), new Attempted(11, failed(1)),
                new Settled(12, CallbackState.GIVEN_UP, "gone", START.plusSeconds(60)));
        assertThat(store.purge(START.plusSeconds(30), 10)).isEqualTo(2);
        assertThat(ids(null, null)).isEqualTo("n1-13 n1-12");
        assertThat(store.purge(START.plusSeconds(90), 10)).isEqualTo(1);
        assertThat(ids(null, null)).isEqualTo("n1-13");
    }
}
