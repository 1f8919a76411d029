package io.github.camelvoice.media.codec;

import java.util.Arrays;

/**
 * One sub-band of G.722: quantizer, adaptation of its scale and the predictor of two poles and six zeros. Block names in
 * the comments are those of the recommendation (clause 6.2); all arithmetic is its 16 bit one.
 */
final class G722Band {

    /** Decision levels of the 6 bit quantizer, lower band. */
    private static final int[] Q6 = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219,
        1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919};
    /** Output levels of the 6, 4 and 2 bit inverse quantizers. */
    private static final int[] QM6 = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136};
    private static final int[] QM4 = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0};
    private static final int[] QM2 = {-7408, -1616, 7408, 1616};
    /** Steps of the logarithmic scale, by 4 bit code of the lower and 2 bit code of the higher band. */
    private static final int[] WL = {
        -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60};
    private static final int[] WH = {798, -214, 798, -214};
    /** Mantissas of the inverse logarithm: 2048 times the powers of the 32nd root of two. */
    private static final int[] ILB = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960,
        3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008};

    private static final int LOWER_DET = 32;
    private static final int HIGHER_DET = 8;
    private static final int ZEROS = 6;

    private final int initialDet;
    private int det;
    private int nb;
    /** Predicted signal, and its part from the zeros. */
    private int predicted;
    private int predictedZero;
    private int pole1;
    private int pole2;
    private int reconstructed1;
    private int partial1;
    private int partial2;
    private final int[] zero = new int[ZEROS];
    private final int[] difference = new int[ZEROS];

    private G722Band(int det) {
        this.initialDet = det;
        this.det = det;
    }

    static G722Band lower() {
        return new G722Band(LOWER_DET);
    }

    static G722Band higher() {
        return new G722Band(HIGHER_DET);
    }

    void reset() {
        det = initialDet;
        nb = 0;
        predicted = 0;
        predictedZero = 0;
        pole1 = 0;
        pole2 = 0;
        reconstructed1 = 0;
        partial1 = 0;
        partial2 = 0;
        Arrays.fill(zero, 0);
        Arrays.fill(difference, 0);
    }

    /** SUBTRA and QUANTL: the 6 bit code of an input of the lower band. */
    int quantizeLower(int input) {
        int error = saturate(input - predicted);
        int magnitude = error >= 0 ? error : -(error + 1);
        int below = 0;
        int above = Q6.length;
        while (above - below > 1) {
            int middle = below + above >>> 1;
            if (magnitude < Q6[middle] * det >> 12) {
                above = middle;
            } else {
                below = middle;
            }
        }
        if (error >= 0) {
            return 62 - above;
        }
        return above <= 2 ? 64 - above : 34 - above;
    }

    /** SUBTRA and QUANTH: the 2 bit code of an input of the higher band. */
    int quantizeHigher(int input) {
        int error = saturate(input - predicted);
        int magnitude = error >= 0 ? error : -(error + 1);
        boolean large = magnitude >= 564 * det >> 12;
        if (error >= 0) {
            return large ? 2 : 3;
        }
        return large ? 0 : 1;
    }

    /** INVQBL and LIMIT: what the decoder hears for a 6 bit code, to be asked before the band adapts. */
    int reconstructLower(int code) {
        return limit14(predicted + (det * QM6[code] >> 15));
    }

    /** INVQAL, LOGSCL, SCALEL and prediction: the two least bits of the code play no part. */
    void adaptLower(int code) {
        int four = code >> 2;
        int error = det * QM4[four] >> 15;
        nb = Math.max(0, Math.min(18432, (nb * 127 >> 7) + WL[four]));
        det = scale(8);
        predict(error);
    }

    /** INVQAH, LOGSCH, SCALEH and prediction; returns what the decoder hears for the code. */
    int adaptHigher(int code) {
        int error = det * QM2[code] >> 15;
        int heard = limit14(predicted + error);
        nb = Math.max(0, Math.min(22528, (nb * 127 >> 7) + WH[code]));
        det = scale(10);
        predict(error);
        return heard;
    }

    private int scale(int exponent) {
        int mantissa = ILB[nb >> 6 & 31];
        int shift = exponent - (nb >> 11);
        return (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
    }

    private void predict(int error) {
        // RECONS, PARREC
        int reconstructed = saturate(predicted + error);
        int partial = saturate(predictedZero + error);
        adaptPoles(partial);
        adaptZeros(error);
        // DELAYA and FILTEZ
        int sum = 0;
        for (int i = ZEROS - 1; i > 0; i--) {
            int delayed = difference[i - 1];
            difference[i] = delayed;
            sum += zero[i] * saturate(delayed + delayed) >> 15;
        }
        difference[0] = error;
        sum += zero[0] * saturate(error + error) >> 15;
        predictedZero = saturate(sum);
        // FILTEP, PREDIC
        int poles = saturate((pole1 * saturate(reconstructed + reconstructed) >> 15)
                + (pole2 * saturate(reconstructed1 + reconstructed1) >> 15));
        reconstructed1 = reconstructed;
        predicted = saturate(poles + predictedZero);
    }

    /** UPPOL2, UPPOL1. */
    private void adaptPoles(int partial) {
        boolean same1 = (partial ^ partial1) >= 0;
        boolean same2 = (partial ^ partial2) >= 0;
        int four = saturate(pole1 << 2);
        int step = same1 ? Math.min(32767, -four) : four;
        int second = (same2 ? 128 : -128) + (step >> 7) + (pole2 * 32512 >> 15);
        second = Math.max(-12288, Math.min(12288, second));
        int first = saturate((same1 ? 192 : -192) + (pole1 * 32640 >> 15));
        int bound = saturate(15360 - second);
        pole1 = Math.max(-bound, Math.min(bound, first));
        pole2 = second;
        partial2 = partial1;
        partial1 = partial;
    }

    /** UPZERO. */
    private void adaptZeros(int error) {
        int step = error == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            int signed = (error ^ difference[i]) >= 0 ? step : -step;
            zero[i] = saturate(signed + (zero[i] * 32640 >> 15));
        }
    }

    static short saturate(int value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }

    private static int limit14(int value) {
        return Math.max(-16384, Math.min(16383, value));
    }
}
