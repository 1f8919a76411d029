package io.github.camelvoice.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.gateway.grpc.session.FollowStatusesRequest;
import io.github.camelvoice.gateway.grpc.session.FollowedStatus;
import io.github.camelvoice.session.StatusType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statuses as they come to be, after those of the past: in order, without a gap, and never more than a bound of them in memory. */
class FollowStatusesTest {

    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";

    @TempDir
    Path folder;
    private GrpcBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new GrpcBench(folder, false);
        bench.sessions.owners.put(ALICE, "voice");
        bench.sessions.owners.put(BOB, "voice");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A caller that reads as many as it is told to. */
    private static final class Reader implements ClientResponseObserver<FollowStatusesRequest, FollowedStatus> {

        private final int first;
        final BlockingQueue<FollowedStatus> statuses = new LinkedBlockingQueue<>();
        final BlockingQueue<Throwable> end = new LinkedBlockingQueue<>();
        ClientCallStreamObserver<FollowStatusesRequest> call;

        Reader(int first) {
            this.first = first;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<FollowStatusesRequest> stream) {
            call = stream;
            stream.disableAutoRequestWithInitial(first);
        }

        @Override
        public void onNext(FollowedStatus status) {
            statuses.add(status);
        }

        @Override
        public void onError(Throwable failure) {
            end.add(failure);
        }

        @Override
        public void onCompleted() {
            end.add(new AssertionError("completed"));
        }

        List<Long> next(int count) throws InterruptedException {
            List<Long> got = new ArrayList<>();
            while (got.size() < count) {
                FollowedStatus one = statuses.poll(10, TimeUnit.SECONDS);
                assertThat(one).as("after %s", got).isNotNull();
                got.add(one.getSequence());
            }
            return got;
        }

        Status.Code code() throws InterruptedException {
            Throwable failure = end.poll(10, TimeUnit.SECONDS);
            assertThat(failure).isInstanceOf(StatusRuntimeException.class);
            return ((StatusRuntimeException) failure).getStatus().getCode();
        }
    }

    private Reader follow(String account, long after, int first) {
        Reader reader = new Reader(first);
        bench.statuses().followStatuses(FollowStatusesRequest.newBuilder().setAccount(account).setAfterSequence(after).build(), reader);
        return reader;
    }

