package io.github.camelvoice.store;

import static io.github.camelvoice.store.CallSamples.START;
import static io.github.camelvoice.store.CallSamples.live;
import static io.github.camelvoice.store.CallSamples.message;
import static io.github.camelvoice.store.CallSamples.messages;
import static io.github.camelvoice.store.CallSamples.over;
import static io.github.camelvoice.store.CallSamples.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.store.CallStore.LiveTrace;
import io.github.camelvoice.store.CallStore.NumberedCall;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import io.github.camelvoice.trace.TraceEntry.Closed;
import io.github.camelvoice.trace.TraceEntry.Ended;
import io.github.camelvoice.trace.TraceEntry.Message;
import io.github.camelvoice.trace.TraceEntry.Opened;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of calls does. */
public abstract class CallStoreContract {

    protected CallStore store;
    private long position;

    /** A store with nothing in it. */
    protected abstract CallStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected void apply(TraceEntry... entries) throws StoreException {
        apply(List.of(entries));
    }

    protected void apply(List<TraceEntry> entries) throws StoreException {
        store.apply("node", ++position, entries);
    }

    @Test
    void aWholeCallInOneBatchIsReadAsItWas() throws Exception {
        CallRecord call = live("c1", START);
        apply(whole(1, call, Kind.NORMAL));

        SipInfo info = store.read("main", "c1").orElseThrow();
        assertThat(info.call()).isEqualTo(over(call, Kind.NORMAL));
        assertThat(info.dropped()).isZero();
        sameMessages(info.messages(), messages(1, call, 0, 7));
        assertThat(store.read("main", "c1@example.com").orElseThrow().call()).isEqualTo(info.call());
        assertThat(store.find("main", "c1")).contains(info.call());
    }

    @Test
    void callsThatWerePlacedForAnotherAreFoundOldestFirst() throws Exception {
        CallRecord caller = live("caller", START);
        CallRecord second = live("second", START.plusMillis(20)).childOf("caller");
        CallRecord first = live("first", START.plusMillis(10)).childOf("caller");
        CallRecord foreign = CallSamples.parties(live("foreign", START.plusMillis(5)), "other", caller.direction(), "a", "b").childOf("caller");
        apply(new Opened(1, caller), new Opened(2, second), new Opened(3, first), new Opened(4, foreign), new Opened(5, live("alone", START)));
        assertThat(store.children("main", "caller", 10)).containsExactly(first, second);

        apply(new Ended(3, over(first, Kind.BUSY), 0), new Closed(3));
        assertThat(store.children("main", "caller", 10)).containsExactly(over(first, Kind.BUSY), second);
        assertThat(store.children("main", "caller", 1)).containsExactly(over(first, Kind.BUSY));
        assertThat(store.children("other", "caller", 10)).containsExactly(foreign);
        assertThat(store.children("main", "first", 10)).isEmpty();
        assertThat(store.find("main", "first").orElseThrow().parentCallId()).isEqualTo("caller");

        apply(new Ended(2, over(second, Kind.NORMAL), 0), new Closed(2));
        store.purge(START.plusMillis(15), 100);
        assertThat(store.children("main", "caller", 10)).containsExactly(over(second, Kind.NORMAL));
    }

    @Test
    void aCallOverSeveralBatchesIsReadAsItWasAtEachPoint() throws Exception {
        CallRecord call = live("c1", START);
        apply(messages(1, call, 0, 1));
        assertThat(store.find("main", "c1")).isEmpty();
        apply(new Opened(1, call));
        assertThat(store.live("node")).containsExactly(new LiveTrace(1, call));
        List<TraceEntry> middle = messages(1, call, 1, 5);
        apply(middle);
        sameMessages(store.read("main", "c1").orElseThrow().messages(), messages(1, call, 0, 5));
        assertThat(store.find("main", "c1")).contains(call);
        apply(new Ended(1, over(call, Kind.NORMAL), 2));
        apply(messages(1, call, 5, 7));
        apply(new Closed(1));

        SipInfo info = store.read("main", "c1").orElseThrow();
        assertThat(info.call()).isEqualTo(over(call, Kind.NORMAL));
        assertThat(info.dropped()).isEqualTo(2);
        sameMessages(info.messages(), messages(1, call, 0, 7));
        assertThat(store.live("node")).isEmpty();
    }

    @Test
    void aRefusedCallHasOnlyAnEnd() throws Exception {
        CallRecord call = over(live("c1", START), Kind.UNAUTHORIZED);
        List<TraceEntry> entries = new ArrayList<>(messages(1, call, 0, 1));
        entries.add(new Ended(1, call, 0));
        entries.add(new Closed(1));
        apply(entries);

        assertThat(store.read("main", "c1").orElseThrow().messages()).hasSize(1);
        assertThat(store.find("main", "c1")).contains(call);
        assertThat(store.lastEnded("node")).isEqualTo(1);
    }

