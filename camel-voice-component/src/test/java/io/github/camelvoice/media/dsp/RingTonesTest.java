package io.github.camelvoice.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.media.wav.WavReader;
import io.github.camelvoice.media.wav.WavStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTonesTest {

    /** All that SWML names. */
    @ParameterizedTest
    @ValueSource(strings = {"at", "au", "bg", "br", "be", "ch", "cl", "cn", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hu", "il", "in", "it",
        "lt", "jp", "mx", "my", "nl", "no", "nz", "ph", "pl", "pt", "ru", "se", "sg", "th", "uk", "us", "us-old", "tw", "ve", "za"})
    void everyCountryRingsAndPauses(String country) {
        RingTones.RingTone tone = RingTones.of(country);
        short[] cycle = new short[tone.cycle() * 8];
        tone.generator(8000).fill(cycle, 0, cycle.length);
        int sound = tone.cadence()[0] * 8;
        assertThat(peak(cycle, 0, sound)).isBetween(2_000, 12_000);
        assertThat(peak(cycle, cycle.length - tone.cadence()[tone.cadence().length - 1] * 8, cycle.length)).isZero();
    }

    @Test
    void whereThereIsNone() {
        assertThat(RingTones.of("xx")).isNull();
    }

    @Test
    void aToneIsAWavStream() throws IOException {
        ToneGenerator tone = RingTones.of("us").generator(8000);
        short[] expected = new short[4_000];
        RingTones.of("us").generator(8000).fill(expected, 0, expected.length);
        int[] left = {4_000};
        try (WavReader reader = new WavReader(new WavStream(8000, (into, off, len) -> {
            int now = Math.min(len, left[0]);
            left[0] -= now;
            if (now == 0) {
                return -1;
            }
            tone.fill(into, off, now);
            return now;
        }))) {
            assertThat(reader.sampleRate()).isEqualTo(8000);
            short[] got = new short[5_000];
            int at = 0;
            for (int count = reader.read(got, 0, 900); count > 0; count = reader.read(got, at, 900)) {
                at += count;
            }
            assertThat(at).isEqualTo(4_000);
            assertThat(java.util.Arrays.copyOf(got, at)).isEqualTo(expected);
        }
    }

    private static int peak(short[] pcm, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(pcm[i]));
        }
        return peak;
    }
}
