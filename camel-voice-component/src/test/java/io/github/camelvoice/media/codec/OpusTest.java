package io.github.camelvoice.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.media.dsp.ToneGenerator;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusMode;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpusTest {

    private static final AudioCodec OPUS = Codecs.OPUS;
    private static final int FRAME = 320;

    private static short[] tone(double hertz, int samples) {
        short[] pcm = new short[samples];
        new ToneGenerator(16_000, -10, hertz).fill(pcm, 0, samples);
        return pcm;
    }

    /** Frames of a tone, one after another. */
    private static byte[][] encoded(AudioCodec.Encoder encoder, double hertz, int count, int frame) {
        short[] pcm = tone(hertz, count * frame);
        byte[][] packets = new byte[count][];
        byte[] out = new byte[1500];
        for (int i = 0; i < count; i++) {
            packets[i] = Arrays.copyOf(out, encoder.encode(pcm, i * frame, frame, out, 0));
        }
        return packets;
    }

    private static double level(short[] pcm, int from, int count, double hertz) {
        Goertzel goertzel = new Goertzel(16_000, hertz);
        goertzel.add(pcm, from, count);
        return goertzel.level();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 60})
    void keepsToneAndLevel(int millis) {
        int frame = 16 * millis;
        AudioCodec.Decoder decoder = OPUS.decoder();
        short[] heard = new short[16_000 + frame];
        int at = 0;
        for (byte[] packet : encoded(OPUS.encoder(), 440, 1000 / millis, frame)) {
            assertThat(OPUS.duration(packet, 0, packet.length)).isEqualTo(48 * millis);
            int made = decoder.decode(packet, 0, packet.length, heard, at);
            assertThat(made).isEqualTo(frame);
            at += made;
        }
        assertThat(level(heard, 4000, 8000, 440)).isBetween(-11.0, -9.0);
    }

    /** Each configuration of table 2 of RFC 6716, and the ways of packing frames. */
    @ParameterizedTest
    @CsvSource({"0, 480", "1, 960", "2, 1920", "3, 2880", "11, 2880", "12, 480", "13, 960", "14, 480", "15, 960", "16, 120", "17, 240", "18, 480",
        "19, 960", "28, 120", "31, 960"})
    void knowsHowLongAPacketLasts(int config, int units) {
        byte[] packet = new byte[40];
        packet[0] = (byte) (config << 3);
        assertThat(OPUS.duration(packet, 0, 40)).isEqualTo(units);
        packet[0] = (byte) (config << 3 | 1);
        assertThat(OPUS.duration(packet, 0, 39)).isEqualTo(2 * units);
        assertThat(OPUS.duration(packet, 0, 40)).as("two frames of one length in 39 bytes").isZero();
        packet[0] = (byte) (config << 3 | 2);
        packet[1] = 10;
        assertThat(OPUS.duration(packet, 0, 40)).isEqualTo(2 * units);
        packet[0] = (byte) (config << 3 | 3);
        packet[1] = (byte) (5760 / units);
        assertThat(OPUS.duration(packet, 0, 2)).isEqualTo(5760 / units * units);
        packet[1] = (byte) (5760 / units + 1);
        assertThat(OPUS.duration(packet, 0, 2)).as("longer than 120 ms").isZero();
    }

    /** Packets as others make them, in each mode and of each length, narrow to full band, one and two channels. */
    @ParameterizedTest
    @CsvSource({"SILK_ONLY, 8000, 1, 20", "SILK_ONLY, 16000, 1, 60", "SILK_ONLY, 16000, 2, 40", "HYBRID, 48000, 1, 20", "HYBRID, 48000, 2, 10",
        "CELT_ONLY, 48000, 1, 2", "CELT_ONLY, 48000, 2, 5", "CELT_ONLY, 48000, 2, 20"})
    void understandsWhatOthersSend(String mode, int rate, int channels, int millis) throws Exception {
        OpusEncoder encoder = new OpusEncoder(rate, channels, OpusApplication.OPUS_APPLICATION_AUDIO);
        encoder.setForceMode(OpusMode.valueOf("MODE_" + mode));
        encoder.setForceChannels(channels);
        encoder.setBitrate(64_000);
        int frame = millis == 2 ? rate / 400 : rate / 1000 * millis;
        short[] pcm = new short[frame * channels];
        short[] mono = new short[rate];
        new ToneGenerator(rate, -10, 440).fill(mono, 0, rate);
        AudioCodec.Decoder decoder = OPUS.decoder();
        short[] heard = new short[20_000];
        byte[] out = new byte[1500];
        int at = 0;
        for (int i = 0; (i + 1) * frame <= mono.length; i++) {
            for (int k = 0; k < frame * channels; k++) {
                pcm[k] = mono[i * frame + k / channels];
            }
            int length = encoder.encode(pcm, 0, frame, out, 0, out.length);
            assertThat(OPUS.duration(out, 0, length)).isEqualTo(frame * (48_000 / rate));
            at += decoder.decode(out, 0, length, heard, at);
        }
        assertThat(at).isGreaterThan(15_000);
        assertThat(level(heard, 4000, 8000, 440)).isBetween(-11.0, -9.0);
    }

    /** The tone changes with the frame that is lost: what the packet after it says of it is another thing than going on. */
    @Test
    void aLostFrameIsBridgedAndOneThatIsSaidAgainComesBack() {
        for (boolean fec : new boolean[] {true, false}) {
            AudioCodec.Encoder encoder = OPUS.encoder("useinbandfec=" + (fec ? 1 : 0));
            encoder.loss(20);
            byte[][] before = encoded(encoder, 440, 20, FRAME);
            byte[][] after = encoded(encoder, 1000, 20, FRAME);
            AudioCodec.Decoder decoder = OPUS.decoder();
            short[] heard = new short[FRAME];
            for (byte[] packet : before) {
                decoder.decode(packet, 0, packet.length, heard, 0);
            }
            decoder.decode(after[0], 0, after[0].length, heard, 0);
            decoder.decode(after[1], 0, after[1].length, heard, 0);
            assertThat(decoder.conceal(after[3], 0, after[3].length, FRAME, heard, 0)).isEqualTo(FRAME);
            assertThat(level(heard, 0, FRAME, 1000)).isGreaterThan(-16);
            assertThat(decoder.decode(after[3], 0, after[3].length, heard, 0)).isEqualTo(FRAME);
            // the frame of the change itself
            decoder = OPUS.decoder();
            for (byte[] packet : before) {
                decoder.decode(packet, 0, packet.length, heard, 0);
            }
            decoder.conceal(after[1], 0, after[1].length, FRAME, heard, 0);
            assertThat(level(heard, 0, FRAME, 1000) > -16).isEqualTo(fec);
        }
    }

    @Test
    void heedsWhatTheFarEndCanHearAndTake() {
        byte[][] wide = encoded(OPUS.encoder(), 300, 10, FRAME);
        byte[][] narrow = encoded(OPUS.encoder("maxplaybackrate=8000; stereo=1"), 300, 10, FRAME);
        byte[][] constant = encoded(OPUS.encoder("cbr=1;maxaveragebitrate=12000"), 300, 10, FRAME);
        assertThat(OpusPacketInfo.getBandwidth(narrow[9], 0).name()).endsWith("NARROWBAND");
        assertThat(OpusPacketInfo.getBandwidth(wide[9], 0).name()).endsWith("WIDEBAND");
        assertThat(OpusPacketInfo.getNumEncodedChannels(wide[9], 0)).isEqualTo(1);
        assertThat(List.of(constant)).allSatisfy(packet -> assertThat(packet).hasSize(30));
        for (String nonsense : new String[] {"", ";;=;", "maxplaybackrate=x;maxaveragebitrate=-5;cbr", "maxplaybackrate=99999999999"}) {
            assertThat(OpusParameters.read(nonsense)).isEqualTo(OpusParameters.read(""));
        }
    }

    @Test
    void refusesWhatCannotBeCoded() {
        assertThatThrownBy(() -> OPUS.encoder().encode(new short[321], 0, 321, new byte[1500], 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPUS.encoder().encode(new short[FRAME], 0, FRAME, new byte[10], 9)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> OPUS.decoder().decode(new byte[] {8, 1, 2}, 0, 3, new short[100], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Whatever comes: no exception, never more than 120 ms, and the next good packet is heard. */
    @Test
    void hostilePayloadsAreHarmless() {
        Random random = new Random(7);
        byte[][] good = encoded(OPUS.encoder("useinbandfec=1"), 440, 40, FRAME);
        AudioCodec.Decoder decoder = OPUS.decoder();
        short[] pcm = new short[1920];
        for (int i = 0; i < 30_000; i++) {
            byte[] packet;
            if (i % 3 == 0) {
                packet = new byte[random.nextInt(200)];
                random.nextBytes(packet);
            } else {
                packet = good[random.nextInt(good.length)].clone();
                for (int k = random.nextInt(4); k >= 0 && packet.length > 0; k--) {
                    packet[random.nextInt(packet.length)] = (byte) random.nextInt();
                }
                packet = i % 3 == 1 ? packet : Arrays.copyOf(packet, random.nextInt(packet.length + 1));
            }
            byte[] sent = packet;
            int units = OPUS.duration(sent, 0, sent.length);
            assertThat(units).isBetween(0, 5760);
            assertThatCode(() -> {
                if (sent.length % 7 == 0) {
                    decoder.conceal(sent, 0, sent.length, FRAME, pcm, 0);
                }
                assertThat(decoder.decode(sent, 0, sent.length, pcm, 0)).isIn(0, units / 3);
            }).doesNotThrowAnyException();
        }
        for (byte[] packet : good) {
            assertThat(decoder.decode(packet, 0, packet.length, pcm, 0)).isEqualTo(FRAME);
        }
        assertThat(level(pcm, 0, FRAME, 440)).isBetween(-12.0, -8.0);
    }
}
