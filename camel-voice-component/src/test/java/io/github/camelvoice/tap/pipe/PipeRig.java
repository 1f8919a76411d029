package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pipeline with time by hand: turns come every 2 ms. */
final class PipeRig {

    static final long MILLI = 1_000_000L;
    static final double LOUD = 10_000;

    record Frame(Track track, byte[] bytes, long offsetMillis, long at) {
    }

    final List<Frame> frames = new ArrayList<>();
    final Intake intake = new Intake();
    final Pipeline pipeline;
    final AudioShape shape;
    long now = 5_000_000_000L;
    final long start = now;

    PipeRig(AudioShape shape, TapDirection direction) {
        this.shape = shape;
        this.pipeline = new Pipeline(shape, direction, intake, now, (track, frame, offset) -> frames.add(new Frame(track, frame.clone(), offset, now)));
    }

    static PipeRig of(String encoding, int rate, int millis, AudioShape.Layout layout, TapDirection direction) {
        return new PipeRig(new AudioShape(encoding, rate, layout, millis, false), direction);
    }

    static PipeRig speak(String encoding, int rate, int millis) {
        return of(encoding, rate, millis, AudioShape.Layout.TRACKS, TapDirection.SPEAK);
    }

    /** Time passes. */
    void advance(long millis) {
        until(now + millis * MILLI);
    }

    void until(long nanos) {
        while (now < nanos) {
            now = Math.min(nanos, now + 2 * MILLI);
            pipeline.turn(now);
        }
    }

    void packet(Track track, String encoding, byte[] payload, int timestamp, boolean fresh) {
        intake.packet(track, encoding, payload, payload.length, timestamp, fresh, now);
    }

    /** All bytes of a track. */
    byte[] bytes(Track track) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.stream().filter(frame -> frame.track() == track).forEach(frame -> all.writeBytes(frame.bytes()));
        return all.toByteArray();
    }

    /** All samples of a track; of all channels, in turn. */
    short[] samples(Track track) {
        byte[] bytes = bytes(track);
        if (shape.encoding().equals("L16")) {
            short[] pcm = new short[bytes.length / 2];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
            }
            return pcm;
        }
        short[] pcm = new short[bytes.length];
        Codecs.get(shape.encoding()).decoder().decode(bytes, 0, bytes.length, pcm, 0);
        return pcm;
    }

    /** A source of a tone, packet by packet. */
    static final class Tone {
        private final AudioCodec codec;
        private final AudioCodec.Encoder encoder;
        private final double frequency;
        private long sample;
        int timestamp;

        Tone(String encoding, double frequency, int timestamp) {
            this.codec = Codecs.get(encoding);
            this.encoder = codec.encoder();
            this.frequency = frequency;
            this.timestamp = timestamp;
        }

        byte[] next(int millis) {
            short[] pcm = new short[codec.sampleRate() / 1000 * millis];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) Math.round(LOUD * Math.sin(2 * Math.PI * frequency * sample++ / codec.sampleRate()));
            }
            byte[] payload = new byte[2000];
            int length = encoder.encode(pcm, 0, pcm.length, payload, 0);
            timestamp += codec.clockRate() / 1000 * millis;
            return Arrays.copyOf(payload, length);
        }

        String encoding() {
            return codec.encoding();
        }
    }

    /** Sends {@code count} packets of 20 ms in their time. */
    void play(Track track, Tone tone, int count) {
        for (int i = 0; i < count; i++) {
            int timestamp = tone.timestamp;
            packet(track, tone.encoding(), tone.next(20), timestamp, false);
            advance(20);
        }
    }

    /**
     * The largest step between neighbours beyond what a tone of this amplitude and frequency has: what a click would be.
     */
    static int worstStep(short[] pcm, int from, int to) {
        int worst = 0;
        for (int i = Math.max(1, from); i < Math.min(to, pcm.length); i++) {
            worst = Math.max(worst, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return worst;
    }

    /** The largest step that a tone takes from sample to sample. */
    static int stepOf(double frequency, int rate) {
        return (int) Math.ceil(2 * LOUD * Math.sin(Math.PI * frequency / rate));
    }
}
