package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.srtp.CryptoSuite;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Legs with SRTP: relayed to plain RTP and to other keys, tapped, attacked, re-keyed. */
class SrtpLegTest {

    private static final CryptoSuite SUITE = CryptoSuite.AES_CM_128_HMAC_SHA1_80;

    @TempDir
    Path folder;

    private static byte[] frame(int number) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) number);
        return payload;
    }

    private static String offer(RtpPeer peer, SrtpPeer srtp, String formats, String... attributes) {
        String[] lines = Arrays.copyOf(attributes, attributes.length + 1);
        lines[attributes.length] = srtp.line(1);
        return peer.sdp(formats, lines).replace("RTP/AVP", "RTP/SAVP");
    }

    private static MediaRig.Leg answered(MediaRig rig, RtpPeer peer, CryptoSuite suite) throws Exception {
        MediaRig.Leg leg = rig.open(MediaSecurity.OPTIONAL, "PCMU");
        SrtpPeer srtp = new SrtpPeer(suite);
        peer.towards(srtp.towards(leg.media().answer(offer(peer, srtp, "0 101", "rtpmap:101 telephone-event/8000"))));
        peer.srtp = srtp;
        return leg;
    }

    private static void settle(RtpPeer from, RtpPeer to) {
        await().until(() -> {
            from.send(0, frame(99));
            return !to.packets.isEmpty();
        });
        from.send(0, frame(98));
        await().until(() -> Arrays.equals(to.packets.get(to.packets.size() - 1).payload(), frame(98)));
        to.packets.clear();
    }

    private static boolean shows(List<byte[]> wire, byte[] text) {
        return wire.stream().anyMatch(packet -> java.util.Collections.indexOfSubList(boxed(packet), boxed(text)) >= 0);
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> list = new java.util.ArrayList<>(bytes.length);
        for (byte each : bytes) {
            list.add(each);
        }
        return list;
    }

    @ParameterizedTest
    @EnumSource
    void aBridgeOfSrtpAndPlainRtpPassesAudioAndKeysBothWays(CryptoSuite suite) throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = answered(rig, one, suite);
            MediaRig.Leg b = rig.open("PCMU");
            two.towards(b.media().answer(two.sdp("0 96", "rtpmap:96 telephone-event/8000")));
            assertThat(a.media().info().srtp()).isEqualTo(suite.name());
            assertThat(b.media().info().encrypted()).isFalse();
            a.media().bridge(b.media());
            settle(one, two);
            settle(two, one);
            for (int i = 0; i < 30; i++) {
                one.send(0, frame(i));
                two.send(0, frame(100 + i));
            }
            one.send(101, new byte[] {7, (byte) 0x8A, 3, 32});
            await().until(() -> two.packets.size() == 31 && one.packets.size() == 30);
            for (int i = 0; i < 30; i++) {
                assertThat(two.packets.get(i).payload()).isEqualTo(frame(i));
                assertThat(one.packets.get(i).payload()).isEqualTo(frame(100 + i));
            }
            assertThat(two.packets.get(30).payloadType()).isEqualTo(96);
            await().until(() -> a.told(MediaEvent.Dtmf.class).size() == 1);
            assertThat(shows(one.wire, Arrays.copyOf(frame(110), 16))).as("nothing plain on the secure side").isFalse();
            assertThat(shows(two.wire, Arrays.copyOf(frame(10), 16))).isTrue();
            assertThat(one.wire.get(one.wire.size() - 1)).hasSize(172 + suite.rtpTag());
        }
    }

    @Test
    void twoLegsWithTheirOwnKeysUnderstandEachOtherOnTwoAgents() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(2)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = answered(rig, one, SUITE);
            MediaRig.Leg b = answered(rig, two, CryptoSuite.AES_CM_128_HMAC_SHA1_32);
            a.media().bridge(b.media());
            settle(one, two);
            settle(two, one);
            one.send(0, frame(1));
            two.send(0, frame(2));
            await().until(() -> two.packets.size() == 1 && one.packets.size() == 1);
            assertThat(two.packets.get(0).payload()).isEqualTo(frame(1));
            assertThat(one.packets.get(0).payload()).isEqualTo(frame(2));
        }
    }

    @Test
    void tapsHearWhatWasSaid() throws Exception {
        record Heard(MediaTap.Track track, byte[] payload) {
        }
        List<Heard> heard = new CopyOnWriteArrayList<>();
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer()) {
            MediaRig.Leg a = answered(rig, one, SUITE);
            a.media().tap(new MediaTap() {
                @Override
                public void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long nanos) {
                    heard.add(new Heard(track, Arrays.copyOf(payload, length)));
                }

                @Override
                public void digit(char digit, int durationMillis) {
                    throw new AssertionError("told by the call");
                }

                @Override
                public void closed() {
                }
            });
            a.media().echo(true);
            await().until(() -> {
                one.send(0, frame(42));
                return heard.size() > 3;
            });
            assertThat(heard).extracting(Heard::track).contains(MediaTap.Track.INBOUND, MediaTap.Track.OUTBOUND);
            assertThat(heard).allSatisfy(packet -> assertThat(packet.payload()).isEqualTo(frame(42)));
        }
    }

    @Test
    void whatIsNotAuthenticOrCameBeforeIsDroppedAndCountedAndTheCallGoesOn() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = answered(rig, one, SUITE);
            MediaRig.Leg b = rig.open("PCMU");
            two.towards(b.media().answer(two.sdp("0")));
            a.media().bridge(b.media());
            settle(one, two);
            byte[] plain = ByteBuffer.allocate(172).put((byte) 0x80).put((byte) 0).putShort((short) one.sequence).putInt(1).putInt(one.ssrc).array();
            one.sendRaw(plain);
            byte[] good = one.srtp.protect(plain);
            byte[] bad = good.clone();
            bad[100] ^= 1;
            one.sendRaw(bad);
            one.sendRaw(Arrays.copyOf(good, 20));
            await().until(() -> rig.plane.packetsDiscarded(Discard.NOT_AUTHENTIC) == 3);
            one.sendRaw(good);
            one.sendRaw(good);
            await().until(() -> rig.plane.packetsDiscarded(Discard.REPLAYED) == 1 && two.packets.size() == 1);
            // a flood of forgeries from the right address costs a moment, not the call
            for (int i = 0; i < 3_000; i++) {
                one.sendRaw(bad);
            }
            two.packets.clear();
            one.sequence++;
            await().until(() -> {
                one.send(0, frame(5));
                return !two.packets.isEmpty();
            });
            assertThat(two.packets.get(0).payload()).isEqualTo(frame(5));
        }
    }

    @Test
    void onlyWhoHasTheKeyCanMoveWhereAudioGoes() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withSymmetricRtp(true).withLatchWindow(Duration.ofSeconds(5))); RtpPeer one = new RtpPeer();
                RtpPeer elsewhere = new RtpPeer(); RtpPeer thief = new RtpPeer()) {
            MediaRig.Leg leg = rig.open(MediaSecurity.OPTIONAL, "PCMU");
            SrtpPeer srtp = new SrtpPeer(SUITE);
            String answer = srtp.towards(leg.media().answer(offer(one, srtp, "0")));
            thief.towards(answer);
            elsewhere.towards(answer);
            elsewhere.srtp = srtp;
            for (int i = 0; i < 10; i++) {
                thief.send(0, frame(1));
            }
            await().until(() -> rig.plane.packetsDiscarded(Discard.NOT_AUTHENTIC) == 10);
            leg.media().play("p", Tones.tone(folder, 440, 100, 8000, 0));
            await().until(() -> {
                elsewhere.send(0, frame(2));
                return elsewhere.packets.size() > 3;
            });
            assertThat(thief.wire).isEmpty();
        }
    }

    @Test
    void reportsAreSecretToo() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withRtcpInterval(Duration.ofMillis(100))); RtpPeer peer = new RtpPeer();
                DatagramSocket rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            rtcp.setSoTimeout(10_000);
            MediaRig.Leg leg = rig.open(MediaSecurity.OPTIONAL, "PCMU");
            SrtpPeer srtp = new SrtpPeer(SUITE);
            srtp.towards(leg.media().answer(offer(peer, srtp, "0", "rtcp:" + rtcp.getLocalPort())));
            DatagramPacket in = new DatagramPacket(new byte[500], 500);
            rtcp.receive(in);
            byte[] report = srtp.unprotectReport(Arrays.copyOf(in.getData(), in.getLength()));
            assertThat(report).isNotNull();
            assertThat(report[1] & 0xFF).isEqualTo(201);
            byte[] theirs = ByteBuffer.allocate(8).put((byte) 0x80).put((byte) 201).putShort((short) 1).putInt(9).array();
            rtcp.send(new DatagramPacket(theirs, 8, InetAddress.getLoopbackAddress(), in.getPort()));
            await().until(() -> rig.plane.packetsDiscarded(Discard.NOT_AUTHENTIC) == 1);
            byte[] secret = srtp.protectReport(theirs);
            rtcp.send(new DatagramPacket(secret, secret.length, InetAddress.getLoopbackAddress(), in.getPort()));
            rtcp.send(new DatagramPacket(secret, secret.length, InetAddress.getLoopbackAddress(), in.getPort()));
            await().until(() -> rig.plane.packetsDiscarded(Discard.REPLAYED) == 1);
            assertThat(rig.plane.packetsDiscarded(Discard.RTCP_INVALID)).isZero();
        }
    }

    @Test
    void aNewKeyOfTheFarEndReplacesTheOldOneAndPlainRtpEndsIt() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer()) {
            MediaRig.Leg leg = answered(rig, one, SUITE);
            leg.media().echo(true);
            settle(one, one);
            SrtpPeer next = new SrtpPeer(SUITE);
            next.towards(leg.media().answer(offer(one, next, "0")));
            one.srtp = next;
            one.packets.clear();
            settle(one, one);
            // the same offer again, as a session timer makes it: nothing begins anew, what came is not taken twice
            next.towards(leg.media().answer(offer(one, next, "0")));
            settle(one, one);
            assertThat(leg.media().info().encrypted()).isTrue();
            leg.media().answer(one.sdp("0"));
            one.srtp = null;
            one.packets.clear();
            settle(one, one);
            assertThat(leg.media().info().encrypted()).isFalse();
        }
    }

    @Test
    void whatWePlayAndRecordIsProtectedAndPlain() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg a = rig.open(MediaSecurity.REQUIRED, "PCMU");
            MediaRig.Leg b = rig.open(MediaSecurity.OPTIONAL, "PCMU");
            MediaRig.connect(a, b);
            assertThat(a.media().info().srtp()).isEqualTo(b.media().info().srtp()).isEqualTo(SUITE.name());
            a.media().play("p", Tones.tone(folder, 440, 100, 8000, 0));
            await().until(() -> b.media().figures().received().packets() > 5);
            Path heard = folder.resolve("heard.wav");
            b.media().record("r", new io.github.camelvoice.call.spi.RecordTarget(heard, io.github.camelvoice.call.spi.RecordTarget.Layout.STEREO,
                    Duration.ofMillis(500)));
            await().until(() -> b.told(MediaEvent.RecordingEnded.class).size() == 1);
            assertThat(Tones.framesOf(Tones.channel(heard, 0), 8000, 440)).isGreaterThan(15);
            assertThat(b.media().figures().received().discarded()).isZero();
        }
    }
}
