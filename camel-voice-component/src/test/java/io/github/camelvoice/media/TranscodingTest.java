package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.media.rtp.Discard;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two legs with two codecs: what the one says is what the other hears. */
class TranscodingTest {

    private static final double HERTZ = 1000;

    @TempDir
    Path folder;

    /** Two legs, bridged, and their far ends. */
    private static final class Pair implements AutoCloseable {
        final MediaRig rig = new MediaRig(c -> c.withAgents(1));
        final Talker one;
        final Talker two;

        Pair(String from, int fromMillis, String to, int toMillis) throws Exception {
            one = new Talker(from, fromMillis, HERTZ);
            two = new Talker(to, toMillis, HERTZ);
            MediaRig.Leg a = rig.open(from);
            MediaRig.Leg b = rig.open(to);
            one.join(a);
            two.join(b);
            a.media().bridge(b.media());
            await().until(() -> {
                one.say();
                return !two.peer.packets.isEmpty();
            });
        }

        /** Speaks for so long, a little faster than in truth. */
        void say(int millis) {
            for (int i = 0; i < millis / one.millis; i++) {
                one.say();
                rest();
            }
        }

        void rest() {
            LockSupport.parkNanos(one.millis * 400_000L);
        }

        List<RtpPeer.Packet> came(int atLeast) {
            await().until(() -> two.peer.packets.size() >= atLeast);
            return two.peer.packets;
        }

        @Override
        public void close() {
            one.close();
            two.close();
            rig.close();
        }
    }

    private static double level(short[] pcm, int from, int count, int rate) {
        Goertzel goertzel = new Goertzel(rate, HERTZ);
        goertzel.add(pcm, from, count);
        return goertzel.level();
    }

