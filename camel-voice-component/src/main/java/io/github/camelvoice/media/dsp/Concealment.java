package io.github.camelvoice.media.dsp;

/**
 * Audio in place of what was lost of one stream: the last period of what was heard is said again, fading out within 60 ms, and what comes next
 * is faded in (cf. ITU-T G.711 appendix I). For codecs that have no concealment of their own. One thread.
 */
public final class Concealment {

    private static final int HISTORY_MILLIS = 40;
    /** Periods of 50 to 400 Hz: of voices. A higher tone fits into them several times. */
    private static final double SHORTEST_MILLIS = 2.5;
    private static final int LONGEST_MILLIS = 20;
    private static final int PATTERN_MILLIS = 10;
    private static final int STEADY_MILLIS = 10;
    private static final int FADE_MILLIS = 60;
    private static final int BLEND_MILLIS = 4;

    private final int rate;
    private final short[] history;
    private final int fade;
    private int lost;
    private int period;

    /** @param rate of the samples, Hz */
    public Concealment(int rate) {
        this.rate = rate;
        this.history = new short[rate / 1000 * HISTORY_MILLIS];
        this.fade = rate / 1000 * FADE_MILLIS;
        this.lost = fade;
    }

    /** What came, in its order. After a loss its begin is blended with the end of what stood in for it. */
    public void heard(short[] pcm, int count) {
        if (lost > 0 && lost < fade) {
            int blend = Math.min(count, rate / 1000 * BLEND_MILLIS);
            for (int i = 0; i < blend; i++) {
                pcm[i] = (short) ((next() * (blend - i) + pcm[i] * i) / blend);
            }
        }
        lost = 0;
        int kept = Math.max(0, history.length - count);
        System.arraycopy(history, history.length - kept, history, 0, kept);
        System.arraycopy(pcm, Math.max(0, count - history.length), history, kept, history.length - kept);
    }

    /** Fills {@code pcm[off..off+count)} in place of what was lost. */
    public void conceal(short[] pcm, int off, int count) {
        if (lost == 0) {
            period = period();
        }
        for (int i = 0; i < count; i++) {
            pcm[off + i] = next();
        }
    }

    private short next() {
        if (lost >= fade) {
            return 0;
        }
        int sample = history[history.length - period + lost % period];
        int steady = rate / 1000 * STEADY_MILLIS;
        int gain = lost < steady ? fade - steady : fade - lost;
        lost++;
        return (short) (sample * gain / (fade - steady));
    }

    /** The distance at which the end of the history is most like what was before it. */
    private int period() {
        int pattern = rate / 1000 * PATTERN_MILLIS;
        int end = history.length;
        int best = rate / 1000 * LONGEST_MILLIS;
        double most = 0;
        for (int lag = (int) (rate / 1000 * SHORTEST_MILLIS); lag <= rate / 1000 * LONGEST_MILLIS; lag++) {
            long like = 0;
            long energy = 1;
            for (int i = end - pattern; i < end; i++) {
                like += history[i] * history[i - lag];
                energy += history[i - lag] * history[i - lag];
            }
            double score = like > 0 ? (double) like * like / energy : 0;
            if (score > most) {
                most = score;
                best = lag;
            }
        }
        return best;
    }

    /** Another stream begins. */
    public void reset() {
        lost = fade;
    }
}
