package io.github.camelvoice.dial;

import io.github.camelvoice.call.PlaceCall;
import java.util.Objects;

/**
 * One of the targets of a dial.
 *
 * @param call      how it is called; the plan's ring timeout and time limit shorten the request's own, its parent is the plan's caller
 * @param codecs    in which order its codecs are offered
 * @param screening what is asked of the one who answers
 * @param tag       whatever its owner wants to find again; the dial does not look at it; may be null
 */
public record DialTarget(PlaceCall call, CodecOrder codecs, Screening screening, Object tag) {

    public DialTarget {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(codecs, "codecs");
        Objects.requireNonNull(screening, "screening");
    }

    /** Offered the caller's codecs first, without screening. */
    public static DialTarget of(PlaceCall call) {
        return new DialTarget(call, CodecOrder.CALLERS_FIRST, Screening.NONE, null);
    }

    public DialTarget withCall(PlaceCall other) {
        return new DialTarget(other, codecs, screening, tag);
    }

    public DialTarget withCodecs(CodecOrder order) {
        return new DialTarget(call, order, screening, tag);
    }

    public DialTarget withScreening(Screening asked) {
        return new DialTarget(call, codecs, asked, tag);
    }

    public DialTarget withTag(Object any) {
        return new DialTarget(call, codecs, screening, any);
    }
}
