package io.github.camelvoice.media.bench;

import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.media.MediaConfig;
import io.github.camelvoice.media.RtpMediaPlane;
import io.github.camelvoice.runtime.EngineClock;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * What a leg costs: CPU of opening, answering and closing one at 1,000 a second, and live heap of legs that are bridged and idle.
 *
 * <p>{@code java -cp … LegBench}
 */
public final class LegBench {

    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 6000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n";

    private LegBench() {
    }

    private static double cpuMicros() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e3;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    public static void main(String[] args) throws Exception {
        MediaConfig config = MediaConfig.of(InetAddress.getLoopbackAddress(), 20000, 59999);
        try (RtpMediaPlane plane = new RtpMediaPlane(config, EngineClock.SYSTEM)) {
            for (int round = 0; round < 6; round++) {
                double cpu = cpuMicros();
                int calls = 5000;
                long next = System.nanoTime();
                ArrayList<MediaLeg> live = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                    live.add(leg(plane));
                    if (live.size() > 500) {
                        live.remove(0).close();
                    }
                    next += 1_000_000;
                    while (next - System.nanoTime() > 0) {
                        LockSupport.parkNanos(next - System.nanoTime());
                    }
                }
                live.forEach(MediaLeg::close);
                System.out.printf(Locale.ROOT, "open, answer, close: %.1f us a leg%n", (cpuMicros() - cpu) / calls);
            }
            while (plane.portsInUse() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            long before = heap();
            List<MediaLeg> legs = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                MediaLeg a = leg(plane);
                MediaLeg b = leg(plane);
                a.bridge(b);
                legs.add(a);
                legs.add(b);
            }
            LockSupport.parkNanos(1_000_000_000L);
            System.out.printf(Locale.ROOT, "live heap: %.1f kB a bridged pair of legs%n", (heap() - before) / 1e6);
            legs.forEach(MediaLeg::close);
        }
    }

    private static MediaLeg leg(RtpMediaPlane plane) throws Exception {
        MediaLeg leg = plane.open("bench", MediaTerms.plain(List.of("PCMU", "PCMA", "G722")), Runnable::run, event -> { });
        leg.answer(OFFER);
        return leg;
    }
}
