package io.github.camelvoice.media.dsp;

import java.util.Objects;

/** Adds audio; what is too loud for 16 bits is held at the limit rather than wrapped. */
public final class Mix {

    private Mix() {
    }

    /** Adds {@code len} samples of {@code other} to those of {@code into}. */
    public static void add(short[] into, int intoOff, short[] other, int otherOff, int len) {
        Objects.checkFromIndexSize(intoOff, len, into.length);
        Objects.checkFromIndexSize(otherOff, len, other.length);
        for (int i = 0; i < len; i++) {
            into[intoOff + i] = saturate(into[intoOff + i] + other[otherOff + i]);
        }
    }

    /** Holds a value within 16 bits. */
    public static short saturate(int value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
