package io.github.camelvoice.tap.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.AudioShape.Layout;
import io.github.camelvoice.tap.TapDirection;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One track as a stream without a hole. */
class TrackLineTest {

    private static final int FIRST = -500;
    private final Random random = new Random(7);

    private byte[] noise(int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return payload;
    }

    @Test
    void packetsOfTheSinksOwnFormPassUnchangedAtOnce() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        for (int i = 0; i < 100; i++) {
            byte[] payload = noise(160);
            long came = rig.now;
            rig.packet(Track.INBOUND, "PCMU", payload, FIRST + 160 * i, false);
            rig.advance(20);
            assertThat(rig.frames).hasSize(i + 1);
            PipeRig.Frame frame = rig.frames.get(i);
            assertThat(frame.bytes()).isEqualTo(payload);
            assertThat(frame.offsetMillis()).isEqualTo(20L * i);
            assertThat(frame.at() - came).isLessThanOrEqualTo(2 * PipeRig.MILLI);
        }
        assertThat(rig.pipeline.filledFrames()).isZero();
        assertThat(rig.pipeline.lost()).isZero();
    }

    @Test
    void whatCameBeforeItBeganIsNotInIt() {
        Intake intake = new Intake();
        intake.take(TapDirection.BOTH);
        intake.packet(Track.INBOUND, "PCMU", new byte[160], 160, FIRST, false, 0);
        List<Track> frames = new ArrayList<>();
        Pipeline pipeline = new Pipeline(new AudioShape("PCMU", 8000, Layout.TRACKS, 20, false), TapDirection.BOTH, intake, 900 * PipeRig.MILLI,
                (track, frame, offset) -> frames.add(track));
        intake.packet(Track.OUTBOUND, "PCMU", new byte[160], 160, FIRST, false, 905 * PipeRig.MILLI);
        pipeline.turn(910 * PipeRig.MILLI);
        assertThat(frames).containsExactly(Track.OUTBOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 60, 120})
    void otherPacketTimesAreCutAnew(int millis) {
        PipeRig rig = PipeRig.speak("PCMA", 8000, millis);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            byte[] payload = noise(160);
            sent.writeBytes(payload);
            rig.packet(Track.INBOUND, "PCMA", payload, FIRST + 160 * i, false);
            rig.advance(20);
        }
        assertThat(rig.frames).hasSize(1200 / millis).allMatch(frame -> frame.bytes().length == 8 * millis);
        assertThat(rig.bytes(Track.INBOUND)).isEqualTo(Arrays.copyOf(sent.toByteArray(), 8 * (1200 / millis * millis)));
    }

    @Test
    void longPacketsGoThroughToo() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        byte[] payload = noise(960);
        rig.packet(Track.INBOUND, "PCMU", payload, FIRST, false);
        rig.advance(2);
        assertThat(rig.bytes(Track.INBOUND)).isEqualTo(payload);
    }

    @Test
    void whatIsLostIsSilenceOfTheSameLength() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        for (int i = 0; i < 20; i++) {
            if (i != 7 && i != 8) {
                rig.packet(Track.INBOUND, "PCMU", new byte[160], FIRST + 160 * i, false);
            }
            rig.advance(20);
        }
        assertThat(rig.frames).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(rig.frames.get(i).bytes()).containsOnly(i == 7 || i == 8 ? 0xFF : 0);
        }
        assertThat(rig.pipeline.filledFrames()).isEqualTo(2);
    }

    @Test
    void aPacketThatComesAfterItsTimeIsDroppedAndCounted() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        for (int number : new int[] {0, 1, 3, 2, 4, 5, 5, 6}) {
            byte[] payload = new byte[160];
            Arrays.fill(payload, (byte) number);
            rig.packet(Track.INBOUND, "PCMU", payload, FIRST + 160 * number, false);
            rig.advance(20);
        }
        assertThat(rig.frames).extracting(frame -> (int) frame.bytes()[0]).containsExactly(0, 1, -1, 3, 4, 5, 6);
        assertThat(rig.pipeline.lost()).isEqualTo(2);
    }

    @Test
    void withoutPacketsTheClockMakesSilenceInRealTime() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        rig.advance(1000);
        assertThat(rig.frames).as("100 ms behind").hasSize(45);
        PipeRig.Tone tone = new PipeRig.Tone("PCMU", 440, FIRST);
        rig.play(Track.INBOUND, tone, 50);
        assertThat(rig.frames.size()).as("2 s").isBetween(99, 101);
        tone.timestamp += 8 * 3000;
        rig.advance(3000);
        assertThat(rig.frames.size()).isBetween(243, 246);
        rig.play(Track.INBOUND, tone, 50);
        assertThat(rig.frames.size()).as("6 s: the silence of the source was 3 s long").isBetween(299, 301);
        for (int i = 1; i < rig.frames.size(); i++) {
            assertThat(rig.frames.get(i).offsetMillis()).isEqualTo(20L * i);
        }
    }

    /** After silence a packet shall not have to wait for the next one to fill its frame. */
    @Test
    void afterSilencePacketsFitIntoFramesAgain() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        int timestamp = FIRST;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 10; i++) {
                byte[] payload = noise(160);
                rig.packet(Track.INBOUND, "PCMU", payload, timestamp, false);
                timestamp += 160;
                rig.advance(20);
                assertThat(rig.frames.get(rig.frames.size() - 1).bytes()).isEqualTo(payload);
            }
            int pause = 507 + round;
            timestamp += 8 * pause;
            rig.advance(pause);
        }
        long elapsed = (rig.now - rig.start) / PipeRig.MILLI;
        assertThat(20L * rig.frames.size()).isBetween(elapsed - 160, elapsed + 20);
    }

    @ParameterizedTest
    @CsvSource({"true,123456", "false,80000", "false,-80000"})
    void anotherSourceGoesOnWhereTheOldOneEnded(boolean fresh, int jump) {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        PipeRig.Tone tone = new PipeRig.Tone("PCMU", 500, FIRST);
        rig.play(Track.INBOUND, tone, 50);
        tone.timestamp += jump;
        int timestamp = tone.timestamp;
        rig.packet(Track.INBOUND, "PCMU", tone.next(20), timestamp, fresh);
        rig.advance(20);
        rig.play(Track.INBOUND, tone, 99);
        assertThat(rig.frames.size()).as("3 s, whatever the timestamps say").isBetween(149, 151);
        if (jump > 0) {
            assertThat(PipeRig.worstStep(rig.samples(Track.INBOUND), 0, 3 * 8000)).isLessThan(PipeRig.stepOf(500, 8000) + 700);
        }
    }

    /** Its timestamps stood still while it was silent. */
    @Test
    void aSourceWhoseTimeStoodStillIsHeardAgainSoon() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        PipeRig.Tone tone = new PipeRig.Tone("PCMU", 500, FIRST);
        rig.play(Track.INBOUND, tone, 50);
        rig.advance(2000);
        rig.play(Track.INBOUND, tone, 50);
        short[] pcm = rig.samples(Track.INBOUND);
        assertThat(Goertzel.level(pcm, pcm.length - 4800, 4800, 8000, 500)).isGreaterThan(-12);
        assertThat(rig.frames.size()).isBetween(199, 201);
    }

    /** The network held everything up for 300 ms: what came too late is silence, and time stays true. */
    @Test
    void aBurstAfterAStallDoesNotMoveTime() {
        PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
        PipeRig.Tone tone = new PipeRig.Tone("PCMU", 500, FIRST);
        rig.play(Track.INBOUND, tone, 50);
        rig.advance(300);
        for (int i = 0; i < 15; i++) {
            int timestamp = tone.timestamp;
            rig.packet(Track.INBOUND, "PCMU", tone.next(20), timestamp, false);
        }
        rig.advance(2);
        assertThat(rig.frames).hasSize(65);
        rig.advance(18);
        rig.play(Track.INBOUND, tone, 50);
        assertThat(rig.frames).hasSize(115);
    }

    @ParameterizedTest
    @CsvSource({"PCMU,PCMA,8000", "PCMA,PCMU,8000", "G722,PCMU,8000", "PCMU,L16,8000", "PCMA,L16,16000", "PCMU,L16,24000", "G722,L16,8000",
        "G722,L16,16000", "G722,L16,24000"})
    void otherCodecsAndRatesKeepTheToneWithoutAClick(String from, String to, int rate) {
        PipeRig rig = PipeRig.speak(to, rate, 20);
        PipeRig.Tone tone = new PipeRig.Tone(from, 600, FIRST);
        for (int i = 0; i < 100; i++) {
            int timestamp = tone.timestamp;
            rig.packet(Track.INBOUND, from, tone.next(20), timestamp, false);
            rig.advance(2);
            assertThat(rig.frames).as("no frame waits for the next packet").hasSize(i + 1);
            rig.advance(18);
        }
        short[] pcm = rig.samples(Track.INBOUND);
        assertThat(pcm).hasSize(2 * rate);
        int settled = rate / 10;
        Goertzel goertzel = new Goertzel(rate, 600);
        goertzel.add(pcm, settled, pcm.length - settled);
        assertThat(goertzel.share()).isGreaterThan(0.99);
        int noise = from.equals("G722") ? 1200 : 800;
        assertThat(PipeRig.worstStep(pcm, settled, pcm.length)).isLessThan(PipeRig.stepOf(600, rate) + noise);
    }

    @Test
    void theCodecMayChangeInMidCall() {
        PipeRig rig = PipeRig.speak("L16", 16000, 20);
        PipeRig.Tone[] tones = {new PipeRig.Tone("PCMU", 600, FIRST), new PipeRig.Tone("G722", 600, 0), new PipeRig.Tone("PCMA", 600, 0)};
        int timestamp = FIRST;
        for (int round = 0; round < 6; round++) {
            PipeRig.Tone tone = tones[round % 3];
            tone.timestamp = timestamp;
            rig.play(Track.INBOUND, tone, 50);
            timestamp = tone.timestamp;
        }
        assertThat(rig.frames).hasSize(300);
        short[] pcm = rig.samples(Track.INBOUND);
        for (int second = 0; second < 6; second++) {
            assertThat(Goertzel.level(pcm, second * 16000 + 4000, 8000, 16000, 600)).isBetween(-11.5, -9.5);
        }
    }

    @Test
    void pausedIsSilenceOfTheSameLength() {
        for (String codec : new String[] {"PCMU", "G722"}) {
            PipeRig rig = PipeRig.speak("PCMU", 8000, 20);
            PipeRig.Tone tone = new PipeRig.Tone(codec, 600, FIRST);
            rig.play(Track.INBOUND, tone, 50);
            rig.pipeline.pause(true);
            rig.play(Track.INBOUND, tone, 50);
            rig.pipeline.pause(false);
            rig.play(Track.INBOUND, tone, 50);
            assertThat(rig.frames).hasSize(150);
            assertThat(rig.frames.subList(50, 100)).allSatisfy(frame -> assertThat(frame.bytes()).containsOnly(0xFF));
            assertThat(Goertzel.level(rig.samples(Track.INBOUND), 8 * 2020, 4000, 8000, 600)).isGreaterThan(-12);
        }
    }

    /** 1 % loss, jitter of 30 ms, a sender whose clock is 50 ppm off. */
    @ParameterizedTest
    @CsvSource({"PCMU,PCMU,8000,50", "PCMU,PCMU,8000,-50", "PCMU,L16,16000,50", "G722,PCMU,8000,-50"})
    void tenMinutesDoNotDriftFromTheSource(String from, String to, int rate, int ppm) {
        PipeRig rig = PipeRig.speak(to, rate, 20);
        PipeRig.Tone tone = new PipeRig.Tone(from, 500, FIRST);
        int packets = 10 * 60 * 50;
        long delivered = 0;
        for (int i = 0; i < packets; i++) {
            long due = rig.start + (long) (20.0 * i * PipeRig.MILLI * (1 - ppm / 1e6)) + (long) (random.nextDouble() * 30 * PipeRig.MILLI);
            rig.until(Math.max(due, rig.now));
            int timestamp = tone.timestamp;
            byte[] payload = tone.next(20);
            if (random.nextInt(100) != 0 || i == packets - 1) {
                rig.packet(Track.INBOUND, from, payload, timestamp, false);
                delivered++;
            }
        }
        rig.advance(2);
        assertThat(rig.frames.size()).isBetween(packets - 1, packets + 1);
        assertThat(rig.pipeline.filledFrames()).isEqualTo(packets - delivered);
        short[] pcm = rig.samples(Track.INBOUND);
        assertThat(Goertzel.level(pcm, pcm.length - rate, rate, rate, 500)).isBetween(-12.0, -10.0);
    }

    @Test
    void aMonoStreamGoesOnWhenTheDirectionChanges() {
        PipeRig rig = PipeRig.of("PCMU", 8000, 20, Layout.MIX, TapDirection.SPEAK);
        PipeRig.Tone said = new PipeRig.Tone("PCMU", 500, FIRST);
        PipeRig.Tone heard = new PipeRig.Tone("PCMU", 1100, 77);
        TapDirection[] directions = {TapDirection.SPEAK, TapDirection.LISTEN, TapDirection.BOTH, TapDirection.SPEAK};
        for (TapDirection direction : directions) {
            rig.pipeline.direction(direction, rig.now);
            for (int i = 0; i < 50; i++) {
                int one = said.timestamp;
                int two = heard.timestamp;
                rig.packet(Track.INBOUND, "PCMU", said.next(20), one, false);
                rig.packet(Track.OUTBOUND, "PCMU", heard.next(20), two, false);
                rig.advance(20);
            }
        }
        assertThat(rig.frames.size()).isBetween(198, 201);
        for (int i = 1; i < rig.frames.size(); i++) {
            assertThat(rig.frames.get(i).offsetMillis()).isEqualTo(20L * i);
            assertThat(rig.frames.get(i).track()).isEqualTo(Track.INBOUND);
        }
        short[] pcm = rig.samples(Track.INBOUND);
        for (int second = 0; second < 4; second++) {
            double low = Goertzel.level(pcm, second * 8000 + 2000, 5000, 8000, 500);
            double high = Goertzel.level(pcm, second * 8000 + 2000, 5000, 8000, 1100);
            assertThat(low > -13).isEqualTo(directions[second].speaks());
            assertThat(high > -13).isEqualTo(directions[second].listens());
        }
    }

    @Test
    void tracksComeAndGo() {
        PipeRig rig = PipeRig.of("PCMU", 8000, 20, Layout.TRACKS, TapDirection.SPEAK);
        PipeRig.Tone said = new PipeRig.Tone("PCMU", 500, FIRST);
        PipeRig.Tone heard = new PipeRig.Tone("PCMU", 1100, 77);
        for (int round = 0; round < 2; round++) {
            rig.play(Track.INBOUND, said, 50);
            rig.pipeline.direction(TapDirection.BOTH, rig.now);
            for (int i = 0; i < 50; i++) {
                int two = heard.timestamp;
                rig.packet(Track.OUTBOUND, "PCMU", heard.next(20), two, false);
                rig.play(Track.INBOUND, said, 1);
            }
            rig.pipeline.direction(TapDirection.SPEAK, rig.now);
        }
        assertThat(rig.frames.stream().filter(frame -> frame.track() == Track.INBOUND)).hasSize(200);
        assertThat(rig.frames.stream().filter(frame -> frame.track() == Track.OUTBOUND).map(PipeRig.Frame::offsetMillis)).hasSize(100)
                .first().isEqualTo(1000L);
    }
}
