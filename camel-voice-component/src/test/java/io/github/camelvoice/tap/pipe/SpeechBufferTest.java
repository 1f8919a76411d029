package io.github.camelvoice.tap.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.tap.Speech;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechBufferTest {

    private final ManualTimers time = new ManualTimers();
    private final SpeechBuffer buffer = new SpeechBuffer(8000, time);
    private final short[] out = new short[160];

    private int say(int millis, int value) {
        byte[] pcm = new byte[16 * millis];
        for (int i = 0; i < pcm.length; i += 2) {
            pcm[i] = (byte) value;
            pcm[i + 1] = (byte) (value >> 8);
        }
        return buffer.write("L16", 8000, pcm, 0, pcm.length);
    }

    private boolean pull() {
        if (!buffer.ready()) {
            return false;
        }
        buffer.pull(out, 160, 8000);
        return true;
    }

    @Test
    void whatIsSaidIsPlayedInOrderAtThePaceOfTheClock() {
        say(60, 1000);
        say(20, 2000);
        assertThat(buffer.waitingMillis()).isEqualTo(80);
        int[] got = new int[4];
        for (int i = 0; i < 4; i++) {
            assertThat(pull()).isTrue();
            got[i] = out[80];
        }
        assertThat(got).containsExactly(1000, 1000, 1000, 2000);
        assertThat(pull()).isFalse();
        assertThat(buffer.spokenMillis()).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource({"L16,8000,2,8000", "L16,16000,2,8000", "L16,24000,2,8000", "PCMU,8000,1,8000", "L16,8000,2,16000"})
    void aLongMessageIsTakenAsFarAsThereIsRoomAndItsRestIsCounted(String encoding, int from, int each, int callRate) {
        SpeechBuffer small = new SpeechBuffer(callRate, time);
        int most = SpeechBuffer.MOST_SECONDS * 1000;
        byte[] data = new byte[(most + 5_000) / 1000 * from * each];
        assertThat(small.write(encoding, from, data, 0, data.length)).isBetween(4_980, 5_020);
        assertThat(small.waitingMillis()).isEqualTo(most);
        assertThat(small.droppedMillis()).isBetween(4_980L, 5_020L);
        assertThat(small.write(encoding, from, data, 0, 20 * each * from / 1000)).isEqualTo(20);
    }

    @Test
    void itBeginsWithALittleInStoreAndAShortWordIsNotForgotten() {
        say(10, 1000);
        assertThat(pull()).isFalse();
        say(10, 1000);
        assertThat(pull()).isTrue();
        assertThat(pull()).isFalse();
        time.advance(Duration.ofSeconds(1));
        say(10, 500);
        assertThat(pull()).isFalse();
        time.advance(Duration.ofMillis(20));
        assertThat(pull()).isTrue();
        assertThat(out[79]).isEqualTo((short) 500);
        assertThat(out[80]).isZero();
    }

    /** Its frames come a little after the clock asks for them: once it was cut up, there is more in store. */
    @Test
    void whoSendsAtThePaceOfSpeechIsCutUpOnce() {
        int silent = 0;
        say(20, 1000);
        for (int i = 0; i < 100; i++) {
            if (!pull()) {
                silent++;
            }
            time.advance(Duration.ofMillis(i % 3 == 0 ? 21 : 18));
            say(20, 1000);
            time.advance(Duration.ofMillis(i % 3 == 0 ? 0 : 1));
            if (i % 10 == 5) {
                // one is late
                if (!pull()) {
                    silent++;
                }
                time.advance(Duration.ofMillis(10));
                say(20, 1000);
            }
        }
        assertThat(silent).isLessThan(4);
    }

    @Test
    void marksPassWhenTheyArePlayed() {
        say(40, 1);
        buffer.mark("a");
        say(20, 1);
        buffer.mark("b");
        pull();
        assertThat(buffer.passed()).isNull();
        pull();
        assertThat(buffer.passed()).isEqualTo(new Speech.Passed("a", false));
        assertThat(buffer.passed()).isNull();
        pull();
        assertThat(buffer.passed()).isEqualTo(new Speech.Passed("b", false));
    }

    @Test
    void clearDropsWhatWaitsAtOnceAndItsMarks() {
        say(40, 1);
        buffer.mark("played");
        say(1000, 1);
        buffer.mark("cleared");
        pull();
        pull();
        buffer.clear();
        assertThat(buffer.waitingMillis()).isZero();
        assertThat(pull()).isFalse();
        assertThat(buffer.passed()).isEqualTo(new Speech.Passed("played", false));
        assertThat(buffer.passed()).isEqualTo(new Speech.Passed("cleared", true));
        say(60, 7);
        assertThat(pull()).isTrue();
        assertThat(out).containsOnly((short) 7);
    }

    @Test
    void theBoundIsAMinute() {
        for (int second = 0; second < 60; second++) {
            assertThat(say(1000, second)).isZero();
        }
        assertThat(say(1000, 60)).isEqualTo(1000);
        assertThat(buffer.droppedMillis()).isEqualTo(1000);
        for (int i = 0; i < 50; i++) {
            pull();
        }
        assertThat(say(1500, 61)).isEqualTo(500);
        for (int i = 0; i < 59 * 50; i++) {
            assertThat(pull()).isTrue();
        }
        assertThat(out[0]).isEqualTo((short) 59);
        pull();
        assertThat(out[0]).isEqualTo((short) 61);
    }

    @Test
    void marksAreBounded() {
        say(20, 1);
        for (int i = 0; i < 3000; i++) {
            buffer.mark("m");
        }
        buffer.clear();
        int told = 0;
        while (buffer.passed() != null) {
            told++;
        }
        assertThat(told).isEqualTo(SpeechBuffer.MOST_MARKS);
    }

    @Test
    void whenNobodyPlaysAnyMoreNothingIsKept() {
        say(100, 1);
        buffer.mark("m");
        buffer.dropped();
        assertThat(buffer.passed()).isEqualTo(new Speech.Passed("m", true));
        assertThat(say(100, 1)).isEqualTo(100);
        assertThat(buffer.waitingMillis()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8000,8000", "16000,8000", "24000,8000", "8000,16000", "24000,16000"})
    void ratesAreBroughtTogether(int said, int call) {
        SpeechBuffer speech = new SpeechBuffer(call, time);
        byte[] pcm = new byte[said * 2];
        for (int i = 0; i < said; i++) {
            short sample = (short) (10_000 * Math.sin(2 * Math.PI * 440 * i / said));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        for (int i = 0; i < 50; i++) {
            speech.write("L16", said, pcm, i * pcm.length / 50, pcm.length / 50);
        }
        short[] all = new short[call * 9 / 10];
        short[] frame = new short[call / 50];
        for (int i = 0; i < 45; i++) {
            assertThat(speech.ready()).isTrue();
            speech.pull(frame, frame.length, call);
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        Goertzel tone = new Goertzel(call, 440);
        tone.add(Arrays.copyOfRange(all, call / 10, all.length), 0, all.length - call / 10);
        assertThat(tone.share()).isGreaterThan(0.99);
    }

    /** The call went over to another codec. */
    @Test
    void itPlaysAtAnotherRateToo() {
        say(200, 3000);
        short[] wide = new short[320];
        for (int i = 0; i < 8; i++) {
            assertThat(buffer.ready()).isTrue();
            buffer.pull(wide, 320, 16_000);
        }
        assertThat(wide[100]).isBetween((short) 2950, (short) 3050);
        assertThat(buffer.waitingMillis()).isEqualTo(40);
    }

    /** Plays what comes at the pace of speech, frame by frame. @return loud frames that were played */
    private int converse(int frames, java.util.function.IntUnaryOperator loudness) {
        int loud = 0;
        for (int i = 0; i < frames; i++) {
            say(20, loudness.applyAsInt(i));
            assertThat(pull()).isTrue();
            loud += out[80] > 500 ? 1 : 0;
            time.advance(Duration.ofMillis(20));
        }
        return loud;
    }

    @Test
    void whatWasLateAtTheStartIsCaughtUpInPauses() {
        say(300, 0);
        int loud = converse(250, i -> i % 25 < 15 ? 1000 : 0);
        assertThat(buffer.waitingMillis()).isBetween(20, 60);
        while (pull()) {
            loud += out[80] > 500 ? 1 : 0;
        }
        assertThat(loud).as("no word is left out").isEqualTo(150);
    }

    @Test
    void withoutAPauseNothingIsLeftOut() {
        say(300, 1000);
        assertThat(converse(500, i -> 1000)).isEqualTo(500);
        assertThat(buffer.waitingMillis()).isEqualTo(300);
    }

    @Test
    void whatIsSentAtOnceKeepsItsPauses() {
        for (int i = 0; i < 10; i++) {
            say(600, 1000);
            say(400, 0);
        }
        int frames = 0;
        while (pull()) {
            frames++;
            time.advance(Duration.ofMillis(20));
        }
        assertThat(frames).isEqualTo(500);
    }

    @Test
    void whatComesAfterAClearKeepsItsPauses() {
        say(600, 1000);
        converse(102, i -> 1000);
        buffer.clear();
        say(400, 0);
        say(200, 1000);
        int frames = 0;
        while (pull()) {
            frames++;
        }
        assertThat(frames).isEqualTo(30);
    }
}
