package io.github.camelvoice.tap.socket;

import com.sun.management.ThreadMXBean;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.BotServer;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * What a frame costs on the tap's event loop, from {@code Sink.frame} to the kernel: CPU time and garbage of that thread, with a server that
 * reads on another one. To be run by hand; docs/tap-protocols.md has the figures.
 */
public final class FrameCost {

    private static final int FRAMES = 200_000;

    private FrameCost() {
    }

    public static void main(String[] args) throws Exception {
        for (int round = 0; round < 2; round++) {
            for (TapProtocol protocol : TapProtocol.values()) {
                if (protocol.isWebSocket()) {
                    measure(protocol, round == 1);
                }
            }
        }
        System.exit(0);
    }

    private static void measure(TapProtocol protocol, boolean tell) throws Exception {
        try (BotServer bot = protocol == TapProtocol.JAMBONZ ? BotServer.start("audio.jambonz.org") : BotServer.start();
             TapDriver tap = new TapDriver()) {
            bot.keep(false);
            tap.open(TapSpec.to(bot.url("/")).protocol(protocol).bufferMillis(10_000).build());
            while (tap.last() == null) {
                Thread.onSpinWait();
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = tap.on(() -> Thread.currentThread().getId());
            byte[] frame = new byte[tap.sink().shape().frameBytes()];
            long bytes = threads.getThreadAllocatedBytes(thread);
            long cpu = threads.getThreadCpuTime(thread);
            CountDownLatch done = new CountDownLatch(1);
            tap.run(() -> send(tap, frame, 0, done));
            done.await();
            double frames = FRAMES;
            if (tell) {
                System.out.printf(Locale.ROOT, "%-10s %4d bytes of audio: %5.0f ns CPU, %5.0f bytes of garbage a frame%n", protocol.word(),
                        frame.length, (threads.getThreadCpuTime(thread) - cpu) / frames, (threads.getThreadAllocatedBytes(thread) - bytes) / frames);
            }
        }
    }

    /** One at a time, each flushed by itself, as it is where a loop carries few taps. */
    private static void send(TapDriver tap, byte[] frame, int from, CountDownLatch done) {
        Sink sink = tap.sink();
        int sent = from;
        if (sink.waiting() == 0) {
            sink.frame(Track.INBOUND, frame, frame.length, sent * 20L, false);
            sent++;
        }
        int next = sent;
        if (sent == FRAMES) {
            done.countDown();
        } else if (sink.waiting() > 0) {
            tap.soon(() -> send(tap, frame, next, done));
        } else {
            tap.later(() -> send(tap, frame, next, done));
        }
    }
}
