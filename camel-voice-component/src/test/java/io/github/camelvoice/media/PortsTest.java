package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.runtime.EngineClock;
import java.io.File;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static int openFiles() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? -1 : names.length;
    }

    @Test
    void portsAreEvenWithinTheRangeAndNotInOrder() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                MediaRig.Leg leg = rig.open("PCMU");
                String offer = leg.media().offer();
                ports.add(Integer.parseInt(offer.lines().filter(l -> l.startsWith("m=")).findFirst().orElseThrow().split(" ")[1]));
            }
            assertThat(ports).allMatch(port -> port % 2 == 0 && port >= 20000 && port <= 59999).doesNotHaveDuplicates();
            assertThat(ports).isNotEqualTo(ports.stream().sorted().toList());
            assertThat(rig.plane.portsInUse()).isEqualTo(50);
            assertThat(rig.plane.legsOpen()).isEqualTo(50);
        }
    }

    @Test
    void exhaustionIsClearAndEndsWhenALegCloses() throws Exception {
        int base;
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            base = Math.min(65000, probe.getLocalPort() + 1 & ~1);
        }
        MediaConfig config = MediaConfig.of(InetAddress.getLoopbackAddress(), base, base + 3).withPortCoolDown(Duration.ofHours(1));
        try (RtpMediaPlane plane = new RtpMediaPlane(config, EngineClock.SYSTEM)) {
            var first = plane.open("c", MediaTerms.plain(List.of("PCMU")), Runnable::run, e -> { });
            plane.open("c", MediaTerms.plain(List.of("PCMU")), Runnable::run, e -> { });
            assertThatThrownBy(() -> plane.open("c", MediaTerms.plain(List.of("PCMU")), Runnable::run, e -> { })).isInstanceOfSatisfying(MediaException.class,
                    e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.PORTS_EXHAUSTED));
            first.close();
            await().until(() -> plane.portsInUse() == 1);
            // rests, but serves when nothing else is left
            await().ignoreExceptions().until(() -> plane.open("c", MediaTerms.plain(List.of("PCMU")), Runnable::run, e -> { }) != null);
        }
    }

    @Test
    void anUnknownCodecIsNamed() {
        try (MediaRig rig = new MediaRig()) {
            assertThatThrownBy(() -> rig.open("PCMU", "SPEEX")).isInstanceOf(MediaException.class).hasMessageContaining("SPEEX");
            assertThat(rig.plane.portsInUse()).isZero();
        }
    }

    @Test
    void aThousandLegsLeaveNothing() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        int filesBefore;
        try (MediaRig rig = new MediaRig(c -> c.withRtcpInterval(Duration.ofMillis(20))); RtpPeer peer = new RtpPeer()) {
            rig.open("PCMU").media().close();
            await().until(() -> rig.plane.portsInUse() == 0);
            filesBefore = openFiles();
            for (int round = 0; round < 20; round++) {
                List<MediaRig.Leg> legs = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    MediaRig.Leg leg = rig.open("PCMU");
                    legs.add(leg);
                    if (i % 5 != 0) {
                        leg.media().answer(peer.sdp("0"));
                    }
                    if (i % 5 == 2) {
                        leg.media().play("p", new PlaySource("endless", () -> InputStream.nullInputStream(), 0));
                    }
                    if (i % 5 == 3) {
                        leg.media().bridge(legs.get(i - 1).media());
                    }
                    if (i % 5 == 4) {
                        leg.media().echo(true);
                    }
                }
                legs.forEach(leg -> leg.media().close());
                legs.forEach(leg -> leg.media().close());
            }
            await().until(() -> rig.plane.portsInUse() == 0 && rig.plane.legsOpen() == 0);
            await().until(() -> openFiles() <= filesBefore + 2);
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> !before.contains(t) && t.getName().startsWith("voice-media")));
    }
}
