package io.github.camelvoice.media.stats;

import java.util.Locale;

/**
 * Estimated mean opinion score by the E-model (ITU-T G.107, 06/2015), all parameters at the defaults of its table 2 except
 * delay, loss and codec. Echo of the talker's own voice is taken to be cancelled.
 */
public final class EModel {

    /** R without delay, loss and coding: what the defaults of G.107 come to. */
    private static final double R_DEFAULT = 93.2;
    private static final double IE_MAX = 95;

    private EModel() {
    }

    /**
     * What a codec costs.
     *
     * @param ie  equipment impairment factor without loss, 0 to 95
     * @param bpl robustness against packet loss, above 0
     */
    public record Impairment(double ie, double bpl) {

        /** G.711, lost packets played as silence (ITU-T G.113 appendix I). */
        public static final Impairment G711 = new Impairment(0, 4.3);

        /** G.711 with concealment of lost packets as in its appendix I (ITU-T G.113 appendix I). */
        public static final Impairment G711_CONCEALED = new Impairment(0, 25.1);

        /** G.729 Annex A with its own concealment (ITU-T G.113 appendix I). */
        public static final Impairment G729A = new Impairment(11, 19);

        public Impairment {
            if (!(ie >= 0 && ie <= IE_MAX)) {
                throw new IllegalArgumentException("Ie must be 0 to 95: " + ie);
            }
            if (!(bpl > 0)) {
                throw new IllegalArgumentException("Bpl must be above 0: " + bpl);
            }
        }

        /**
         * The figures of one of our codecs. G.113 has none for G722 and Opus on the narrow-band scale used here; they are rated like
         * G.711, as a lower bound of how they sound.
         *
         * @param encoding encoding name, ignoring case
         * @param concealed whether lost packets are concealed rather than played as silence
         * @throws IllegalArgumentException if the codec is unknown
         */
        public static Impairment of(String encoding, boolean concealed) {
            return switch (encoding.toUpperCase(Locale.ROOT)) {
                case "G729" -> G729A;
                case "PCMU", "PCMA", "G722", "OPUS" -> concealed ? G711_CONCEALED : G711;
                default -> throw new IllegalArgumentException("No impairment figures for codec '" + encoding + "'");
            };
        }
    }

    /**
     * Transmission rating factor R.
     *
     * @param codec          what the codec costs
     * @param oneWayMillis   delay from mouth to ear in milliseconds: network, jitter buffer and packet; negative counts as 0
     * @param lossPercent    packets lost or too late to play, in percent; held within 0 to 100
     * @param burstRatio     1 for loss at random, above for loss in bursts (G.107 clause 7.5); below 1 counts as 1
     * @return               0 to 93.2
     */
    public static double rating(Impairment codec, double oneWayMillis, double lossPercent, double burstRatio) {
        double loss = Math.max(0, Math.min(100, lossPercent));
        double burst = Math.max(1, burstRatio);
        double equipment = codec.ie() + (IE_MAX - codec.ie()) * loss / (loss / burst + codec.bpl());
        return Math.max(0, R_DEFAULT - delayImpairment(oneWayMillis) - equipment);
    }

    /** Mean opinion score for delay and random loss, 1.0 to 4.5; see {@link #rating}. */
    public static double mos(Impairment codec, double oneWayMillis, double lossPercent) {
        return mosOf(rating(codec, oneWayMillis, lossPercent, 1));
    }

    /** Mean opinion score of a rating factor (G.107 annex B), 1.0 to 4.5. */
    public static double mosOf(double rating) {
        if (!(rating > 0)) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        // the cubic dips below 1 between 0 and 6.5
        return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }

    /** Idd of G.107 clause 7.4. */
    private static double delayImpairment(double oneWayMillis) {
        if (!(oneWayMillis > 100)) {
            return 0;
        }
        double x = Math.log(oneWayMillis / 100) / Math.log(2);
        double sixth = 1.0 / 6;
        return 25 * (Math.pow(1 + Math.pow(x, 6), sixth) - 3 * Math.pow(1 + Math.pow(x / 3, 6), sixth) + 2);
    }
}
