package io.github.camelvoice.media.dsp;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ResamplerTest {

    private static final double LEVEL = -6;

    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,8000", "44100,8000", "48000,8000", "48000,16000", "11025,8000", "11025,16000", "22050,8000",
        "24000,16000", "32000,8000", "96000,8000", "192000,8000", "8000,48000", "4000,8000", "44101,8000", "37123,16000", "191999,8000", "384000,8000",
        "383999,16000", "1000,8000", "1000,48000"})
    void keepsAToneAndItsTime(int inRate, int outRate) {
        double frequency = Math.min(1000, inRate / 5.0);
        short[] in = tone(inRate, inRate, frequency);
        short[] out = resample(in, inRate, outRate, 333);
        assertThat(out).hasSize(outRate);
        assertThat(Goertzel.level(out, 0, out.length, outRate, frequency)).isCloseTo(LEVEL, within(0.1));
        double peak = 32767 * Math.pow(10, LEVEL / 20);
        double signal = 0;
        double noise = 0;
        for (int i = outRate / 10; i < outRate - outRate / 10; i++) {
            double expected = peak * Math.sin(2 * Math.PI * frequency * i / outRate);
            signal += expected * expected;
            noise += (out[i] - expected) * (out[i] - expected);
        }
        assertThat(10 * Math.log10(signal / noise)).as("signal to noise, dB").isGreaterThan(58);
    }

    @ParameterizedTest
    @CsvSource({"16000,8000,4100", "16000,8000,6000", "44100,8000,4400", "44100,8000,20000", "48000,16000,9000", "192000,8000,7777", "384000,8000,4100",
        "384000,16000,100000", "383999,8000,12345", "88200,8000,4050", "24000,8000,5000"})
    void doesNotAlias(int inRate, int outRate, double frequency) {
        short[] out = resample(tone(inRate, inRate, frequency), inRate, outRate, 1024);
        assertThat(rms(out, outRate / 10, outRate * 8 / 10)).isLessThan(16);
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "8000,48000", "12000,48000"})
    void makesNoImages(int inRate, int outRate) {
        short[] out = resample(tone(inRate, inRate, 3000), inRate, outRate, 160);
        assertThat(Goertzel.level(out, 0, outRate, outRate, inRate - 3000)).isLessThan(-66);
        assertThat(Goertzel.level(out, 0, outRate, outRate, 3000)).isCloseTo(LEVEL, within(0.1));
    }

    @Test
    void blocksLeaveNoTrace() {
        Random random = new Random(44100);
        short[] in = new short[20_000];
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) (random.nextGaussian() * 6000);
        }
        short[] whole = resample(in, 44100, 8000, in.length);
        for (int block : new int[] {1, 2, 7, 160, 441, 882, 1024, 5000}) {
            assertThat(resample(in, 44100, 8000, block)).as("blocks of %d", block).isEqualTo(whole);
        }
        assertThat(resample(in, 48000, 16000, 13)).isEqualTo(resample(in, 48000, 16000, in.length));
        assertThat(resample(in, 8000, 16000, 1)).isEqualTo(resample(in, 8000, 16000, in.length));
    }

    @Test
    void aConstantStaysOneAndFullScaleDoesNotWrap() {
        short[] in = new short[8820];
        Arrays.fill(in, (short) 32767);
        short[] out = resample(in, 44100, 8000, 500);
        for (int i = 200; i < out.length - 200; i++) {
            assertThat(out[i]).isEqualTo((short) 32767);
        }
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) (i / 100 % 2 == 0 ? 32767 : -32768);
        }
        out = resample(in, 8000, 16000, 500);
        for (int i = 400; i < out.length - 400; i++) {
            if (i / 2 % 100 > 2 && i / 2 % 100 < 98) {
                assertThat(Math.signum(out[i])).isEqualTo(i / 200 % 2 == 0 ? 1f : -1f);
            }
        }
    }

    @Test
    void countsOutExactly() {
        Random random = new Random(9);
        for (int[] rates : new int[][] {{44100, 8000}, {8000, 16000}, {48000, 8000}, {191999, 4001}, {4000, 192000}, {1000, 384000}, {384000, 1000}, {8000, 8000}}) {
            Resampler resampler = new Resampler(rates[0], rates[1]);
            for (int round = 0; round < 2; round++) {
                long taken = 0;
                long given = 0;
                for (int i = 0; i < 50; i++) {
                    int len = random.nextInt(700);
                    short[] out = new short[resampler.outputFor(len)];
                    given += resampler.process(new short[len], 0, len, out, 0);
                    taken += len;
                }
                given += resampler.flush(new short[resampler.outputForFlush()], 0);
                assertThat(given).isEqualTo((taken * rates[1] + rates[0] - 1) / rates[0]);
            }
        }
    }

    @Test
    void sharesAFilterBetweenStreams() {
        ResampleFilter filter = new ResampleFilter(16000, 8000);
        Resampler one = new Resampler(filter);
        Resampler two = new Resampler(filter);
        short[] in = tone(16000, 320, 500);
        short[] a = new short[160];
        short[] b = new short[160];
        one.process(new short[1000], 0, 320, new short[320], 0);
        one.reset();
        assertThat(one.process(in, 0, 320, a, 0)).isEqualTo(two.process(in, 0, 320, b, 0));
        assertThat(a).isEqualTo(b);
        assertThat(two.filter()).isSameAs(filter);
    }

    @Test
    void refusesBadRatesAndShortArrays() {
        assertThatThrownBy(() -> new Resampler(999, 8000)).hasMessageContaining("999").hasMessageContaining("input");
        assertThatThrownBy(() -> new Resampler(8000, 384_001)).hasMessageContaining("384001").hasMessageContaining("output");
        Resampler resampler = new Resampler(8000, 16000);
        assertThatThrownBy(() -> resampler.process(new short[160], 0, 160, new short[10], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> resampler.process(new short[160], 1, 160, new short[400], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static short[] tone(int rate, int samples, double frequency) {
        short[] pcm = new short[samples];
        new ToneGenerator(rate, LEVEL, frequency).fill(pcm, 0, samples);
        return pcm;
    }

    private static short[] resample(short[] in, int inRate, int outRate, int block) {
        Resampler resampler = new Resampler(inRate, outRate);
        short[] out = new short[(int) ((long) in.length * outRate / inRate) + 10];
        int total = 0;
        for (int at = 0; at < in.length; at += block) {
            total += resampler.process(in, at, Math.min(block, in.length - at), out, total);
        }
        total += resampler.flush(out, total);
        return Arrays.copyOf(out, total);
    }

    private static double rms(short[] pcm, int off, int len) {
        double sum = 0;
        for (int i = off; i < off + len; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / len);
    }
}
