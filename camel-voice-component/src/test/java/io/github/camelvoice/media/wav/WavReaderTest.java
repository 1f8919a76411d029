package io.github.camelvoice.media.wav;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import io.github.camelvoice.media.codec.G711;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WavReaderTest {

    @Test
    void readsEachKindOfSample() throws IOException {
        assertThat(all(WavBytes.file(1, 1, 8000, 16, WavBytes.samples(0, 1, -1, 32767, -32768)))).containsExactly(0, 1, -1, 32767, -32768);
        assertThat(all(WavBytes.file(1, 1, 8000, 8, new byte[] {0, (byte) 128, (byte) 255}))).containsExactly(-32768, 0, 32512);
        assertThat(all(WavBytes.file(1, 1, 8000, 24, new byte[] {9, 1, 2, (byte) 255, (byte) 255, (byte) 255}))).containsExactly(513, -1);
        assertThat(all(WavBytes.file(1, 1, 8000, 32, WavBytes.little(8).putInt(0x12345678).putInt(-1).array()))).containsExactly(0x1234, -1);
        ByteBuffer floats = WavBytes.little(28).putFloat(0).putFloat(0.5f).putFloat(-1).putFloat(1).putFloat(9e9f)
                .putFloat(Float.NaN).putFloat(Float.NEGATIVE_INFINITY);
        assertThat(all(WavBytes.file(3, 1, 8000, 32, floats.array()))).containsExactly(0, 16384, -32768, 32767, 32767, 0, -32768);
        byte[] codes = {0, 1, (byte) 0x80, (byte) 0xff};
        for (int tag : new int[] {6, 7}) {
            G711 law = tag == 6 ? G711.alaw() : G711.mulaw();
            assertThat(all(WavBytes.file(tag, 1, 8000, 8, codes))).containsExactly(
                    law.decode(codes[0]), law.decode(codes[1]), law.decode(codes[2]), law.decode(codes[3]));
        }
    }

    @Test
    void averagesTwoChannels() throws IOException {
        assertThat(all(WavBytes.file(1, 2, 8000, 16, WavBytes.samples(100, 200, 32767, 32767, -32768, -32768, 5, -5))))
                .containsExactly(150, 32767, -32768, 0);
    }

    @Test
    void mixesManyChannelsDownWithoutOverflow() throws IOException {
        assertThat(all(WavBytes.file(1, 8, 8000, 16, WavBytes.samples(32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767,
                -32768, -32768, -32768, -32768, -32768, -32768, -32768, -32768, 800, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0))))
                .containsExactly(32767, -32768, 100, -1);
        ByteBuffer loud = WavBytes.little(24).putFloat(9).putFloat(9).putFloat(9).putFloat(-9).putFloat(-9).putFloat(-9);
        assertThat(all(WavBytes.file(3, 3, 8000, 32, loud.array()))).containsExactly(32767, -32768);
    }

    /** Significant bits are the upper ones of their bytes: in a plain format by its bits, in an extensible one by what it says is valid. */
    @Test
    void readsBitsThatFillNoByte() throws IOException {
        assertThat(all(file(1, 12, 2, WavBytes.samples(0x7ff0, -0x8000, 0x10)))).containsExactly(0x7ff0, -0x8000, 0x10);
        assertThat(all(file(1, 20, 3, new byte[] {0x10, 0x34, 0x12, (byte) 0xf0, (byte) 0xff, (byte) 0xff}))).containsExactly(0x1234, -1);
        assertThat(all(file(1, 30, 4, WavBytes.little(4).putInt(0x56781234).array()))).containsExactly(0x5678);
        assertThat(all(file(1, 9, 2, WavBytes.samples(-128)))).containsExactly(-128);
        byte[] valid = WavBytes.extensible(1, 1, 8000, 32);
        valid[18] = 24;
        assertThat(all(new WavBytes().chunk("fmt ", valid).chunk("data", WavBytes.little(4).putInt(0x7fffff00).array()).riff())).containsExactly(32767);
        valid[18] = 33;
        refused(new WavBytes().chunk("fmt ", valid).riff(), "33 valid bits in samples of 32");
        ByteBuffer doubles = WavBytes.little(40).putDouble(0.5).putDouble(-1).putDouble(1e300).putDouble(Double.NaN).putDouble(Double.NEGATIVE_INFINITY);
        assertThat(all(WavBytes.file(3, 1, 8000, 64, doubles.array()))).containsExactly(16384, -32768, 32767, 0, -32768);
    }

    private static byte[] file(int tag, int bits, int bytes, byte[] data) {
        byte[] format = WavBytes.format(tag, 1, 8000, 16);
        format[12] = (byte) bytes;
        format[14] = (byte) bits;
        return new WavBytes().chunk("fmt ", format).chunk("data", data).riff();
    }

    @Test
    void readsTheLongForm() throws IOException {
        byte[] sizes = WavBytes.little(28).putLong(100).putLong(4).putLong(2).putInt(0).array();
        byte[] wav = new WavBytes().chunk("ds64", sizes).chunk("fmt ", WavBytes.format(1, 1, 8000, 16))
                .chunk("data", WavBytes.samples(1, 2), 0xffffffffL).chunk("LIST", new byte[8]).riff(0xffffffffL);
        wav[1] = 'F';
        wav[2] = '6';
        wav[3] = '4';
        assertThat(all(wav)).containsExactly(1, 2);
        assertThat(open(wav).announcedSamples()).isEqualTo(2);
        sizes[15] = (byte) 0x80;
        byte[] lying = new WavBytes().chunk("ds64", sizes).chunk("fmt ", WavBytes.format(1, 1, 8000, 16)).chunk("data", WavBytes.samples(1, 2), 0xffffffffL)
                .riff(0xffffffffL);
        lying[1] = 'F';
        lying[2] = '6';
        lying[3] = '4';
        assertThat(all(lying)).containsExactly(1, 2);
    }

    @Test
    void aWholeFileIsHeldAgainstWhatItSays() throws IOException {
        byte[] second = WavBytes.file(1, 2, 8000, 16, new byte[32_000]);
        assertThat(WavReader.check(new ByteArrayInputStream(second))).hasMillis(1000);
        assertThat(WavReader.check(new ByteArrayInputStream(Arrays.copyOf(second, second.length - 3000)))).hasMillis(906);
        assertThatThrownBy(() -> WavReader.check(new ByteArrayInputStream(Arrays.copyOf(second, 44 + 8000))))
                .isInstanceOf(WavException.class).hasMessage("WAV ends after 0.3 s of 1.0 s");
        assertThat(WavReader.check(new ByteArrayInputStream(WavBytes.file(1, 1, 8000, 16, new byte[0])))).isZero();
        assertThat(WavReader.check(new ByteArrayInputStream(new WavBytes().chunk("fmt ", WavBytes.format(1, 1, 8000, 16))
                .chunk("data", new byte[16_000], 0xffffffffL).riff()))).hasMillis(1000);
        assertThatThrownBy(() -> WavReader.check(new ByteArrayInputStream(new byte[0]))).isInstanceOf(WavException.class).hasMessage("WAV is empty");
    }

    @Test
    void readsExtensibleFormat() throws IOException {
        byte[] wav = new WavBytes().chunk("fmt ", WavBytes.extensible(1, 2, 48000, 16)).chunk("data", WavBytes.samples(4, 6)).riff();
        assertThat(all(wav)).containsExactly(5);
        try (WavReader reader = open(wav)) {
            assertThat(reader.format()).isEqualTo(new WavFormat(WavFormat.Encoding.PCM, 2, 2, 48000));
            assertThat(reader.announcedSamples()).isEqualTo(1);
        }
        byte[] other = WavBytes.extensible(1, 1, 8000, 16);
        other[39] = 1;
        refused(new WavBytes().chunk("fmt ", other).riff(), "sub-format");
    }

    @Test
    void skipsOtherChunksAndTheirPadding() throws IOException {
        byte[] wav = new WavBytes().chunk("LIST", new byte[7]).chunk("fmt ", WavBytes.format(1, 1, 8000, 16)).chunk("fact", new byte[4])
                .chunk("odd ", new byte[33]).chunk("data", WavBytes.samples(1, 2, 3)).chunk("id3 ", new byte[50]).riff();
        assertThat(all(wav)).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {0xffffffffL, 0x7ffff000L, 0x7fffffffL, 1000})
    void dataShorterThanAnnouncedEndsTheAudio(long announced) throws IOException {
        byte[] wav = new WavBytes().chunk("fmt ", WavBytes.format(1, 1, 8000, 16)).chunk("data", WavBytes.samples(1, 2, 3), announced).riff();
        assertThat(all(wav)).containsExactly(1, 2, 3);
        assertThat(open(wav).announcedSamples()).isEqualTo(announced == 1000 ? 500 : -1);
        assertThat(all(Arrays.copyOf(wav, wav.length - 1))).containsExactly(1, 2);
    }

    @Test
    void lengthZeroIsUnknownOnlyInAFileOfLengthZero() throws IOException {
        WavBytes chunks = new WavBytes().chunk("fmt ", WavBytes.format(1, 1, 8000, 16)).chunk("data", WavBytes.samples(1, 2), 0);
        assertThat(all(chunks.riff(0))).containsExactly(1, 2);
        assertThat(all(chunks.riff(40))).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        refused(new byte[0], "empty");
        refused("RIFF".getBytes(), "header");
        refused("ID3 this is no wav file".getBytes(), "it looks like MP3");
        refused("OggS this is no wav file".getBytes(), "it is Ogg");
        refused("RIFXaaaaWAVEfmt ".getBytes(), "it is RIFX");
        refused("RIFFaaaaAVI LIST".getBytes(), "RIFF of another kind");
        refused("no wav file at all".getBytes(), "Not a WAV");
        refused(WavBytes.file(1, 9, 8000, 16, new byte[0]), "9 channels");
        refused(WavBytes.file(1, 0, 8000, 16, new byte[0]), "0 channels");
        refused(WavBytes.file(1, 1, 999, 16, new byte[0]), "999 Hz");
        refused(WavBytes.file(1, 1, 384_001, 16, new byte[0]), "384001 Hz");
        refused(WavBytes.file(1, 1, -1, 16, new byte[0]), "4294967295 Hz");
        refused(WavBytes.file(1, 1, 8000, 4, new byte[0]), "4 bits");
        refused(WavBytes.file(1, 1, 8000, 40, new byte[0]), "40 bits");
        refused(WavBytes.file(3, 1, 8000, 16, new byte[0]), "16 bits");
        refused(WavBytes.file(0x55, 1, 8000, 16, new byte[0]), "0x55 (MP3)");
        refused(WavBytes.file(0x11, 1, 8000, 4, new byte[0]), "0x11 (ADPCM)");
        refused(WavBytes.file(0x1234, 1, 8000, 16, new byte[0]), "0x1234 is not");
        byte[] misaligned = WavBytes.format(1, 1, 8000, 16);
        misaligned[12] = 4;
        refused(new WavBytes().chunk("fmt ", misaligned).riff(), "alignment is 4");
        byte[] format = WavBytes.format(1, 1, 8000, 16);
        refused(new WavBytes().chunk("data", new byte[2]).riff(), "before the format");
        refused(new WavBytes().chunk("fmt ", format).chunk("fmt ", format).riff(), "two format");
        refused(new WavBytes().chunk("fmt ", format).riff(), "data chunk");
        refused(new WavBytes().chunk("fmt ", new byte[14]).riff(), "14 bytes");
        refused(new WavBytes().chunk("fmt ", WavBytes.format(0xfffe, 1, 8000, 16)).riff(), "40 are needed");
        refused(new WavBytes().chunk("junk", new byte[2], 0xffffffffL).riff(), "before its audio");
        refused(new WavBytes().chunk("junk", new byte[2], 5000).riff(), "ends within a chunk");
    }

    @Test
    void doesNotReadChunksForEver() {
        byte[] start = WavBytes.file(1, 1, 8000, 16, new byte[0]);
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                int now = at++;
                return now < 12 ? start[now] : 0;
            }
        };
        assertThatThrownBy(() -> new WavReader(endless)).isInstanceOf(WavException.class).hasMessageContaining("1024 chunks");
    }

    @Test
    void everyTruncationEndsInOrder() throws IOException {
        byte[] wav = new WavBytes().chunk("LIST", new byte[5]).chunk("fmt ", WavBytes.extensible(3, 2, 44100, 32))
                .chunk("data", new byte[80]).riff();
        for (int length = 0; length < wav.length; length++) {
            try {
                assertThat(all(Arrays.copyOf(wav, length))).hasSizeLessThanOrEqualTo(10);
            } catch (WavException e) {
                assertThat(e.getMessage()).startsWith("WAV");
            }
        }
    }

    @Test
    void damagedFilesNeverCauseAnythingElse() throws IOException {
        Random random = new Random(1991);
        byte[][] seeds = {WavBytes.file(1, 2, 44100, 24, new byte[60]), WavBytes.file(7, 1, 8000, 8, new byte[60]),
            new WavBytes().chunk("LIST", new byte[5]).chunk("fmt ", WavBytes.extensible(1, 1, 16000, 16)).chunk("data", new byte[60]).riff()};
        int played = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] wav = seeds[i % seeds.length].clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                wav[random.nextInt(Math.min(wav.length, 90))] = (byte) random.nextInt(256);
            }
            try {
                assertThat(all(wav).length).isLessThanOrEqualTo(wav.length);
                played++;
            } catch (WavException e) {
                assertThat(e.getMessage()).contains("WAV");
            }
        }
        assertThat(played).isBetween(1000, 59_000);
    }

    @Test
    void givesPiecesOfAnySize() throws IOException {
        int[] values = new Random(3).ints(5000, -32768, 32768).toArray();
        byte[] wav = WavBytes.file(1, 1, 8000, 16, WavBytes.samples(values));
        // a stream that gives a few bytes at a time
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(wav)) {
            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                return super.read(b, off, Math.min(len, 7));
            }
        };
        try (WavReader reader = new WavReader(slow)) {
            short[] buf = new short[3001];
            int total = 0;
            assertThat(reader.read(buf, 0, 0)).isZero();
            for (int n; (n = reader.read(buf, 1, 3000)) > 0;) {
                for (int i = 0; i < n; i++) {
                    assertThat(buf[1 + i]).isEqualTo((short) values[total + i]);
                }
                total += n;
            }
            assertThat(total).isEqualTo(5000);
            assertThat(reader.read(buf, 0, 1)).isEqualTo(-1);
            assertThatThrownBy(() -> reader.read(buf, 0, 3002)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static WavReader open(byte[] wav) throws IOException {
        return new WavReader(new ByteArrayInputStream(wav));
    }

    private static int[] all(byte[] wav) throws IOException {
        WavReader reader = open(wav);
        short[] buf = new short[wav.length + 1];
        int total = 0;
        for (int n; (n = reader.read(buf, total, buf.length - total)) > 0;) {
            total += n;
        }
        int[] out = new int[total];
        for (int i = 0; i < total; i++) {
            out[i] = buf[i];
        }
        return out;
    }

    private static void refused(byte[] wav, String why) {
        assertThatThrownBy(() -> open(wav)).isInstanceOf(WavException.class).hasMessageContaining(why);
    }
}
