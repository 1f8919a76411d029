package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.dtmf.TelephoneEvent;
import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.rtp.RtpView;

/**
 * The way from what one leg receives to what another sends (the same leg's in an echo), on the agent that owns both. With one codec
 * the packet itself goes on; with two it is decoded and encoded as it comes, in the pace of its arrival.
 */
final class Link {

    private final Sender target;
    private final Scratch scratch;
    private final Agreement from;
    private final Agreement to;
    private final Transcoding transcoding;

    Link(Sender target, Agreement from, Agreement to, Scratch scratch) {
        this.target = target;
        this.scratch = scratch;
        this.from = from;
        this.to = to;
        this.transcoding = from.codec() == to.codec() ? null : new Transcoding(target, from, to, scratch);
    }

    /** Whether audio can go from the one to the other: as it is, or by way of samples. */
    static boolean possible(AudioCodec from, AudioCodec to) {
        return from == to || from.linear() && to.linear();
    }

    /** Whether this link still fits. */
    boolean joins(Agreement source, Agreement sink) {
        return source.codec() == from.codec() && sink.codec() == to.codec() && sink.packetMillis() == to.packetMillis()
                && source.types().eventClock() == from.types().eventClock() && sink.types().eventClock() == to.types().eventClock();
    }

    /** @return null, or why the packet was of no use */
    Discard pass(RtpView in, boolean event, long now) {
        if (event && from.types().eventClock() != to.types().eventClock() && in.payloadLength() >= TelephoneEvent.LENGTH) {
            TelephoneEvent.rescale(in.buffer(), in.payloadOffset(), from.types().eventClock(), to.types().eventClock());
        }
        if (transcoding == null) {
            target.forward(in, in, event, scratch, now);
            return null;
        }
        if (event) {
            transcoding.event(in, now);
            return null;
        }
        return transcoding.audio(in, now);
    }
}
