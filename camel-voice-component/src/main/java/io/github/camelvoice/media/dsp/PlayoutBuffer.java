package io.github.camelvoice.media.dsp;

/**
 * A jitter buffer of samples: packets are written where their timestamp says, a clock reads at its own pace. Where nothing is to be
 * read, the last 20 ms are said again and fade out within 60 (cf. ITU-T G.711 appendix I). The delay begins small, grows when
 * packets come too late, and shrinks when all of them come early for a while. One thread.
 */
public final class PlayoutBuffer {

    private static final int HISTORY_MILLIS = 20;
    private static final int FADE_MILLIS = 60;
    private static final int STEP_MILLIS = 20;
    private static final int MOST_MILLIS = 240;
    /** Packets in a row that are too late or too early: the sender's time has moved. */
    private static final int MISSES = 3;
    /** Packets after which the delay is looked at, 5 s as a rule. */
    private static final int WINDOW = 250;

    private final int rate;
    private int unitsPerSecond;
    private final int startDelay;
    private final short[] samples;
    private final boolean[] filled;
    private final int mask;
    private final short[] history;
    private int historyAt;
    private int concealed;
    private boolean running;
    private long anchorTimestamp;
    private long anchorPosition;
    private long position;
    private int delay;
    private int misses;
    private long late;
    private int packets;
    private long leastSlack = Long.MAX_VALUE;

    /**
     * @param rate        of the samples
     * @param clockRate   of the timestamps
     * @param startMillis the delay to begin with, and to come back to
     */
    public PlayoutBuffer(int rate, int clockRate, int startMillis) {
        this.rate = rate;
        this.startDelay = rate / 1000 * startMillis;
        this.unitsPerSecond = clockRate;
        int size = Integer.highestOneBit(rate - 1) << 1;
        this.samples = new short[size];
        this.filled = new boolean[size];
        this.mask = size - 1;
        this.history = new short[rate / 1000 * HISTORY_MILLIS];
        this.delay = startDelay;
        this.concealed = rate / 1000 * FADE_MILLIS;
    }

    /** Another clock of the timestamps: what comes next begins anew. */
    public void clockRate(int unitsPerSecondNow) {
        if (unitsPerSecond != unitsPerSecondNow) {
            unitsPerSecond = unitsPerSecondNow;
            running = false;
        }
    }

    /** @param fresh a stream with numbers of its own begins */
    public void put(short[] pcm, int count, long timestamp, boolean fresh) {
        if (count == 0 || count > samples.length / 2) {
            return;
        }
        if (!running || fresh) {
            anchor(timestamp);
        }
        long at = anchorPosition + (int) (timestamp - anchorTimestamp) * (long) rate / unitsPerSecond;
        long slack = at - position;
        if (slack < 0 || slack + count > samples.length) {
            late++;
            if (++misses < MISSES) {
                return;
            }
            if (slack < 0) {
                delay = Math.min(delay + rate / 1000 * STEP_MILLIS, rate / 1000 * MOST_MILLIS);
            }
            anchor(timestamp);
            at = anchorPosition;
            slack = delay;
        }
        misses = 0;
        for (int i = 0; i < count; i++) {
            int slot = (int) (at + i) & mask;
            samples[slot] = pcm[i];
            filled[slot] = true;
        }
        anchorTimestamp = timestamp;
        anchorPosition = at;
        leastSlack = Math.min(leastSlack, slack);
        if (++packets == WINDOW) {
            settle();
        }
    }

    private void anchor(long timestamp) {
        running = true;
        misses = 0;
        anchorTimestamp = timestamp;
        anchorPosition = position + delay;
        packets = 0;
        leastSlack = Long.MAX_VALUE;
    }

    /** All packets of the window came early: what is too much of the delay is skipped. */
    private void settle() {
        int step = rate / 1000 * STEP_MILLIS;
        if (leastSlack > startDelay + step) {
            skip(step / 2);
            delay = Math.max(startDelay, delay - step / 2);
        }
        packets = 0;
        leastSlack = Long.MAX_VALUE;
    }

    private void skip(int count) {
        for (int i = 0; i < count; i++) {
            filled[(int) (position + i) & mask] = false;
        }
        position += count;
    }

    /** Fills all of {@code out[0..count)}. */
    public void pull(short[] out, int count) {
        int fade = rate / 1000 * FADE_MILLIS;
        for (int i = 0; i < count; i++) {
            int slot = (int) (position + i) & mask;
            if (filled[slot]) {
                filled[slot] = false;
                out[i] = samples[slot];
                history[historyAt] = out[i];
                historyAt = historyAt + 1 == history.length ? 0 : historyAt + 1;
                concealed = 0;
            } else if (concealed < fade) {
                out[i] = (short) (history[(historyAt + concealed) % history.length] * (fade - concealed) / fade);
                concealed++;
            } else {
                out[i] = 0;
            }
        }
        position += count;
    }

    /** Packets that could not be placed. */
    public long late() {
        return late;
    }
}
