package io.github.camelvoice.trace.capture;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.TraceLog;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What capture costs on the threads of the stack: CPU and garbage per message, of calls of seven messages with a log that throws all away, and of
 * messages that are no calls.
 *
 * <p>{@code java -cp … CaptureBench}
 */
public final class CaptureBench {

    private static final String SDP = "v=0\r\no=user1 53655765 2353687637 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 6000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n";
    private static final int CALLS = 400_000;
    private static final InetSocketAddress US = new InetSocketAddress("127.0.0.1", 5060);
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 5062);
    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private CaptureBench() {
    }

    public static void main(String[] args) {
        for (int round = 0; round < 6; round++) {
            calls();
            strays();
        }
    }

    private static Capture capture(ScheduledTimers timers) {
        Capture capture = new Capture(new NoLog(), "bench", EngineClock.SYSTEM, timers, Runnable::run, new Ids("n1"),
                new Bounds(8 << 20, 20_000, 1 << 20, 5_000, 256 << 10, 32 << 20, 500, 50, java.time.Duration.ofMillis(500)));
        capture.start();
        return capture;
    }

    private static void calls() {
        byte[][] messages = {
            message("INVITE sip:service@127.0.0.1:5060 SIP/2.0", "INVITE", SDP), message("SIP/2.0 100 Trying", "INVITE", ""),
            message("SIP/2.0 180 Ringing", "INVITE", ""), message("SIP/2.0 200 OK", "INVITE", SDP),
            message("ACK sip:service@127.0.0.1:5060 SIP/2.0", "ACK", ""), message("BYE sip:service@127.0.0.1:5060 SIP/2.0", "BYE", ""),
            message("SIP/2.0 200 OK", "BYE", ""),
        };
        int[] at = new int[messages.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = new String(messages[i], StandardCharsets.US_ASCII).indexOf("00000000-");
        }
        Party alice = new Party("sip:sipp@127.0.0.1:5062", "sipp", "127.0.0.1", "");
        Party bob = new Party("sip:service@127.0.0.1:5060", "service", "127.0.0.1", "");
        try (ScheduledTimers timers = new ScheduledTimers(); Capture capture = capture(timers)) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long cpu = THREADS.getCurrentThreadCpuTime();
            for (int call = 0; call < CALLS; call++) {
                String number = String.valueOf(10_000_000 + call);
                for (int i = 0; i < messages.length; i++) {
                    number.getBytes(0, 8, messages[i], at[i]);
                }
                String sipCallId = number + "-12345@127.0.0.1";
                CallSnapshot snapshot = new CallSnapshot(number, sipCallId, CallDirection.INBOUND, CallState.OFFERED, alice, bob, bob.uri(), "udp",
                        "127.0.0.1:5062", "", SipHeaders.none(), EngineClock.SYSTEM.now(), null, null, null, null, false, false, false, null, null, "default",
                        EndCause.of(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, ""));
                for (int i = 0; i < messages.length; i++) {
                    boolean sent = i > 0 && i < 4 || i == 6;
                    capture.message("udp", sent, sent ? US : PEER, sent ? PEER : US, messages[i], messages[i].length);
                    if (i == 1) {
                        capture.opened(snapshot);
                    } else if (i == 5) {
                        capture.ended(snapshot, MediaFigures.Pair.NONE);
                    }
                }
                capture.closed(number);
            }
            report("calls: all of capture", (long) CALLS * messages.length, cpu, bytes);
        }
    }

    private static void strays() {
        byte[] options = message("OPTIONS sip:service@127.0.0.1:5060 SIP/2.0", "OPTIONS", "");
        try (ScheduledTimers timers = new ScheduledTimers(); Capture capture = capture(timers)) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long cpu = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS * 7; i++) {
                capture.message("udp", false, PEER, US, options, options.length);
            }
            report("no calls", CALLS * 7L, cpu, bytes);
        }
    }

    private static void report(String what, long messages, long cpu, long bytes) {
        System.out.printf(Locale.ROOT, "%-22s %5d ns and %5d bytes a message%n", what, (THREADS.getCurrentThreadCpuTime() - cpu) / messages,
                (THREADS.getCurrentThreadAllocatedBytes() - bytes) / messages);
    }

    private static byte[] message(String start, String method, String body) {
        return (start + "\r\nVia: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK-53655-1-0;rport=5062;received=127.0.0.1\r\n"
                + "From: sipp <sip:sipp@127.0.0.1:5062>;tag=53655SIPpTag001\r\nTo: service <sip:service@127.0.0.1:5060>\r\n"
                + "Call-ID: 00000000-12345@127.0.0.1\r\nCSeq: 1 " + method + "\r\nContact: sip:sipp@127.0.0.1:5062\r\nMax-Forwards: 70\r\n"
                + "Subject: Performance Test\r\nContent-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes all and keeps nothing. */
    private static final class NoLog implements TraceLog {
        private final AtomicLong traces = new AtomicLong();
        private volatile LogEntry last;

        @Override
        public long nextTrace() {
            return traces.incrementAndGet();
        }

        @Override
        public boolean append(LogEntry entry) {
            last = entry;
            return last != null;
        }

        @Override
        public CompletionStage<Void> durable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> stored() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onStored(Runnable listener) {
            // Nothing is stored.
        }

        @Override
        public String trouble() {
            return null;
        }

        @Override
        public void close() {
            // Nothing was kept.
        }
    }
}
