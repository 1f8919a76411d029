package io.github.camelvoice.tap.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.tap.AudioShape.Layout;
import io.github.camelvoice.tap.TapDirection;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both tracks as one stream. */
class MixLineTest {

    private static final double SAID = 500;
    private static final double HEARD = 1100;

    private static void playBoth(PipeRig rig, PipeRig.Tone said, PipeRig.Tone heard, int count) {
        for (int i = 0; i < count; i++) {
            int one = said.timestamp;
            int two = heard.timestamp;
            rig.packet(Track.INBOUND, said.encoding(), said.next(20), one, false);
            rig.packet(Track.OUTBOUND, heard.encoding(), heard.next(20), two, false);
            rig.advance(20);
        }
    }

    private static short[] channel(short[] pcm, int which) {
        short[] one = new short[pcm.length / 2];
        for (int i = 0; i < one.length; i++) {
            one[i] = pcm[2 * i + which];
        }
        return one;
    }

    @ParameterizedTest
    @CsvSource({"PCMU,PCMU,PCMU,8000,20", "G722,PCMU,PCMA,8000,40", "PCMA,G722,L16,16000,20", "PCMU,PCMU,L16,24000,10"})
    void bothVoicesAreInTheMix(String in, String out, String to, int rate, int millis) {
        PipeRig rig = PipeRig.of(to, rate, millis, Layout.MIX, TapDirection.BOTH);
        playBoth(rig, new PipeRig.Tone(in, SAID, 0), new PipeRig.Tone(out, HEARD, 99), 100);
        assertThat(rig.frames).hasSize(2000 / millis).allMatch(frame -> frame.track() == Track.INBOUND);
        short[] pcm = rig.samples(Track.INBOUND);
        for (double frequency : new double[] {SAID, HEARD}) {
            assertThat(Goertzel.level(pcm, rate / 4, rate, rate, frequency)).isBetween(-11.5, -9.5);
        }
        assertThat(PipeRig.worstStep(pcm, rate / 4, pcm.length)).isLessThan(PipeRig.stepOf(SAID, rate) + PipeRig.stepOf(HEARD, rate) + 1500);
    }

    @Test
    void inStereoTheInboundTrackIsLeft() {
        PipeRig rig = PipeRig.of("PCMU", 8000, 20, Layout.STEREO, TapDirection.BOTH);
        playBoth(rig, new PipeRig.Tone("PCMU", SAID, 0), new PipeRig.Tone("PCMU", HEARD, 99), 100);
        assertThat(rig.frames).hasSize(100).allMatch(frame -> frame.bytes().length == 320);
        short[] pcm = rig.samples(Track.INBOUND);
        Goertzel left = new Goertzel(8000, SAID);
        left.add(channel(pcm, 0), 2000, 8000);
        Goertzel right = new Goertzel(8000, HEARD);
        right.add(channel(pcm, 1), 2000, 8000);
        assertThat(left.share()).isGreaterThan(0.98);
        assertThat(right.share()).isGreaterThan(0.98);
    }

    @Test
    void oneDirectionInStereoLeavesTheOtherChannelSilent() {
        PipeRig rig = PipeRig.of("L16", 8000, 20, Layout.STEREO, TapDirection.LISTEN);
        playBoth(rig, new PipeRig.Tone("PCMU", SAID, 0), new PipeRig.Tone("PCMU", HEARD, 99), 50);
        short[] pcm = rig.samples(Track.INBOUND);
        assertThat(channel(pcm, 0)).containsOnly((short) 0);
        assertThat(Goertzel.level(channel(pcm, 1), 2000, 4000, 8000, HEARD)).isGreaterThan(-12);
    }

    @Test
    void whatIsTooLoudIsHeldAtTheLimit() {
        PipeRig rig = PipeRig.of("L16", 8000, 20, Layout.MIX, TapDirection.BOTH);
        byte[] loudest = new byte[160];
        java.util.Arrays.fill(loudest, (byte) 0x80);
        for (int i = 0; i < 20; i++) {
            rig.packet(Track.INBOUND, "PCMU", loudest, 160 * i, false);
            rig.packet(Track.OUTBOUND, "PCMU", loudest, 160 * i, false);
            rig.advance(20);
        }
        assertThat(rig.samples(Track.INBOUND)[2000]).isEqualTo(Short.MAX_VALUE);
    }

    @Test
    void silenceGoesOnWithoutPackets() {
        PipeRig rig = PipeRig.of("PCMU", 8000, 20, Layout.MIX, TapDirection.BOTH);
        rig.advance(1000);
        assertThat(rig.frames).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(rig.frames.get(i).offsetMillis()).isEqualTo(20L * i);
            assertThat(rig.frames.get(i).at() - rig.start).isBetween(20 * PipeRig.MILLI * (i + 1), 20 * PipeRig.MILLI * (i + 1) + 2 * PipeRig.MILLI);
        }
    }

    /** The clock of a sender is 50 ppm off, its packets jitter by 15 ms: the stream has our clock, and the voice stays in it. */
    @Test
    void tenMinutesGoByOurClock() {
        PipeRig rig = PipeRig.of("PCMU", 8000, 20, Layout.MIX, TapDirection.BOTH);
        Random random = new Random(3);
        PipeRig.Tone said = new PipeRig.Tone("PCMU", SAID, 0);
        for (int i = 0; i < 30_000; i++) {
            long due = rig.start + (long) (20.0 * i * PipeRig.MILLI * (1 - 50 / 1e6)) + (long) (random.nextDouble() * 15 * PipeRig.MILLI);
            rig.until(Math.max(due, rig.now));
            int timestamp = said.timestamp;
            rig.packet(Track.INBOUND, "PCMU", said.next(20), timestamp, false);
        }
        long elapsed = (rig.now - rig.start) / PipeRig.MILLI;
        assertThat(20L * rig.frames.size()).isBetween(elapsed - 20, elapsed + 20);
        short[] pcm = rig.samples(Track.INBOUND);
        int seconds = pcm.length / 8000;
        int good = 0;
        for (int second = 0; second < seconds; second++) {
            if (Goertzel.level(pcm, second * 8000, 8000, 8000, SAID) > -12) {
                good++;
            }
        }
        assertThat(good).isGreaterThan(seconds - 8);
    }

    @Test
    void aLoopThatWasHeldUpCatchesUpWithinASecondAndSkipsTheRest() {
        PipeRig rig = PipeRig.of("PCMU", 8000, 20, Layout.MIX, TapDirection.BOTH);
        rig.advance(100);
        rig.now += 500 * PipeRig.MILLI;
        rig.pipeline.turn(rig.now);
        assertThat(rig.frames).hasSize(30);
        rig.now += 10_000 * PipeRig.MILLI;
        rig.pipeline.turn(rig.now);
        assertThat(rig.frames).hasSize(31);
        assertThat(rig.frames.get(30).offsetMillis()).isEqualTo(10_580);
        assertThat(rig.pipeline.lost()).isEqualTo(499);
    }
}
