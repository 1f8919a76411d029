package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.media.rtp.Discard;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeTest {

    @TempDir
    Path folder;

    private static byte[] frame(int number) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) number);
        return payload;
    }

    /** Sends until the bridge stands, then forgets what came. */
    private static void settle(RtpPeer from, RtpPeer to) {
        await().until(() -> {
            from.send(0, frame(99));
            return !to.packets.isEmpty();
        });
        from.send(0, frame(98));
        await().until(() -> Arrays.equals(to.packets.get(to.packets.size() - 1).payload(), frame(98)));
        to.packets.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void packetsGoOnUnderOurOwnNumbersWithLossAndOrderKept(int agents) throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(agents)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU", "PCMA");
            MediaRig.Leg b = rig.open("PCMU", "PCMA");
            one.towards(a.media().answer(one.sdp("0 96", "rtpmap:96 telephone-event/8000")));
            two.towards(b.media().answer(two.sdp("0 101", "rtpmap:101 telephone-event/8000")));
            a.media().bridge(b.media());
            settle(one, two);
            settle(two, one);
            int sequence = one.sequence;
            long timestamp = one.timestamp;
            // two is lost, three and four change places, one comes twice
            for (int i : new int[] {0, 1, 1, 4, 3, 5}) {
                one.send(0, false, sequence + i & 0xFFFF, timestamp + 160L * i, frame(i));
            }
            one.send(96, true, sequence + 6 & 0xFFFF, timestamp + 960, new byte[] {5, 10, 0, (byte) 160});
            one.send(0, false, sequence + 7 & 0xFFFF, timestamp + 1120, frame(7));
            await().until(() -> two.packets.size() >= 7);
            List<RtpPeer.Packet> got = two.packets;
            int base = got.get(0).sequence();
            long time = got.get(0).timestamp();
            int[] numbers = {0, 1, 4, 3, 5, 6, 7};
            for (int i = 0; i < numbers.length; i++) {
                assertThat(got.get(i).sequence()).isEqualTo(base + numbers[i] & 0xFFFF);
                assertThat(got.get(i).timestamp()).isEqualTo(time + 160L * numbers[i] & 0xFFFFFFFFL);
                assertThat(got.get(i).ssrc()).isEqualTo(got.get(0).ssrc());
            }
            assertThat(got.get(5).payloadType()).isEqualTo(101);
            assertThat(got.get(5).marker()).isTrue();
            assertThat(got.get(5).payload()).containsExactly(5, 10, 0, (byte) 160);
            assertThat(got.get(6).payload()).isEqualTo(frame(7));
            assertThat(rig.plane.packetsDiscarded(Discard.DUPLICATE)).isEqualTo(1);
            // key presses are told on the way
            await().until(() -> a.told(MediaEvent.Dtmf.class).size() == 1);
            assertThat(a.told(MediaEvent.Dtmf.class).get(0).digit()).isEqualTo('5');
        }
    }

    @Test
    void aNewStreamOfTheFarEndContinuesOurs() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            one.towards(a.media().answer(one.sdp("0")));
            two.towards(b.media().answer(two.sdp("0")));
            a.media().bridge(b.media());
            settle(one, two);
            one.send(0, frame(1));
            one.ssrc = 777;
            one.sequence = 12;
            one.timestamp = 5;
            one.send(0, frame(2));
            one.send(0, frame(3));
            await().until(() -> two.packets.size() == 3);
            RtpPeer.Packet last = two.packets.get(0);
            RtpPeer.Packet first = two.packets.get(1);
            assertThat(first.ssrc()).isEqualTo(last.ssrc());
            assertThat(first.sequence()).isEqualTo(last.sequence() + 1 & 0xFFFF);
            assertThat(first.timestamp() - last.timestamp() & 0xFFFFFFFFL).isBetween(1L, 8000L);
            assertThat(two.packets.get(2).timestamp()).isEqualTo(first.timestamp() + 160 & 0xFFFFFFFFL);
        }
    }

    @Test
    void withTwoCodecsTheToneStaysTheTone() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg farA = rig.open("PCMU");
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg farB = rig.open("G722");
            MediaRig.Leg b = rig.open("G722");
            MediaRig.connect(farA, a);
            MediaRig.connect(farB, b);
            a.media().bridge(b.media());
            Path heardByB = folder.resolve("b.wav");
            Path heardByA = folder.resolve("a.wav");
            farA.media().play("p", Tones.tone(folder, 440, 200, 8000, 0));
            farB.media().play("p", Tones.tone(folder, 1000, 200, 16000, 0));
            await().until(() -> farA.media().figures().received().packets() > 5 && farB.media().figures().received().packets() > 5);
            farB.media().record("r", new RecordTarget(heardByB, RecordTarget.Layout.STEREO, java.time.Duration.ofMillis(600)));
            farA.media().record("r", new RecordTarget(heardByA, RecordTarget.Layout.STEREO, java.time.Duration.ofMillis(600)));
            await().until(() -> farA.told(MediaEvent.RecordingEnded.class).size() + farB.told(MediaEvent.RecordingEnded.class).size() == 2);
            assertThat(Tones.framesOf(Tones.channel(heardByB, 0), 16000, 440)).isGreaterThan(20);
            assertThat(Tones.framesOf(Tones.channel(heardByA, 0), 8000, 1000)).isGreaterThan(20);
        }
    }

    @Test
    void endsOfOneSideAndUnbridgingLeaveTheOtherAlive() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(2)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer();
                RtpPeer three = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            MediaRig.Leg c = rig.open("PCMU");
            one.towards(a.media().answer(one.sdp("0")));
            two.towards(b.media().answer(two.sdp("0")));
            three.towards(c.media().answer(three.sdp("0")));
            a.media().bridge(b.media());
            settle(one, two);
            b.media().close();
            a.media().unbridge();
            await().until(() -> rig.plane.portsInUse() == 2);
            one.send(0, frame(1));
            a.media().bridge(c.media());
            settle(one, three);
            settle(three, one);
            assertThat(two.packets).isEmpty();
            a.media().unbridge();
            a.media().echo(true);
            one.packets.clear();
            settle(one, one);
            assertThat(three.packets).isEmpty();
        }
    }

    @Test
    void whoHasNotAnsweredHearsNobodyYet() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            one.towards(a.media().answer(one.sdp("0")));
            two.towards(b.media().answer(two.sdp("0")));
            b.media().withhold(true);
            a.media().bridge(b.media());
            settle(two, one);
            for (int i = 0; i < 5; i++) {
                one.send(0, frame(7));
            }
            await().until(() -> a.media().figures().received().packets() == 5);
            assertThat(two.packets).isEmpty();
            b.media().withhold(false);
            settle(one, two);
        }
    }

    @Test
    void mutedSilenceGoesInPlaceOfThePeersAudio() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            one.towards(a.media().answer(one.sdp("0")));
            two.towards(b.media().answer(two.sdp("0")));
            a.media().bridge(b.media());
            settle(one, two);
            b.media().mute(true);
            await().until(() -> {
                one.send(0, frame(5));
                return two.packets.stream().anyMatch(p -> p.payload()[0] == (byte) 0xFF);
            });
            b.media().mute(false);
            await().until(() -> {
                one.send(0, frame(6));
                return two.packets.stream().anyMatch(p -> p.payload()[0] == 6);
            });
            for (int i = 1; i < two.packets.size(); i++) {
                assertThat(two.packets.get(i).sequence()).isEqualTo(two.packets.get(i - 1).sequence() + 1 & 0xFFFF);
            }
        }
    }
}