    @Test
    void twoCallsOnOneTraceBothHaveItsMessages() throws Exception {
        CallRecord out = live("c1", START);
        CallRecord in = live("c2", START.plusMillis(1));
        apply(new Opened(1, out), new Message(1, message(START, true, "INVITE")), new Opened(1, in),
                new Message(1, message(START.plusMillis(2), false, "SIP/2.0 200 OK")));
        apply(new Ended(1, over(out, Kind.NORMAL), 0), new Ended(1, over(in, Kind.NORMAL), 0), new Closed(1));

        assertThat(store.read("main", "c1").orElseThrow().messages()).hasSize(2);
        assertThat(store.read("main", "c2").orElseThrow().messages()).hasSize(2);
    }

    @Test
    void aSipCallIdUsedTwiceGivesTheNewestCall() throws Exception {
        CallRecord older = live("c1", START);
        CallRecord twin = live("c2", START.plusSeconds(60));
        CallRecord newer = new CallRecord(twin.callId(), older.sipCallId(), twin.project(), twin.direction(), twin.from(), twin.to(),
                twin.target(), twin.transport(), twin.remoteAddress(), twin.authenticatedUser(), null, twin.createdAt(), null, null, null, null,
                null, twin.received(), twin.sent());
        apply(new Opened(2, newer));
        apply(whole(1, older, Kind.BUSY));

        assertThat(store.find("main", older.sipCallId()).orElseThrow().callId()).isEqualTo("c2");
        assertThat(store.find("main", "c1").orElseThrow().callId()).isEqualTo("c1");
    }

    @Test
    void aTraceNumberBelongsToItsSource() throws Exception {
        CallRecord one = live("c1", START);
        CallRecord two = live("c2", START);
        store.apply("node-1", 1, whole(7, one, Kind.NORMAL));
        store.apply("node-2", 1, List.of(new Opened(7, two), new Message(7, message(START, true, "CANCEL"))));

        sameMessages(store.read("main", "c1").orElseThrow().messages(), messages(7, one, 0, 7));
        assertThat(store.read("main", "c2").orElseThrow().messages()).hasSize(1);
        assertThat(store.live("node-1")).isEmpty();
        assertThat(store.live("node-2")).containsExactly(new LiveTrace(7, two));
    }

    @Test
    void thePositionIsThatOfTheLastBatch() throws Exception {
        assertThat(store.position("node")).isZero();
        store.apply("node", 4711, List.of(new Opened(1, live("c1", START))));
        store.apply("other", 1, List.of());
        assertThat(store.position("node")).isEqualTo(4711);
        assertThat(store.position("other")).isEqualTo(1);
        store.apply("node", 5000, List.of());
        assertThat(store.position("node")).isEqualTo(5000);
    }

    @Test
    void aBatchThatComesTwiceCountsOnce() throws Exception {
        CallRecord call = live("c1", START);
        store.apply("node", 9, whole(1, call, Kind.NORMAL));
        store.apply("node", 9, whole(1, call, Kind.NORMAL));

        assertThat(store.read("main", "c1").orElseThrow().messages()).hasSize(7);
        assertThat(store.lastEnded("node")).isEqualTo(1);
    }

    @Test
    void anEndThatIsToldTwiceHasOneNumberAndTheFirstStays() throws Exception {
        CallRecord call = live("c1", START);
        apply(new Opened(1, call), new Opened(1, call));
        apply(new Ended(1, over(call, Kind.BUSY), 0), new Ended(1, over(call, Kind.NORMAL), 0));
        apply(new Ended(1, over(call, Kind.INTERRUPTED), 0), new Opened(1, call));

        assertThat(store.lastEnded("node")).isEqualTo(1);
        assertThat(store.find("main", "c1").orElseThrow().cause().kind()).isEqualTo(Kind.BUSY);
        assertThat(store.endedAfter("node", 0, 10)).hasSize(1);
    }

    @Test
    void aCallThatEndedInOneBatchAndInAnotherAgainIsListedOnce() throws Exception {
        CallRecord call = live("c1", START);
        apply(whole(1, call, Kind.BUSY));
        apply(whole(2, live("c2", START), Kind.BUSY));
        apply(new Opened(1, call));

        assertThat(store.list(new CallQuery("main", null, null, null, null, null, null, null, 10)).calls()).hasSize(2);
        assertThat(store.live("node")).isEmpty();
    }

    @Test
    void endedCallsAreNumberedPerSourceInTheOrderOfTheirEnds() throws Exception {
        CallRecord first = live("c1", START);
        CallRecord second = live("c2", START.plusSeconds(1));
        CallRecord third = live("c3", START.plusSeconds(2));
        apply(new Opened(1, first), new Opened(2, second), new Opened(3, third));
        apply(new Ended(2, over(second, Kind.NORMAL), 0), new Ended(1, over(first, Kind.NORMAL), 0));
        store.apply("other", 1, List.of(new Ended(3, over(live("c4", START), Kind.BUSY), 0)));
        apply(new Ended(3, over(third, Kind.NORMAL), 0));

        assertThat(numbers(store.endedAfter("node", 0, 10))).containsExactly("1 c2", "2 c1", "3 c3");
        assertThat(numbers(store.endedAfter("node", 1, 1))).containsExactly("2 c1");
        assertThat(store.endedAfter("node", 3, 10)).isEmpty();
        assertThat(numbers(store.endedAfter("other", 0, 10))).containsExactly("1 c4");
        assertThat(store.endedAfter("unknown", 0, 10)).isEmpty();
        assertThat(store.lastEnded("node")).isEqualTo(3);
        assertThat(store.lastEnded("unknown")).isZero();
    }

