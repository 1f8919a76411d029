package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.rtp.Discard;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Figures that one thread writes and any thread reads, each by itself consistent: opaque access, no fence, no lock. */
public final class FigureBoard {

    /** What is counted beside the {@link Discard}s. */
    public enum Figure {
        PACKETS_IN, BYTES_IN, LOST_IN, JITTER_IN_MICROS, RESTARTS,
        PACKETS_OUT, BYTES_OUT, REPORTED_OUT, LOST_OUT, JITTER_OUT_MICROS, FRACTION_LOST_OUT, ROUND_TRIP_MICROS,
        RTCP_IN, RTCP_OUT;

        static final int COUNT = values().length;
    }

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] slots = new long[Figure.COUNT + Discard.COUNT];

    /** Writer only. */
    void add(Figure figure, long amount) {
        int at = figure.ordinal();
        SLOT.setOpaque(slots, at, slots[at] + amount);
    }

    /** Writer only. */
    void set(Figure figure, long value) {
        SLOT.setOpaque(slots, figure.ordinal(), value);
    }

    /** Writer only. */
    void discard(Discard reason) {
        int at = Figure.COUNT + reason.ordinal();
        SLOT.setOpaque(slots, at, slots[at] + 1);
    }

    public long get(Figure figure) {
        return (long) SLOT.getOpaque(slots, figure.ordinal());
    }

    public long get(Discard reason) {
        return (long) SLOT.getOpaque(slots, Figure.COUNT + reason.ordinal());
    }

    /** All that came and was dropped; what could not be sent is not among it. */
    public long discarded() {
        long sum = 0;
        for (int i = 0; i < Discard.COUNT; i++) {
            Discard reason = Discard.of(i);
            if (reason != Discard.SEND_FAILED && reason != Discard.NOT_FORWARDED) {
                sum += get(reason);
            }
        }
        return sum;
    }
}
