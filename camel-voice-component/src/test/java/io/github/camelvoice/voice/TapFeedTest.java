package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapFigures;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapProtocol;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frames become batches: their order, their numbers, what is lost, and the end. Tasks run when the test says so. */
class TapFeedTest implements TapFeed.Outlet {

    private static final TapInfo END = new TapInfo("c", "t", "route:x", TapProtocol.ROUTE, TapDirection.BOTH, "PCMU", 8000, 20, 1, false,
            TapInfo.State.FINISHED, false, null, null, Instant.EPOCH, Instant.EPOCH, "stopped", TapFigures.NONE);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<TapFeed.Batch> handed = new ArrayList<>();
    private final Deque<Runnable> inRoute = new ArrayDeque<>();
    private boolean paused;
    private boolean slow;

    @Override
    public void hand(TapFeed.Batch batch, Runnable done) {
        handed.add(batch);
        if (slow) {
            inRoute.add(done);
        } else {
            done.run();
        }
    }

    @Override
    public boolean execute(Runnable task) {
        return tasks.add(task);
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private TapFeed feed(int batch, long buffer, Map<Track, String> names) {
        return new TapFeed(new TapFeed.Form(20, batch, buffer, names), this);
    }

    private TapFeed mix(int batch, long buffer) {
        return feed(batch, buffer, Map.of(Track.INBOUND, "mix"));
    }

    /** Frames of two bytes, each the number of the frame. */
    private static void frames(TapFeed feed, Track track, int from, int to) {
        for (int i = from; i < to; i++) {
            feed.frame(track, new byte[]{(byte) i, (byte) i}, i, i * 20L);
        }
    }

    @Test
    void framesAreGathered() {
        TapFeed feed = mix(60, 1000);
        frames(feed, Track.INBOUND, 0, 7);
        run();
        assertThat(handed).extracting(TapFeed.Batch::sequence).containsExactly(0L, 1L);
        assertThat(handed).extracting(TapFeed.Batch::offsetMillis).containsExactly(0L, 60L);
        assertThat(handed.get(1).audio()).containsExactly(3, 3, 4, 4, 5, 5);
        feed.ended(END);
        run();
        assertThat(handed.get(2).audio()).containsExactly(6, 6);
        assertThat(handed.get(2).millis()).isEqualTo(20);
        assertThat(handed.get(2).end()).isSameAs(END);
        assertThat(handed).extracting(TapFeed.Batch::gapMillis).containsOnly(0L);
        assertThat(feed.drained().toCompletableFuture()).isDone();
    }

    @Test
    void singleFramesAreHandedOnAsTheyAre() {
        TapFeed feed = mix(20, 1000);
        byte[] frame = {1, 2};
        feed.frame(Track.INBOUND, frame, 0, 0);
        run();
        assertThat(handed.get(0).audio()).isSameAs(frame);
        feed.ended(END);
        run();
        assertThat(handed.get(1).audio()).isEmpty();
        assertThat(handed.get(1).millis()).isZero();
        assertThat(handed.get(1).offsetMillis()).isEqualTo(20);
        assertThat(handed.get(1).end()).isSameAs(END);
    }

    @Test
    void tracksHaveNumbersOfTheirOwn() {
        TapFeed feed = feed(40, 1000, Map.of(Track.INBOUND, "inbound", Track.OUTBOUND, "outbound"));
        for (int i = 0; i < 4; i++) {
            frames(feed, Track.INBOUND, i, i + 1);
            frames(feed, Track.OUTBOUND, i, i + 1);
        }
        feed.ended(END);
        run();
        assertThat(handed).extracting(batch -> batch.track() + batch.sequence()).containsExactlyInAnyOrder("inbound0", "outbound0", "inbound1",
                "outbound1", "inbound2", "outbound2");
        assertThat(handed).filteredOn(batch -> batch.end() != null).extracting(TapFeed.Batch::track).containsExactlyInAnyOrder("inbound", "outbound");
    }

    @Test
    void aTrackThatNeverSpokeHasNoEnd() {
        TapFeed feed = feed(40, 1000, Map.of(Track.INBOUND, "inbound", Track.OUTBOUND, "outbound"));
        frames(feed, Track.OUTBOUND, 0, 1);
        feed.ended(END);
        run();
        assertThat(handed).extracting(TapFeed.Batch::track).containsExactly("outbound");
        TapFeed silent = feed(40, 1000, Map.of(Track.INBOUND, "inbound", Track.OUTBOUND, "outbound"));
        silent.ended(END);
        run();
        assertThat(handed).hasSize(2);
        assertThat(silent.drained().toCompletableFuture()).isDone();
    }

    @Test
    void aSlowRouteLosesTheOldest() {
        TapFeed feed = mix(40, 120);
        slow = true;
        frames(feed, Track.INBOUND, 0, 20);
        run();
        // The first was taken only now: by then the queue had the latest 120 ms.
        assertThat(handed).extracting(TapFeed.Batch::offsetMillis).containsExactly(280L);
        assertThat(handed.get(0).gapMillis()).isEqualTo(280);
        assertThat(feed.droppedMillis()).isEqualTo(280);
        frames(feed, Track.INBOUND, 20, 30);
        slow = false;
        inRoute.poll().run();
        feed.ended(END);
        run();
        assertThat(handed).extracting(TapFeed.Batch::offsetMillis).containsExactly(280L, 480L, 520L, 560L, 600L);
        assertThat(handed).extracting(TapFeed.Batch::gapMillis).containsExactly(280L, 160L, 0L, 0L, 0L);
        assertThat(handed).extracting(TapFeed.Batch::sequence).containsExactly(7L, 12L, 13L, 14L, 15L);
        assertThat(feed.droppedMillis()).isEqualTo(440);
    }

    @Test
    void holesInTheAudioAreGaps() {
        TapFeed feed = mix(60, 1000);
        frames(feed, Track.INBOUND, 0, 2);
        frames(feed, Track.INBOUND, 5, 8);
        run();
        assertThat(handed).extracting(TapFeed.Batch::millis).containsExactly(40, 60);
        assertThat(handed).extracting(TapFeed.Batch::offsetMillis).containsExactly(0L, 100L);
        assertThat(handed).extracting(TapFeed.Batch::gapMillis).containsExactly(0L, 60L);
    }

    @Test
    void oneAfterTheOther() {
        TapFeed feed = mix(20, 1000);
        slow = true;
        frames(feed, Track.INBOUND, 0, 3);
        run();
        assertThat(handed).hasSize(1);
        assertThat(feed.waiting()).isEqualTo(3);
        inRoute.poll().run();
        run();
        assertThat(handed).hasSize(2);
        feed.ended(END);
        assertThat(feed.drained().toCompletableFuture()).isNotDone();
    }

    @Test
    void aPauseKeepsTheLatest() {
        TapFeed feed = mix(20, 60);
        paused = true;
        frames(feed, Track.INBOUND, 0, 10);
        run();
        assertThat(handed).isEmpty();
        paused = false;
        feed.resume();
        run();
        assertThat(handed).extracting(TapFeed.Batch::offsetMillis).containsExactly(140L, 160L, 180L);
        assertThat(handed.get(0).gapMillis()).isEqualTo(140);
    }

    @Test
    void theEndIsNeverDropped() {
        TapFeed feed = mix(20, 20);
        slow = true;
        frames(feed, Track.INBOUND, 0, 1);
        run();
        frames(feed, Track.INBOUND, 1, 9);
        feed.ended(END);
        slow = false;
        inRoute.poll().run();
        run();
        assertThat(handed.get(handed.size() - 1).end()).isSameAs(END);
    }
}
