package io.github.camelvoice.media.play;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaEvent.Outcome;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.media.dsp.Resampler;
import io.github.camelvoice.media.rtp.PcmRing;
import io.github.camelvoice.media.stream.FrameSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one source. An I/O thread fills a ring of a second of audio, the agent's clock takes from it and asks for more when it is
 * half empty. Where the source is too slow, silence fills in.
 */
public final class Player implements FrameSource {

    private static final Logger LOG = LoggerFactory.getLogger(Player.class);

    private final String playId;
    private final int rate;
    private final Executor io;
    private final Consumer<MediaEvent> events;
    private final PcmRing ring;
    private final WavFeed feed;
    private final AtomicBoolean filling = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean finished;
    /** Written before {@link #finished}. */
    private String failure;
    private int rest;
    private int restAt;
    private boolean begun;
    private long played;
    private boolean ended;
    private Resampler toOther;
    private int otherRate;
    private short[] other;

    /**
     * @param rate   at which it will be pulled as a rule, Hz
     * @param io     may block
     * @param events told how it ended, once, on the agent's thread
     */
    public Player(String playId, PlaySource source, int rate, Executor io, Consumer<MediaEvent> events) {
        this.playId = playId;
        this.rate = rate;
        this.io = io;
        this.events = events;
        this.ring = new PcmRing(rate);
        this.feed = new WavFeed(source, rate);
    }

    /** Begins to read ahead. */
    public void start() {
        refill();
    }

    @Override
    public boolean ready() {
        if (!begun) {
            begun = finished || ring.available() > 0;
        }
        return begun;
    }

    @Override
    public boolean pull(short[] pcm, int samples, int wanted) {
        if (wanted == rate) {
            return pull(pcm, samples);
        }
        // the codec changed while playing
        if (toOther == null || otherRate != wanted) {
            toOther = new Resampler(rate, wanted);
            otherRate = wanted;
            other = new short[rate / 10];
        }
        int count = (int) ((long) samples * rate / wanted);
        if (!pull(other, count)) {
            return false;
        }
        int made = Math.min(samples, toOther.process(other, 0, count, pcm, 0));
        Arrays.fill(pcm, made, samples, (short) 0);
        return true;
    }

    private boolean pull(short[] pcm, int samples) {
        boolean last = finished;
        int count = ring.read(pcm, 0, samples);
        if (count == 0 && last) {
            end(failure == null ? Outcome.COMPLETED : Outcome.FAILED, failure == null ? "" : failure);
            return false;
        }
        Arrays.fill(pcm, count, samples, (short) 0);
        played += count;
        if (!last && ring.available() < ring.capacity() / 2) {
            refill();
        }
        return true;
    }

    @Override
    public void stop() {
        end(Outcome.STOPPED, "");
    }

    private void end(Outcome outcome, String detail) {
        if (ended) {
            return;
        }
        ended = true;
        stopped = true;
        refill();
        events.accept(new MediaEvent.PlayEnded(playId, outcome, Duration.ofMillis(played * 1000 / rate), detail));
    }

    private void refill() {
        if (filling.compareAndSet(false, true)) {
            try {
                io.execute(this::fill);
            } catch (RejectedExecutionException shutDown) {
                failure = "the media plane is closing";
                finished = true;
            }
        }
    }

    private void fill() {
        try {
            while (!stopped && !finished && fillOnce()) {
                // until the ring is full
            }
        } catch (IOException | RuntimeException broken) {
            failure = feed.describe(broken);
            finished = true;
            LOG.debug("playing {} failed", playId, broken);
        }
        if (stopped || finished) {
            feed.close();
        }
        filling.set(false);
        // stopped after we looked, and before the flag was free
        if (stopped && filling.compareAndSet(false, true)) {
            feed.close();
        }
    }

    /** @return whether to go on */
    private boolean fillOnce() throws IOException {
        if (rest == 0) {
            rest = feed.next();
            restAt = 0;
            if (rest < 0) {
                finished = true;
                return false;
            }
        }
        int taken = ring.write(feed.samples(), restAt, rest);
        restAt += taken;
        rest -= taken;
        return rest == 0;
    }
}
