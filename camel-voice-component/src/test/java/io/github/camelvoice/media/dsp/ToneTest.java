package io.github.camelvoice.media.dsp;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ToneTest {

    @Test
    void aToneHasItsFrequencyAndLevel() {
        short[] pcm = new short[1600];
        new ToneGenerator(8000, -10, 440).fill(pcm, 0, pcm.length);
        Goertzel goertzel = new Goertzel(8000, 440);
        goertzel.add(pcm, 0, 700);
        goertzel.add(pcm, 700, 900);
        assertThat(goertzel.level()).isCloseTo(-10, within(0.05));
        assertThat(goertzel.share()).isCloseTo(1, within(0.01));
        assertThat(goertzel.count()).isEqualTo(1600);
        assertThat(Goertzel.level(pcm, 0, 1600, 8000, 1000)).isLessThan(-60);
        goertzel.reset();
        assertThat(goertzel.level()).isEqualTo(Double.NEGATIVE_INFINITY);
        goertzel.add(new short[100], 0, 100);
        assertThat(goertzel.share()).isZero();
        assertThat(goertzel.level()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void twoFrequenciesSoundTogether() {
        short[] pcm = new short[800];
        new ToneGenerator(8000, -12, 697, 1209).fill(pcm, 0, pcm.length);
        for (double frequency : new double[] {697, 1209}) {
            Goertzel goertzel = new Goertzel(8000, frequency);
            goertzel.add(pcm, 0, 800);
            assertThat(goertzel.level()).isCloseTo(-12, within(0.3));
            assertThat(goertzel.share()).isBetween(0.45, 0.55);
        }
    }

    @Test
    void piecesJoinWithoutSeam() {
        short[] whole = new short[4000];
        new ToneGenerator(8000, -6, new int[] {150, 50}, 425).fill(whole, 0, whole.length);
        short[] pieces = new short[4000];
        ToneGenerator generator = new ToneGenerator(8000, -6, new int[] {150, 50}, 425);
        for (int at = 0; at < 4000; at += 160) {
            generator.fill(pieces, at, 160);
        }
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void aCadenceIsSoundAndSilenceInTurn() {
        short[] pcm = new short[8000 * 3];
        new ToneGenerator(8000, -6, new int[] {500, 500}, 425).fill(pcm, 0, pcm.length);
        for (int second = 0; second < 3; second++) {
            assertThat(Goertzel.level(pcm, second * 8000, 4000, 8000, 425)).isCloseTo(-6, within(0.2));
            for (int i = second * 8000 + 4000; i < second * 8000 + 8000; i++) {
                assertThat(pcm[i]).isZero();
            }
        }
        for (int i = 1; i < pcm.length; i++) {
            assertThat(Math.abs(pcm[i] - pcm[i - 1])).as("no step at %d", i).isLessThan(6000);
        }
    }

    @Test
    void mixingSaturates() {
        short[] into = {1, 32000, -32000, 5};
        Mix.add(into, 0, new short[] {9, 2, 32000, -32000}, 1, 3);
        assertThat(into).containsExactly(3, 32767, -32768, 5);
        assertThatThrownBy(() -> Mix.add(into, 2, into, 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        short[] loud = new short[100];
        new ToneGenerator(8000, 0, 400, 401).fill(loud, 0, 100);
        int peak = 0;
        for (short sample : loud) {
            peak = Math.max(peak, sample);
        }
        assertThat(peak).isEqualTo(32767);
    }

    @Test
    void refusesWhatCannotSound() {
        assertThatThrownBy(() -> new ToneGenerator(8000, 1, 400)).hasMessageContaining("Level");
        assertThatThrownBy(() -> new ToneGenerator(8000, -6)).hasMessageContaining("frequency");
        assertThatThrownBy(() -> new ToneGenerator(8000, -6, 4000)).hasMessageContaining("4000");
        assertThatThrownBy(() -> new ToneGenerator(100, -6, 40)).hasMessageContaining("100");
        assertThatThrownBy(() -> new ToneGenerator(8000, -6, new int[] {100}, 40)).hasMessageContaining("cadence");
        assertThatThrownBy(() -> new ToneGenerator(8000, -6, new int[] {100, 0}, 40)).hasMessageContaining("cadence");
        assertThatThrownBy(() -> new Goertzel(8000, 0)).hasMessageContaining("Frequency");
    }
}
