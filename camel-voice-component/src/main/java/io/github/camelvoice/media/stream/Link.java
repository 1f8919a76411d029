package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.dsp.Resampler;
import io.github.camelvoice.media.rtp.RtpView;
import java.nio.ByteBuffer;

/**
 * The way from what one leg receives to what another sends (the same leg's in an echo), on the agent that owns both. With one codec
 * the packet itself goes on; with two it is decoded and encoded as it comes, in the pace of its arrival.
 */
final class Link {

    private final Sender target;
    private final Scratch scratch;
    private final AudioCodec from;
    private final AudioCodec to;
    private final AudioCodec.Decoder decoder;
    private final AudioCodec.Encoder encoder;
    private final Resampler resampler;

    Link(Sender target, AudioCodec from, AudioCodec to, Scratch scratch) {
        this.target = target;
        this.scratch = scratch;
        this.from = from;
        this.to = to;
        boolean same = from == to;
        this.decoder = same ? null : from.decoder();
        this.encoder = same ? null : to.encoder();
        this.resampler = same || from.sampleRate() == to.sampleRate() ? null : new Resampler(from.sampleRate(), to.sampleRate());
    }

    /** Whether this link still fits. */
    boolean joins(AudioCodec source, AudioCodec sink) {
        return source == from && sink == to;
    }

    void pass(RtpView in, boolean event, long now) {
        if (event || decoder == null) {
            target.forward(in, event, scratch, now);
            return;
        }
        short[] pcm = scratch.pcm;
        int samples = scratch.decode(from, decoder, in.buffer(), in.payloadOffset(), in.payloadLength(), pcm);
        if (resampler != null) {
            samples = scratch.resample(resampler, samples, samples * to.sampleRate() / from.sampleRate());
            pcm = scratch.converted;
        }
        ByteBuffer out = scratch.out;
        int length = scratch.encode(encoder, pcm, samples - samples % to.samplesPerByte(), out, RtpView.HEADER);
        if (length > 0) {
            target.forward(in, out, 0, length, scratch, now);
        }
    }
}
