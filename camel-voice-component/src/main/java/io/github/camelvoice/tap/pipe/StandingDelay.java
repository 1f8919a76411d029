package io.github.camelvoice.tap.pipe;

/**
 * Finds sound that waits longer than it needs to. What comes at the pace of speech and was late once, at a cold start say, would stay late for
 * good. It is told by two seconds in which as much came as was played, and never less waited than some: that much can be left out, in a pause.
 * What far ends send at once, whole sentences, is not touched. One thread.
 */
final class StandingDelay {

    private static final int PART_MILLIS = 500;
    private static final int PARTS = 4;
    /** What may wait, so that the next late piece finds something to be played before it. */
    private static final int KEEP_MILLIS = 40;

    private final int part;
    private final int keep;
    private boolean running;
    private long came;
    private long played;
    private long least;
    private int steady;
    private long excess;

    /** @param rate of the samples */
    StandingDelay(int rate) {
        this.part = rate / 1000 * PART_MILLIS;
        this.keep = rate / 1000 * KEEP_MILLIS;
    }

    /**
     * Some more was played.
     *
     * @param written all samples that ever came
     * @param waiting those that wait now
     * @param count   those that were played
     */
    void played(long written, long waiting, int count) {
        if (!running) {
            running = true;
            steady = 0;
            begin(written);
            least = waiting;
            return;
        }
        least = Math.min(least, waiting);
        played += count;
        if (played < part) {
            return;
        }
        if (Math.abs(written - came - played) * 4 > played) {
            steady = 0;
            excess = 0;
            least = waiting;
        } else if (++steady == PARTS) {
            steady = 0;
            excess = Math.max(0, least - keep);
            least = waiting;
        }
        begin(written);
    }

    private void begin(long written) {
        came = written;
        played = 0;
    }

    /** Samples that can be left out where it is quiet. */
    long excess() {
        return excess;
    }

    void leftOut(int count) {
        excess -= count;
    }

    /** Nothing waits any more. */
    void dry() {
        running = false;
        excess = 0;
    }
}