    private void tell(String account, long from, long to) {
        LongStream.rangeClosed(from, to).forEach(i -> bench.sessions.tell(FakeSessions.status(account, i, StatusType.READY)));
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void historyComesFirstThenWhatHappens() throws Exception {
        tell(ALICE, 1, 5);
        Reader all = follow(ALICE, 0, 1_000);
        Reader late = follow(ALICE, 3, 1_000);
        Reader live = follow(ALICE, -1, 1_000);
        assertThat(all.next(5)).isEqualTo(range(1, 5));
        assertThat(late.next(2)).isEqualTo(range(4, 5));
        await().until(() -> bench.sessions.followers.size() == 3);
        tell(BOB, 1, 3);
        tell(ALICE, 6, 8);
        assertThat(all.next(3)).isEqualTo(range(6, 8));
        assertThat(late.next(3)).isEqualTo(range(6, 8));
        assertThat(live.next(3)).isEqualTo(range(6, 8));
        assertThat(all.statuses).isEmpty();
    }

    @Test
    void aStatusShowsWhatTheOthersDo() throws Exception {
        tell(ALICE, 1, 1);
        Reader reader = follow(ALICE, 0, 10);
        FollowedStatus status = reader.statuses.poll(10, TimeUnit.SECONDS);
        assertThat(status.getCallId()).isEqualTo("call-1");
        assertThat(status.getStatus().getAccountName()).isEqualTo(ALICE);
        assertThat(status.getStatus().getHeadersMap()).containsEntry("X-Topic", "sales");
    }

    /** What happens while the history is read is in both, and is told once. */
    @Test
    void nothingIsLostOrToldTwiceBetweenPastAndPresent() throws Exception {
        tell(ALICE, 1, 3);
        bench.sessions.whileReading = () -> tell(ALICE, 4, 6);
        Reader reader = follow(ALICE, 0, 100);
        assertThat(reader.next(6)).isEqualTo(range(1, 6));
        bench.sessions.whileReading = () -> { };
        tell(ALICE, 7, 7);
        assertThat(reader.next(1)).isEqualTo(range(7, 7));
        assertThat(reader.statuses).isEmpty();
    }

    @Test
    void withoutAnAccountAllOnesOwnAreFollowed() throws Exception {
        Reader reader = follow("", 0, 100);
        await().until(() -> bench.sessions.followers.size() == 1);
        tell(ALICE, 1, 1);
        tell(BOB, 1, 2);
        assertThat(reader.next(3)).isEqualTo(List.of(1L, 1L, 2L));
        assertThat(follow("", 5, 1).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(follow("nobody@example.com", 0, 1).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(follow("x\r\n@y", 0, 1).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void theAccountsOfOthersAreNotAmongOnesOwn() throws Exception {
        bench.sessions.owners.put(BOB, "somebody");
        String mine = "Bearer " + bench.account("mine", "default", "voice.sessions.get");
        bench.sessions.owners.put(ALICE, "mine");
        Reader reader = new Reader(100);
        bench.statuses("authorization", mine).followStatuses(FollowStatusesRequest.getDefaultInstance(), reader);
        await().until(() -> bench.sessions.followers.size() == 1);
        tell(BOB, 1, 1);
        tell(ALICE, 1, 1);
        bench.sessions.owners.remove(ALICE);
        tell(ALICE, 2, 2);
        bench.sessions.owners.put(ALICE, "somebody");
        tell(ALICE, 3, 3);
        bench.sessions.owners.put(ALICE, "mine");
        tell(ALICE, 4, 4);
        assertThat(reader.next(3)).as("the last words of a forgotten account are its owner's").isEqualTo(List.of(1L, 2L, 4L));
    }

    @Test
    void anAccountThatBecomesSomebodyElsesEndsTheStream() throws Exception {
        String mine = "Bearer " + bench.account("mine", "default", "voice.sessions.get");
        bench.sessions.owners.put(ALICE, "mine");
        Reader reader = new Reader(100);
        bench.statuses("authorization", mine).followStatuses(FollowStatusesRequest.newBuilder().setAccount(ALICE).build(), reader);
        await().until(() -> bench.sessions.followers.size() == 1);
        bench.sessions.owners.put(ALICE, "somebody");
        tell(ALICE, 1, 1);
        assertThat(reader.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(bench.sessions.followers).isEmpty();
    }

    @Test
    void whoDoesNotReadIsSentAwayAndWhoReadsLaterGetsAll() throws Exception {
        Reader slow = follow(ALICE, 0, 1);
        Reader later = follow(BOB, 0, 1);
        await().until(() -> bench.sessions.followers.size() == 2);
        tell(BOB, 1, 900);
        assertThat(later.next(1)).containsExactly(1L);
        later.call.request(1_000);
        assertThat(later.next(899)).isEqualTo(range(2, 900));
        tell(ALICE, 1, 20_000);
        assertThat(bench.sessions.followers).as("nobody is told any more").hasSize(1);
        slow.call.request(100_000);
        assertThat(slow.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(slow.statuses.size()).isLessThan(5_000);
        await().until(() -> bench.front.followers() == 1);
    }

    @Test
    void whoCancelsLeavesNothing() throws Exception {
        List<Reader> readers = LongStream.range(0, 50).mapToObj(i -> follow(ALICE, 0, 1)).toList();
        await().until(() -> bench.sessions.followers.size() == 50);
        readers.forEach(each -> each.call.cancel("enough", null));
        await().until(() -> bench.sessions.followers.isEmpty() && bench.front.followers() == 0 && bench.front.calls() == 0);
        tell(ALICE, 1, 10);
    }

    @Test
    void aStopTellsFollowersAndLeavesNothing() throws Exception {
        Reader reader = follow(ALICE, 0, 10);
        await().until(() -> bench.sessions.followers.size() == 1);
        bench.front.close();
        assertThat(reader.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(bench.sessions.followers).isEmpty();
        assertThat(bench.front.calls()).isZero();
    }
}
