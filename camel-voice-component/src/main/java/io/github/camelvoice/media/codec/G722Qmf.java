package io.github.camelvoice.media.codec;

import java.util.Arrays;

/**
 * The quadrature mirror filter of G.722 (table 4): 24 taps that are symmetric, so one set of twelve serves the even
 * samples and, reversed, the odd ones. The same sums split a signal into bands and join the bands again.
 */
final class G722Qmf {

    private static final int[] TAPS = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};
    private static final int PAIRS = TAPS.length;
    private static final int ROOM = 160;

    /** Pairs of the past, the newest last; moved to the front only when the room is used up. */
    private final int[] first = new int[PAIRS + ROOM];
    private final int[] second = new int[PAIRS + ROOM];
    private int start;

    void push(int earlier, int later) {
        if (start == ROOM) {
            System.arraycopy(first, ROOM, first, 0, PAIRS);
            System.arraycopy(second, ROOM, second, 0, PAIRS);
            start = 0;
        }
        first[start + PAIRS] = earlier;
        second[start + PAIRS] = later;
        start++;
    }

    /** Weighted sum of the later ones of the last twelve pairs. */
    int evenSum() {
        int sum = 0;
        int[] line = second;
        int base = start;
        for (int i = 0; i < PAIRS; i++) {
            sum += line[base + i] * TAPS[PAIRS - 1 - i];
        }
        return sum;
    }

    /** Weighted sum of the earlier ones of the last twelve pairs. */
    int oddSum() {
        int sum = 0;
        int[] line = first;
        int base = start;
        for (int i = 0; i < PAIRS; i++) {
            sum += line[base + i] * TAPS[i];
        }
        return sum;
    }

    void reset() {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        start = 0;
    }
}
