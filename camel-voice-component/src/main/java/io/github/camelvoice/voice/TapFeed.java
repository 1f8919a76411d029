package io.github.camelvoice.voice;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.Taps;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One tap's way into a route: frames are gathered into batches on the tap's thread, which never waits, and handed on one after the other on
 * threads of the consumer. What waits is bounded in milliseconds; the oldest goes first.
 */
final class TapFeed implements Taps.FrameReceiver {

    /** What an exchange is made of. {@code gapMillis}: audio that is missing before it. {@code end}: the tap, on the last batch of a track. */
    record Batch(String track, long sequence, long offsetMillis, int millis, long gapMillis, byte[] audio, TapInfo end) {
    }

    /** The route. */
    interface Outlet {
        /** @param done to be run when the route is through, on any thread */
        void hand(Batch batch, Runnable done);

        /** Runs a task on a thread of the route; false if there are none any more. */
        boolean execute(Runnable task);

        /** Whether nothing is to be handed on now. */
        boolean isPaused();
    }

    /**
     * In what form the frames come.
     *
     * @param frameMillis  length of a frame
     * @param batchMillis  length of a batch, a multiple of a frame
     * @param bufferMillis most audio that waits
     * @param names        of the tracks that may come apart; one entry where there is one stream only
     */
    record Form(int frameMillis, int batchMillis, long bufferMillis, Map<Track, String> names) {
    }

    private static final class Gathering {
        private final String name;
        private byte[] audio = new byte[0];
        private int length;
        private int millis;
        private long offset;
        private long sequence;

        Gathering(String name) {
            this.name = name;
        }

        boolean began() {
            return sequence > 0 || millis > 0;
        }
    }

    /** A batch that waits; the gap before it is known when it is taken. */
    private record Waiting(Track track, Batch batch) {
    }

    private final Form form;
    private final Outlet outlet;
    private final Map<Track, Gathering> gatherings = new EnumMap<>(Track.class);
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    // One lock a batch, not a frame; held for a few instructions.
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Map<Track, Long> expected = new EnumMap<>(Track.class);
    private long queuedMillis;
    private long droppedMillis;
    private boolean running;
    private boolean ended;

    TapFeed(Form form, Outlet outlet) {
        this.form = form;
        this.outlet = outlet;
        form.names().forEach((track, name) -> gatherings.put(track, new Gathering(name)));
    }

    @Override
    public void frame(Track track, byte[] frame, long sequence, long offsetMillis) {
        Track key = key(track);
        Gathering gathering = gatherings.get(key);
        if (gathering.millis > 0 && Math.abs(offsetMillis - gathering.offset - gathering.millis) >= form.frameMillis()) {
            flush(key, gathering, null);
        }
        if (gathering.millis == 0) {
            gathering.offset = offsetMillis;
            if (form.batchMillis() > form.frameMillis()) {
                gathering.audio = new byte[frame.length * (form.batchMillis() / form.frameMillis())];
            }
        }
        if (form.batchMillis() <= form.frameMillis()) {
            gathering.audio = frame;
            gathering.length = frame.length;
        } else {
            if (gathering.length + frame.length > gathering.audio.length) {
                gathering.audio = Arrays.copyOf(gathering.audio, gathering.length + frame.length);
            }
            System.arraycopy(frame, 0, gathering.audio, gathering.length, frame.length);
            gathering.length += frame.length;
        }
        gathering.millis += form.frameMillis();
        if (gathering.millis >= form.batchMillis()) {
            flush(key, gathering, null);
        }
    }

    /** Where there is one stream, it does not matter under which track it comes. */
    private Track key(Track track) {
        return gatherings.containsKey(track) ? track : gatherings.keySet().iterator().next();
    }

    @Override
    public void ended(TapInfo info) {
        boolean silent = gatherings.values().stream().noneMatch(Gathering::began);
        gatherings.forEach((track, gathering) -> {
            if (gathering.began() || silent && track == gatherings.keySet().iterator().next()) {
                flush(track, gathering, info);
            }
        });
        boolean empty;
        lock.lock();
        try {
            ended = true;
            empty = !running && queue.isEmpty();
        } finally {
            lock.unlock();
        }
        if (empty) {
            drained.complete(null);
        }
    }

    private void flush(Track track, Gathering from, TapInfo end) {
        byte[] audio = from.length == from.audio.length ? from.audio : Arrays.copyOf(from.audio, from.length);
        Batch batch = new Batch(from.name, from.sequence++, from.offset, from.millis, 0, audio, end);
        from.offset += from.millis;
        from.millis = 0;
        from.length = 0;
        from.audio = new byte[0];
        boolean wake;
        lock.lock();
        try {
            expected.putIfAbsent(track, batch.offsetMillis());
            queue.add(new Waiting(track, batch));
            queuedMillis += batch.millis();
            drop();
            wake = begin();
        } finally {
            lock.unlock();
        }
        if (wake) {
            go();
        }
    }

    /** The oldest first, but never what is newest or tells of an end. */
    private void drop() {
        while (queuedMillis > form.bufferMillis() && queue.size() > 1 && queue.peek().batch().end() == null) {
            int millis = queue.poll().batch().millis();
            queuedMillis -= millis;
            droppedMillis += millis;
        }
    }

    private boolean begin() {
        if (running || queue.isEmpty() || outlet.isPaused()) {
            return false;
        }
        running = true;
        return true;
    }

    private void go() {
        if (!outlet.execute(this::next)) {
            lock.lock();
            try {
                running = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** The route may go on: it was paused. */
    void resume() {
        boolean wake;
        lock.lock();
        try {
            wake = begin();
        } finally {
            lock.unlock();
        }
        if (wake) {
            go();
        }
    }

    private void next() {
        Batch batch = take();
        if (batch != null) {
            outlet.hand(batch, this::go);
        }
    }

    private Batch take() {
        boolean over;
        lock.lock();
        try {
            Waiting next = outlet.isPaused() ? null : queue.poll();
            if (next != null) {
                Batch batch = next.batch();
                queuedMillis -= batch.millis();
                long gap = Math.max(0, batch.offsetMillis() - expected.get(next.track()));
                expected.put(next.track(), batch.offsetMillis() + batch.millis());
                return new Batch(batch.track(), batch.sequence(), batch.offsetMillis(), batch.millis(), gap, batch.audio(), batch.end());
            }
            running = false;
            over = ended && queue.isEmpty();
        } finally {
            lock.unlock();
        }
        if (over) {
            drained.complete(null);
        }
        return null;
    }

    /** Done when the tap is over and the route had all that was not dropped. */
    CompletionStage<Void> drained() {
        return drained;
    }

    /** Exchanges that wait, that in the route included. */
    int waiting() {
        lock.lock();
        try {
            return queue.size() + (running ? 1 : 0);
        } finally {
            lock.unlock();
        }
    }

    long droppedMillis() {
        lock.lock();
        try {
            return droppedMillis;
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
