package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.dsp.Concealment;
import io.github.camelvoice.media.dsp.ResampleFilter;
import io.github.camelvoice.media.dsp.Resampler;
import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.rtp.RtpView;
import java.util.concurrent.TimeUnit;

/**
 * From the packets of one codec to those of another, in the pace of their arrival: decoded, brought to the other rate, cut to the other packet
 * time, encoded. What was lost, as sequence numbers tell, is concealed as soon as the next packet comes; a pause of the source stays one. What
 * comes after its successor has no place any more. One thread.
 */
final class Transcoding {

    /** The longest loss that is made up for; beyond it, it has faded out anyway. */
    private static final int MOST_CONCEALED_MILLIS = 120;
    /** Audio may come so much faster than time passes: bursts after a stall. More is no call. */
    private static final long MOST_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Filters take a millisecond to make: too long for an agent. */
    private static final ResampleFilter UP = new ResampleFilter(8000, 16_000);
    private static final ResampleFilter DOWN = new ResampleFilter(16_000, 8000);

    private final Sender target;
    private final Scratch scratch;
    private final AudioCodec from;
    private final int toRate;
    private final int toClock;
    private final AudioCodec.Decoder decoder;
    private final Concealment concealment;
    private final Resampler resampler;
    private final Reframer frames;
    private boolean begun;
    private int ssrc;
    private int nextSequence;
    private int nextTimestamp;
    private long audioUntil;

    Transcoding(Sender target, Agreement source, Agreement sink, Scratch scratch) {
        this.target = target;
        this.scratch = scratch;
        this.from = source.codec();
        this.toRate = sink.codec().sampleRate();
        this.toClock = sink.codec().clockRate();
        this.decoder = from.decoder();
        this.concealment = new Concealment(from.sampleRate());
        this.resampler = from.sampleRate() == toRate ? null : new Resampler(toRate > from.sampleRate() ? UP : DOWN);
        this.frames = new Reframer(sink.packetMillis(), toRate, toClock, Scratch.SAMPLES);
    }

    /** A telephone event: it lies on the time of the audio. */
    void event(RtpView in, long now) {
        if (!begun || in.ssrc() != ssrc) {
            begin(in);
        }
        nextSequence = in.sequence() + 1 & 0xFFFF;
        frames.aside(toTarget((int) in.timestamp() - nextTimestamp), in.marker());
        target.forward(in, frames, true, scratch, now);
    }

    /** @return null, or why the packet was of no use */
    Discard audio(RtpView in, long now) {
        byte[] payload = scratch.incoming;
        int length = Math.min(in.payloadLength(), payload.length);
        in.buffer().get(in.payloadOffset(), payload, 0, length);
        int units = from.duration(payload, 0, length);
        if (units == 0 || units > from.clockRate() / 1000 * Scratch.MILLIS) {
            return Discard.UNDECODABLE;
        }
        int gap = 0;
        int lost = 0;
        if (!begun || in.ssrc() != ssrc) {
            begin(in);
        } else {
            int packets = (short) (in.sequence() - nextSequence);
            gap = (int) in.timestamp() - nextTimestamp;
            if (packets < 0) {
                return Discard.LATE;
            }
            if (gap < 0) {
                // numbers that go on while time goes back: another source behind the same name
                begin(in);
                gap = 0;
            }
            lost = packets == 0 ? 0 : Math.min(gap, from.clockRate() / 1000 * MOST_CONCEALED_MILLIS);
        }
        if (!inTime(lost + units, now)) {
            return Discard.FLOOD;
        }
        if (lost > 0) {
            conceal(length, lost, now);
        }
        if (gap > lost) {
            pause(gap - lost, now);
        }
        nextSequence = in.sequence() + 1 & 0xFFFF;
        nextTimestamp = (int) in.timestamp() + units;
        int samples = samples(units);
        if (decoder.decode(payload, 0, length, scratch.pcm, 0) == samples) {
            concealment.heard(scratch.pcm, samples);
        } else {
            concealment.conceal(scratch.pcm, 0, samples);
        }
        out(samples, now);
        return null;
    }

    private int samples(int units) {
        return (int) ((long) units * from.sampleRate() / from.clockRate());
    }

    private void begin(RtpView in) {
        if (begun) {
            decoder.reset();
            concealment.reset();
        }
        begun = true;
        ssrc = in.ssrc();
        nextSequence = in.sequence();
        nextTimestamp = (int) in.timestamp();
        frames.begin();
    }

    /** The source said nothing for a while: so do we. */
    private void pause(int units, long now) {
        if (frames.fillUp()) {
            flush(now);
        }
        frames.pause(toTarget(units));
    }

    private long toTarget(int units) {
        return (long) units * toClock / from.clockRate();
    }

    private boolean inTime(int units, long now) {
        long start = audioUntil - now > 0 ? audioUntil : now;
        long end = start + units * 1_000_000L / (from.clockRate() / 1000);
        if (end - now > MOST_AHEAD_NANOS) {
            return false;
        }
        audioUntil = end;
        return true;
    }

    private void conceal(int nextLength, int lost, long now) {
        int samples = samples(lost);
        int made = decoder.conceal(scratch.incoming, 0, nextLength, samples, scratch.pcm, 0);
        if (made < samples) {
            concealment.conceal(scratch.pcm, made, samples - made);
        }
        out(samples, now);
    }

    private void out(int samples, long now) {
        short[] pcm = scratch.pcm;
        int count = samples;
        if (resampler != null) {
            count = scratch.resample(resampler, samples, samples * toRate / from.sampleRate());
            pcm = scratch.converted;
        }
        frames.put(pcm, count);
        flush(now);
    }

    private void flush(long now) {
        while (frames.take(scratch.pcm)) {
            target.forward(frames, frames.frame(), scratch, now);
        }
    }
}