    @Test
    void endedCallsComeWithTheirMessages() throws Exception {
        CallRecord call = live("c1", START);
        apply(messages(1, call, 0, 4));
        apply(whole(2, live("c2", START), Kind.NORMAL));
        apply(new Ended(1, over(call, Kind.NORMAL), 3));

        List<NumberedCall> ended = store.endedAfter("node", 0, 10);
        assertThat(ended.get(0).info().messages()).hasSize(7);
        assertThat(ended.get(1).info().dropped()).isEqualTo(3);
        sameMessages(ended.get(1).info().messages(), messages(1, call, 0, 4));
    }

    @Test
    void aCursorIsWhereItWasMovedTo() throws Exception {
        assertThat(store.cursor("node", "kafka")).isEmpty();
        store.moveCursor("node", "kafka", 0);
        assertThat(store.cursor("node", "kafka")).hasValue(0);
        store.moveCursor("node", "kafka", 17);
        store.moveCursor("node", "file", 3);
        store.moveCursor("other", "kafka", 5);
        assertThat(store.cursor("node", "kafka")).hasValue(17);
        assertThat(store.cursor("node", "file")).hasValue(3);
        assertThat(store.cursor("other", "kafka")).hasValue(5);
    }

    @Test
    void purgeTakesOldCallsInStepsWithTheirMessages() throws Exception {
        for (int i = 0; i < 10; i++) {
            apply(whole(i, live("c" + i, START.plusSeconds(i)), Kind.NORMAL));
        }
        assertThat(store.purge(START.plusSeconds(5), 3)).isEqualTo(3);
        assertThat(store.purge(START.plusSeconds(5), 3)).isEqualTo(2);
        assertThat(store.purge(START.plusSeconds(5), 3)).isZero();
        assertThat(store.find("main", "c4")).isEmpty();
        assertThat(store.find("main", "c4@example.com")).isEmpty();
        assertThat(store.read("main", "c5").orElseThrow().messages()).hasSize(7);
        assertThat(store.lastEnded("node")).isEqualTo(10);
        assertThat(numbers(store.endedAfter("node", 0, 2))).containsExactly("6 c5", "7 c6");
    }

    @Test
    void messagesThatComeAfterThePurgeOfTheirCallHurtNobody() throws Exception {
        CallRecord call = live("c1", START);
        apply(new Opened(1, call));
        assertThat(store.purge(START.plusSeconds(1), 10)).isEqualTo(1);
        apply(messages(1, call, 0, 3));
        apply(new Ended(1, over(call, Kind.NORMAL), 0), new Closed(1));

        assertThat(store.find("main", "c1").orElseThrow().cause().kind()).isEqualTo(Kind.NORMAL);
        assertThat(store.purge(START.plusSeconds(1), 10)).isEqualTo(1);
    }

    @Test
    void aCauseKeepsEverything() throws Exception {
        CallRecord live = live("c1", START);
        CallRecord plain = over(live, Kind.NORMAL);
        EndCause cause = new EndCause(Kind.OVERLOADED, EndCause.Origin.TRANSPORT, 503, "Überlast \"jetzt\"", "Q.850;cause=42");
        CallRecord call = new CallRecord(plain.callId(), plain.sipCallId(), plain.project(), plain.direction(), plain.from(), plain.to(),
                plain.target(), "tls", plain.remoteAddress(), plain.authenticatedUser(), null, plain.createdAt(), null, null, plain.endedAt(), null,
                cause, plain.received(), plain.sent());
        apply(new Ended(1, call, 0));
        assertThat(store.find("main", "c1")).contains(call);
    }

    protected static List<String> numbers(List<NumberedCall> calls) {
        return calls.stream().map(each -> each.number() + " " + each.info().call().callId()).toList();
    }

    protected static void sameMessages(List<SipMessage> read, List<TraceEntry> written) {
        assertThat(read).hasSize(written.size());
        for (int i = 0; i < read.size(); i++) {
            SipMessage expected = ((Message) written.get(i)).message();
            SipMessage actual = read.get(i);
            assertThat(actual.data()).isEqualTo(expected.data());
            assertThat(actual.time()).isEqualTo(expected.time());
            assertThat(actual.transport()).isEqualTo(expected.transport());
            assertThat(actual.sent()).isEqualTo(expected.sent());
            assertThat(actual.source()).isEqualTo(expected.source());
            assertThat(actual.destination()).isEqualTo(expected.destination());
        }
    }
}
