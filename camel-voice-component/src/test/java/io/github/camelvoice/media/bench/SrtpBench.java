package io.github.camelvoice.media.bench;

import io.github.camelvoice.media.srtp.CryptoSuite;
import io.github.camelvoice.media.srtp.MasterKey;
import io.github.camelvoice.media.srtp.SrtpIn;
import io.github.camelvoice.media.srtp.SrtpOut;
import io.github.camelvoice.media.srtp.SrtpWork;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;

/** CPU time that a packet of 172 bytes takes to be protected, and to be taken out of its protection. Without arguments; takes a few seconds. */
public final class SrtpBench {

    private static final int PACKETS = 200_000;
    private static final int ROUNDS = 8;

    private SrtpBench() {
    }

    public static void main(String[] args) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (CryptoSuite suite : CryptoSuite.values()) {
            long out = Long.MAX_VALUE;
            long both = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                out = Math.min(out, nanos(threads, suite, false));
                both = Math.min(both, nanos(threads, suite, true));
            }
            System.out.println(String.format(Locale.ROOT, "%s: protect %.2f us, unprotect %.2f us", suite, out / 1000.0 / PACKETS,
                    (both - out) / 1000.0 / PACKETS));
        }
    }

    private static long nanos(ThreadMXBean threads, CryptoSuite suite, boolean back) {
        MasterKey key = MasterKey.random(suite, new SecureRandom());
        SrtpOut out = new SrtpOut(key);
        SrtpIn in = new SrtpIn(key, null);
        SrtpWork work = new SrtpWork();
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < PACKETS; i++) {
            packet.clear().putShort(0, (short) 0x8000).putShort(2, (short) i).putInt(8, 5);
            packet.limit(out.protectRtp(packet, 0, 172, work));
            if (back && in.unprotectRtp(packet, work) != SrtpIn.Verdict.AUTHENTIC) {
                throw new IllegalStateException("packet " + i);
            }
        }
        return threads.getCurrentThreadCpuTime() - before;
    }
}
