package io.github.camelvoice.media.record;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaEvent.Outcome;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.call.spi.RecordTarget.Pauses;
import io.github.camelvoice.call.spi.RecordTarget.Tracks;
import io.github.camelvoice.media.dsp.Mix;
import io.github.camelvoice.media.rtp.PcmRing;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One recording. The agent's clock brings 20 ms of both directions a turn, an I/O thread writes them. If the disk cannot follow for
 * two seconds, frames are dropped and counted, and silence takes their place, so that time in the file stays true.
 */
public final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int SECONDS_BUFFERED = 2;
    /** Turns after which the disk is asked to write. */
    private static final int TURNS_PER_WRITE = 10;
    /** Silence that stays before and after what is trimmed. */
    private static final long TRIM_MARGIN_MILLIS = 100;

    private final String recordingId;
    private final RecordTarget target;
    private final boolean stereo;
    private final int rate;
    private final Executor io;
    private final Consumer<MediaEvent> events;
    private final PcmRing ring;
    private final RecordingFile file;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final short[] frame;
    private final short[] silence;
    private final long limitFrames;
    private final long silenceFrames;
    private final SoundSpan sounds = new SoundSpan();
    private boolean paused;
    private long frames;
    /** Frames of silence that had no room yet; after the end, which is published, the I/O thread's. */
    private long owed;
    private long dropped;
    private int turns;
    private volatile Outcome ending;
    private volatile boolean failed;
    private volatile boolean told;

    /** @param rate samples a second of the file */
    public Recorder(String recordingId, RecordTarget target, int rate, Executor io, Consumer<MediaEvent> events) {
        this.recordingId = recordingId;
        this.target = target;
        this.stereo = target.layout() == RecordTarget.Layout.STEREO;
        this.rate = rate;
        this.io = io;
        this.events = events;
        int channels = stereo ? 2 : 1;
        this.ring = new PcmRing(SECONDS_BUFFERED * channels * rate);
        this.file = new RecordingFile(target.file(), channels, rate);
        this.frame = new short[rate / 50 * channels];
        this.silence = new short[frame.length];
        this.limitFrames = target.limit() == null ? Long.MAX_VALUE : target.limit().toMillis() * rate / 1000;
        this.silenceFrames = target.silence() == null ? Long.MAX_VALUE : target.silence().toMillis() * rate / 1000;
        write();
    }

    int rate() {
        return rate;
    }

    void pause(boolean on) {
        paused = on;
    }

    /** Any thread: its end was told, another recording may begin. */
    public boolean told() {
        return told;
    }

    /** Whether it takes no more: the limit was reached, it was stopped, or the disk failed. */
    boolean over() {
        return ending != null || failed;
    }

    /** The turn of 20 ms of the agent's clock. */
    void turn(short[] heard, short[] sent) {
        if (over() || leftOut()) {
            return;
        }
        int samples = rate / 50;
        fill(paused ? silence : target.tracks() == Tracks.SENT ? silence : heard, paused ? silence : target.tracks() == Tracks.HEARD ? silence : sent,
                samples);
        int wanted = (int) Math.min(samples, limitFrames - frames);
        if (paused) {
            sounds.passedOver(frames + wanted);
        } else {
            sounds.turn(frames, wanted, SoundSpan.isSound(frame, 0, frame.length), SoundSpan.isSound(heard, 0, samples));
        }
        put(wanted * (frame.length / samples));
        frames += wanted;
        if (frames >= limitFrames || !paused && frames - sounds.heardAt() >= silenceFrames) {
            end(Outcome.COMPLETED);
        } else if (++turns % TURNS_PER_WRITE == 0) {
            write();
        }
    }

    private boolean leftOut() {
        return paused && target.pauses() == Pauses.LEFT_OUT;
    }

    private void fill(short[] left, short[] right, int samples) {
        if (stereo) {
            for (int i = 0; i < samples; i++) {
                frame[2 * i] = left[i];
                frame[2 * i + 1] = right[i];
            }
        } else {
            for (int i = 0; i < samples; i++) {
                frame[i] = Mix.saturate(left[i] + right[i]);
            }
        }
    }

    /** Turns of the clock that were lost: silence takes their place. */
    void missed(long lost) {
        if (!leftOut() && !over()) {
            owed += lost;
            frames += lost * (rate / 50);
        }
    }

    private void put(int length) {
        while (owed > 0 && ring.room() >= frame.length + length) {
            ring.write(silence, 0, silence.length);
            owed--;
        }
        if (owed == 0 && ring.room() >= length) {
            ring.write(frame, 0, length);
        } else {
            owed++;
            dropped++;
        }
    }

    /** Takes no more and closes the file. */
    void end(Outcome outcome) {
        if (ending == null) {
            ending = outcome;
            write();
        }
    }

    private void write() {
        if (writing.compareAndSet(false, true)) {
            try {
                io.execute(this::writeOut);
            } catch (RejectedExecutionException shutDown) {
                fail("the media plane is closing");
            }
        }
    }

    private void writeOut() {
        Outcome last = ending;
        try {
            if (!failed) {
                file.drain(ring);
                if (last != null) {
                    file.silence(owed * frame.length);
                    last = close(last);
                    if (dropped > 0) {
                        LOG.warn("recording {}: the disk was too slow for {} frames of 20 ms", target.file(), dropped);
                    }
                    tell(last, last == Outcome.ABSENT ? sounds.any() ? "too short" : "nothing but silence" : "");
                }
            }
        } catch (IOException | RuntimeException broken) {
            LOG.warn("recording {} failed: {}", target.file(), reason(broken));
            LOG.debug("recording {} failed", target.file(), broken);
            file.abandon();
            fail(target.file() + ": " + reason(broken));
        }
        writing.set(false);
        // the end came after we looked, and before the flag was free
        if (ending != null && last == null && !failed) {
            write();
        }
    }

    /** Called on the I/O thread once the end, and all before it, is published. */
    private Outcome close(Outcome last) throws IOException {
        boolean wanted = target.least() == null || sounds.any() && file.millis() >= target.least().toMillis();
        if (!wanted) {
            file.discard();
            return Outcome.ABSENT;
        }
        if (target.trim() && sounds.any()) {
            long margin = TRIM_MARGIN_MILLIS * rate / 1000;
            file.complete(Math.max(0, sounds.first() - margin), sounds.last() + margin);
        } else {
            file.complete();
        }
        return last;
    }

    private static String reason(Exception broken) {
        if (broken instanceof AccessDeniedException) {
            return "it may not be written";
        }
        if (broken instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return broken.getMessage() == null ? "it cannot be written" : broken.getMessage();
    }

    private void fail(String detail) {
        failed = true;
        tell(Outcome.FAILED, detail);
    }

    private void tell(Outcome outcome, String detail) {
        if (!told) {
            told = true;
            events.accept(new MediaEvent.RecordingEnded(recordingId, outcome, target.file(), Duration.ofMillis(file.millis()), detail));
        }
    }
}