    private static void assertContinuous(List<RtpPeer.Packet> packets, int units) {
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).sequence()).isEqualTo(packets.get(i - 1).sequence() + 1 & 0xFFFF);
            assertThat(packets.get(i).timestamp()).isEqualTo(packets.get(i - 1).timestamp() + units & 0xFFFFFFFFL);
            assertThat(packets.get(i).marker()).isFalse();
        }
        assertThat(packets.get(0).marker()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PCMU,20,OPUS,20", "OPUS,20,PCMU,20", "PCMA,20,OPUS,20", "OPUS,20,PCMA,20", "G722,20,OPUS,20", "OPUS,20,G722,20",
        "PCMU,20,PCMA,20", "PCMA,20,PCMU,20", "PCMU,20,G722,20", "G722,20,PCMU,20", "PCMA,20,G722,20", "G722,20,PCMA,20",
        "PCMU,20,OPUS,60", "OPUS,60,PCMU,20", "PCMU,10,OPUS,40", "OPUS,10,PCMA,60", "G722,60,PCMU,10", "PCMU,30,OPUS,20"})
    void everyPairKeepsToneLevelAndTime(String from, int fromMillis, String to, int toMillis) throws Exception {
        try (Pair pair = new Pair(from, fromMillis, to, toMillis)) {
            pair.say(1200);
            List<RtpPeer.Packet> packets = pair.came(1200 / toMillis - 1);
            assertContinuous(packets, pair.two.units());
            short[] heard = pair.two.heard(packets);
            int rate = pair.two.codec.sampleRate();
            assertThat(heard.length).isEqualTo(packets.size() * rate / 1000 * toMillis);
            // the first 200 ms are for codecs to settle
            for (int at = rate / 5; at + rate / 50 <= heard.length; at += rate / 50) {
                assertThat(level(heard, at, rate / 50, rate)).as("at %d of %d", at, heard.length).isCloseTo(Talker.LEVEL, within(1.0));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMU,OPUS", "OPUS,PCMU", "G722,PCMA", "PCMA,G722"})
    void whatIsLostIsConcealed(String from, String to) throws Exception {
        try (Pair pair = new Pair(from, 20, to, 20)) {
            pair.say(300);
            for (int i = 0; i < 6; i++) {
                pair.one.lose();
                pair.say(120);
            }
            pair.one.lose();
            // of a tone, which is no voice, Opus keeps nothing beyond one frame
            if (!from.equals("OPUS")) {
                pair.one.lose();
            }
            pair.say(200);
            List<RtpPeer.Packet> packets = pair.came(66);
            assertContinuous(packets, pair.two.units());
            short[] heard = pair.two.heard(packets);
            int rate = pair.two.codec.sampleRate();
            double least = Talker.LEVEL - (from.equals("OPUS") ? 18 : 6);
            for (int at = rate / 5; at + rate / 50 <= heard.length; at += rate / 50) {
                assertThat(level(heard, at, rate / 50, rate)).as("at %d of %d", at, heard.length).isGreaterThan(least);
            }
        }
    }

    /** The source says nothing for a while, as with DTX: no packet is missing. */
    @ParameterizedTest
    @CsvSource({"PCMU,OPUS,20", "OPUS,PCMU,20", "OPUS,PCMU,60"})
    void aPauseStaysAPause(String from, String to, int toMillis) throws Exception {
        try (Pair pair = new Pair(from, 20, to, toMillis)) {
            pair.say(300);
            int before = pair.came(300 / toMillis - 1).size();
            long unitsBefore = pair.one.timestamp;
            pair.one.timestamp = pair.one.timestamp + pair.one.codec.clockRate() * 400L / 1000 & 0xFFFFFFFFL;
            pair.say(240);
            List<RtpPeer.Packet> packets = pair.came(before + 240 / toMillis);
            assertThat(unitsBefore).isNotEqualTo(pair.one.timestamp);
            List<RtpPeer.Packet> spurts = packets.stream().filter(RtpPeer.Packet::marker).toList();
            assertThat(spurts).hasSize(2);
            long apart = spurts.get(1).timestamp() - packets.get(0).timestamp() & 0xFFFFFFFFL;
            int at = packets.indexOf(spurts.get(1));
            long spoken = (long) at * pair.two.units();
            assertThat(apart - spoken).isBetween(pair.two.codec.clockRate() * (400L - toMillis) / 1000, pair.two.codec.clockRate() * 400L / 1000);
            for (int i = 1; i < packets.size(); i++) {
                assertThat(packets.get(i).sequence()).isEqualTo(packets.get(i - 1).sequence() + 1 & 0xFFFF);
            }
        }
    }

    @Test
    void whatComesTooLateIsLeftOut() throws Exception {
        try (Pair pair = new Pair("PCMU", 20, "OPUS", 20)) {
            pair.say(100);
            int sequence = pair.one.sequence;
            long timestamp = pair.one.timestamp;
            pair.one.lose();
            pair.one.say();
            pair.one.peer.send(0, false, sequence, timestamp, new byte[160]);
            pair.say(100);
            await().until(() -> pair.rig.plane.packetsDiscarded(Discard.LATE) == 1);
            assertContinuous(pair.came(11), pair.two.units());
        }
    }

    /** Another source, and one whose time goes back, are begun with: what they say is heard. */
    @Test
    void aNewSourceIsBegunWith() throws Exception {
        try (Pair pair = new Pair("OPUS", 20, "PCMU", 20)) {
            pair.say(200);
            int before = pair.came(10).size();
            pair.one.peer.ssrc = 4711;
            pair.one.timestamp = 77;
            pair.one.sequence = 3;
            pair.say(200);
            int after = pair.came(before + 10).size();
            pair.one.timestamp = 5;
            pair.say(200);
            List<RtpPeer.Packet> packets = pair.came(after + 10);
            for (int i = 1; i < packets.size(); i++) {
                assertThat(packets.get(i).sequence()).isEqualTo(packets.get(i - 1).sequence() + 1 & 0xFFFF);
                assertThat(packets.get(i).timestamp() - packets.get(i - 1).timestamp() & 0xFFFFFFFFL).isBetween(80L, 16_000L);
            }
        }
    }

    @Test
    void nonsenseInTheStreamHarmsNobody() throws Exception {
        try (Pair pair = new Pair("OPUS", 20, "PCMU", 20)) {
            pair.say(200);
            Random random = new Random(3);
            for (int i = 0; i < 100; i++) {
                byte[] nonsense = new byte[1 + random.nextInt(300)];
                random.nextBytes(nonsense);
                pair.one.peer.send(111, random.nextBoolean(), pair.one.sequence, pair.one.timestamp, nonsense);
                pair.one.sequence = pair.one.sequence + 1 & 0xFFFF;
                pair.one.timestamp = pair.one.timestamp + random.nextInt(960) & 0xFFFFFFFFL;
                pair.rest();
            }
            await().until(() -> pair.rig.plane.packetsDiscarded(Discard.UNDECODABLE) > 5);
            int before = pair.two.peer.packets.size();
            pair.say(400);
            List<RtpPeer.Packet> packets = pair.came(before + 18);
            short[] heard = pair.two.heard(packets.subList(packets.size() - 5, packets.size()));
            assertThat(level(heard, 0, 800, 8000)).isCloseTo(Talker.LEVEL, within(2.0));
        }
    }

    /** More audio than time has: no call does that. */
    @Test
    void audioFasterThanTimeIsAFlood() throws Exception {
        try (Pair pair = new Pair("OPUS", 60, "PCMU", 20)) {
            byte[] frame = pair.one.frame();
            for (int i = 0; i < 60; i++) {
                pair.one.say(frame);
            }
            await().until(() -> pair.rig.plane.packetsDiscarded(Discard.FLOOD) > 20);
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMU,OPUS,160,960", "OPUS,PCMU,960,160", "PCMU,PCMA,160,160"})
    void keysGoAcrossInTheClockOfTheOtherSide(String from, String to, int step, int heardStep) throws Exception {
        try (Pair pair = new Pair(from, 20, to, 20)) {
            pair.say(100);
            int before = pair.came(5).size();
            for (int i = 1; i <= 4; i++) {
                pair.one.event(7, i == 1, false, step * i);
            }
            for (int i = 0; i < 3; i++) {
                pair.one.event(7, false, true, step * 5);
            }
            pair.one.timestamp = pair.one.timestamp + step * 7 & 0xFFFFFFFFL;
            pair.say(60);
            await().until(() -> pair.two.peer.packets.stream().filter(p -> p.payloadType() == 101).count() == 7);
            List<RtpPeer.Packet> packets = pair.came(before + 7 + 3);
            List<RtpPeer.Packet> events = packets.stream().filter(p -> p.payloadType() == 101).toList();
            assertThat(events).extracting(p -> (p.payload()[2] & 0xFF) << 8 | p.payload()[3] & 0xFF)
                    .containsExactly(heardStep, 2 * heardStep, 3 * heardStep, 4 * heardStep, 5 * heardStep, 5 * heardStep, 5 * heardStep);
            assertThat(events).extracting(RtpPeer.Packet::timestamp).containsOnly(events.get(0).timestamp());
            assertThat(events.get(0).marker()).isTrue();
            RtpPeer.Packet last = packets.get(packets.indexOf(events.get(0)) - 1);
            assertThat(events.get(0).timestamp() - last.timestamp() & 0xFFFFFFFFL).isEqualTo(pair.two.units());
            RtpPeer.Packet next = packets.get(packets.indexOf(events.get(6)) + 1);
            assertThat(next.timestamp() - events.get(0).timestamp() & 0xFFFFFFFFL).isEqualTo(7L * heardStep);
            for (int i = 1; i < packets.size(); i++) {
                assertThat(packets.get(i).sequence()).isEqualTo(packets.get(i - 1).sequence() + 1 & 0xFFFF);
            }
        }
    }

    @Test
    void opusIsPlayedRecordedAndHeardInTheEcho() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg far = rig.open("OPUS");
            MediaRig.Leg near = rig.open("PCMA", "OPUS");
            MediaRig.connect(far, near);
            assertThat(near.media().info().codec()).isEqualTo("OPUS");
            near.media().play("p", Tones.tone(folder, 440, 200, 8000, 0));
            far.media().play("p", Tones.tone(folder, 1000, 200, 16_000, 0));
            await().until(() -> far.media().figures().received().packets() > 10);
            Path both = folder.resolve("both.wav");
            near.media().record("r", new RecordTarget(both, RecordTarget.Layout.STEREO, java.time.Duration.ofMillis(600)));
            near.media().sendDtmf("d", "7", 2000, 50);
            await().until(() -> !near.told(MediaEvent.RecordingEnded.class).isEmpty() && !far.told(MediaEvent.Dtmf.class).isEmpty());
            assertThat(Tones.rate(both)).isEqualTo(16_000);
            assertThat(Tones.framesOf(Tones.channel(both, 0), 16_000, 1000)).isGreaterThan(20);
            assertThat(far.told(MediaEvent.Dtmf.class)).containsExactly(new MediaEvent.Dtmf('7', 2000));
            assertThat(near.media().figures().received().mos()).isGreaterThan(4);
            assertThat(near.media().figures().received().jitterMillis()).isLessThan(30);
        }
    }

    @Test
    void g729IsPassedOnAsItIsAndNothingElse() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer(); RtpPeer three = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU", "G729");
            MediaRig.Leg b = rig.open("G729");
            MediaRig.Leg c = rig.open("PCMU");
            String answer = a.media().answer(one.sdp("18"));
            one.towards(answer);
            assertThat(answer).contains("a=fmtp:18 annexb=no");
            two.towards(b.media().answer(two.sdp("18", "rtpmap:18 G729/8000")));
            c.media().answer(three.sdp("0"));
            a.media().bridge(b.media());
            byte[] payload = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
            await().until(() -> {
                one.send(18, payload);
                return !two.packets.isEmpty();
            });
            assertThat(two.packets.get(0).payload()).isEqualTo(payload);
            a.media().play("p", Tones.tone(folder, 440, 100, 8000, 0));
            await().until(() -> a.told(MediaEvent.PlayEnded.class).size() == 1);
            assertThat(a.told(MediaEvent.PlayEnded.class).get(0).outcome()).isEqualTo(MediaEvent.Outcome.FAILED);
            assertThat(a.told(MediaEvent.PlayEnded.class).get(0).detail()).contains("G729", "no implementation");
            assertThatThrownBy(() -> a.media().record("r", new RecordTarget(folder.resolve("x.wav"), RecordTarget.Layout.MIXED, null)))
                    .isInstanceOf(MediaException.class).hasMessageContaining("G729");
            assertThatThrownBy(() -> c.media().bridge(a.media())).isInstanceOf(MediaException.class).hasMessageContaining("G729");
            assertThatThrownBy(() -> a.media().tap(null)).isInstanceOf(MediaException.class).hasMessageContaining("G729");
            assertThat(rig.plane.transcodes("g729")).isFalse();
            assertThat(rig.plane.transcodes("opus")).isTrue();
        }
    }
}
