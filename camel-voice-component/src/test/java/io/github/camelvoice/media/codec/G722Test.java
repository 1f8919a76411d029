package io.github.camelvoice.media.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class G722Test {

    private static final int FRAME = 320;

    private final AudioCodec codec = Codecs.get("g722");

    @Test
    void encodesBitExactly() {
        short[] pcm = samples("input.pcm");
        byte[] expected = bytes("encoded.g722");
        for (int frame : new int[] {2, 38, FRAME, 640, pcm.length}) {
            assertThat(encode(codec.encoder(), pcm, frame)).as("frames of %d", frame).isEqualTo(expected);
        }
    }

    @Test
    void decodesBitExactly() {
        assertThat(decode(codec.decoder(), bytes("encoded.g722"), 160)).isEqualTo(samples("decoded.pcm"));
    }

    @Test
    void decodesAnyBytesBitExactly() {
        assertThat(decode(codec.decoder(), bytes("random.g722"), 7)).isEqualTo(samples("random.pcm"));
    }

    @Test
    void forgetsThePastOnReset() {
        AudioCodec.Encoder encoder = codec.encoder();
        AudioCodec.Decoder decoder = codec.decoder();
        short[] pcm = samples("input.pcm");
        byte[] first = encode(encoder, pcm, FRAME);
        short[] heard = decode(decoder, first, 160);
        encoder.reset();
        decoder.reset();
        assertThat(encode(encoder, pcm, FRAME)).isEqualTo(first);
        assertThat(decode(decoder, first, 160)).isEqualTo(heard);
    }

    @Test
    void keepsTheSignal() {
        // both filter banks together delay by 22 samples
        assertThat(signalToNoise(440, 22)).isGreaterThan(35);
        assertThat(signalToNoise(1000, 22)).isGreaterThan(30);
        assertThat(signalToNoise(3000, 22)).isGreaterThan(25);
        assertThat(signalToNoise(6000, 22)).isGreaterThan(12);
    }

    @Test
    void silenceIsTheIdleCode() {
        byte[] out = new byte[1];
        codec.encoder().encode(new short[2], 0, 2, out, 0);
        assertThat(out[0]).isEqualTo((byte) 0xfa);
        byte[] idle = new byte[160];
        Arrays.fill(idle, (byte) 0xfa);
        for (short sample : decode(codec.decoder(), idle, 160)) {
            assertThat((int) sample).isBetween(-4, 4);
        }
    }

    @Test
    void refusesWhatCannotBeCoded() {
        AudioCodec.Encoder encoder = codec.encoder();
        assertThatThrownBy(() -> encoder.encode(new short[3], 0, 3, new byte[3], 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3");
        assertThatThrownBy(() -> encoder.encode(new short[4], 0, 4, new byte[1], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.decoder().decode(new byte[4], 0, 4, new short[7], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void hasTheClockOfTheRtpProfile() {
        assertThat(codec.clockRate()).isEqualTo(8000);
        assertThat(codec.sampleRate()).isEqualTo(16000);
        assertThat(codec.duration(new byte[160], 0, 160)).isEqualTo(160);
        assertThat(Codecs.ofStaticPayloadType(9)).contains(codec);
    }

    private double signalToNoise(double frequency, int delay) {
        short[] pcm = new short[16000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(8000 * Math.sin(2 * Math.PI * frequency * i / 16000));
        }
        short[] heard = decode(codec.decoder(), encode(codec.encoder(), pcm, FRAME), 160);
        double signal = 0;
        double noise = 0;
        for (int i = 1600; i < pcm.length - delay; i++) {
            double error = heard[i + delay] - pcm[i];
            signal += (double) pcm[i] * pcm[i];
            noise += error * error;
        }
        return 10 * Math.log10(signal / noise);
    }

    private static byte[] encode(AudioCodec.Encoder encoder, short[] pcm, int frame) {
        byte[] out = new byte[pcm.length / 2];
        int written = 0;
        for (int at = 0; at < pcm.length; at += frame) {
            written += encoder.encode(pcm, at, Math.min(frame, pcm.length - at), out, written);
        }
        assertThat(written).isEqualTo(out.length);
        return out;
    }

    private static short[] decode(AudioCodec.Decoder decoder, byte[] in, int frame) {
        short[] out = new short[in.length * 2];
        int written = 0;
        for (int at = 0; at < in.length; at += frame) {
            written += decoder.decode(in, at, Math.min(frame, in.length - at), out, written);
        }
        assertThat(written).isEqualTo(out.length);
        return out;
    }

    private static short[] samples(String name) {
        byte[] raw = bytes(name);
        short[] pcm = new short[raw.length / 2];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        return pcm;
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(G722Test.class.getResourceAsStream("/media/g722/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
