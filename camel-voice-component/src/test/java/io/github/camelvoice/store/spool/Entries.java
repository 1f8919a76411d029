package io.github.camelvoice.store.spool;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.store.spool.SpoolOptions.Pace;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Entries for tests, and whether two are the same. */
final class Entries {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    private static final InetSocketAddress HERE = address("192.0.2.1", 5060);
    private static final InetSocketAddress THERE = address("2001:db8::2", 65535);

    private Entries() {
    }

    /** Options that make tests short. */
    static SpoolOptions quick(Path folder) {
        return quick(folder, Duration.ofSeconds(10));
    }

    /** @param slow how long the disk or the store may take */
    static SpoolOptions quick(Path folder, Duration slow) {
        Pace pace = new Pace(Duration.ofMillis(1), Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(200), slow,
                Duration.ofMinutes(10), Duration.ofMillis(700), 1_000, 1 << 20);
        return SpoolOptions.in(folder).withDisk(0, 1L << 33).withPace(pace);
    }

    static InetSocketAddress address(String ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static TraceEntry.Message message(long trace, String text) {
        return message(trace, text.getBytes(StandardCharsets.UTF_8));
    }

    static TraceEntry.Message message(long trace, byte[] data) {
        return new TraceEntry.Message(trace, new SipMessage(NOON.plusMillis(trace % 1000), "udp", trace % 2 == 0, HERE, THERE, data));
    }

    static TraceEntry.Opened opened(long trace) {
        return new TraceEntry.Opened(trace, call("n1-" + trace, null, null).childOf(parent(trace)));
    }

    static TraceEntry.Ended ended(long trace) {
        return new TraceEntry.Ended(trace, over("n1-" + trace).childOf(parent(trace)), 3);
    }

    /** Every second call was placed for another. */
    private static String parent(long trace) {
        return trace % 2 == 0 ? null : "n1-parent-" + trace;
    }

    static CallRecord over(String id) {
        return over(id, NOON);
    }

    static CallRecord over(String id, Instant createdAt) {
        return call(id, createdAt, createdAt.plusSeconds(9), EndCause.ofStatus(486, "Busy Here", EndCause.Origin.REMOTE, "Q.850;cause=17"));
    }

    static CallRecord call(String id, Instant endedAt, EndCause cause) {
        return call(id, NOON, endedAt, cause);
    }

    static CallRecord call(String id, Instant createdAt, Instant endedAt, EndCause cause) {
        return new CallRecord(id, id + "@example.com", "main", CallDirection.INBOUND, "sip:ann@example.com", "sip:b\u00f6b@example.com",
                "sip:\ud83d\ude00@example.com", "tls", "192.0.2.7:4711", "", null, createdAt, createdAt.plusNanos(1), null, endedAt, "PCMU", cause,
                new MediaFigures(1, 2, 3, 4, 5.5, 4.1), null);
    }

    /** A call: opened, four messages, ended, closed. */
    static List<TraceEntry> wholeCall(long trace) {
        List<TraceEntry> entries = new ArrayList<>();
        entries.add(message(trace, "INVITE sip:b@example.com SIP/2.0\r\nCall-ID: " + trace + "\r\n\r\n"));
        entries.add(opened(trace));
        entries.add(message(trace, "SIP/2.0 200 OK\r\nCall-ID: " + trace + "\r\n\r\n"));
        entries.add(message(trace, "BYE sip:b@example.com SIP/2.0\r\nCall-ID: " + trace + "\r\n\r\n"));
        entries.add(ended(trace));
        entries.add(message(trace, "SIP/2.0 200 OK\r\n\r\n"));
        entries.add(new TraceEntry.Closed(trace));
        return entries;
    }

    /** Entries of every kind and size. */
    static List<TraceEntry> random(Random random, int count) {
        List<TraceEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(switch (random.nextInt(5)) {
                case 0 -> opened(i);
                case 1 -> ended(i);
                case 2 -> new TraceEntry.Closed(i);
                default -> {
                    byte[] data = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 300)];
                    random.nextBytes(data);
                    yield message(i, data);
                }
            });
        }
        return entries;
    }

    static boolean same(TraceEntry one, TraceEntry other) {
        if (one instanceof TraceEntry.Message a && other instanceof TraceEntry.Message b) {
            SipMessage m = a.message();
            SipMessage n = b.message();
            return a.trace() == b.trace() && m.time().equals(n.time()) && m.transport().equals(n.transport()) && m.sent() == n.sent()
                && m.source().equals(n.source()) && m.destination().equals(n.destination()) && Arrays.equals(m.data(), n.data());
        }
        return one.equals(other);
    }

    /** What makes an entry equal to another, with the bytes of a message as text. */
    static List<String> texts(List<TraceEntry> entries) {
        return entries.stream().map(Entries::text).toList();
    }

    static String text(TraceEntry entry) {
        if (entry instanceof TraceEntry.Message message) {
            SipMessage sip = message.message();
            return message.trace() + " " + sip.time() + " " + sip.transport() + " " + sip.sent() + " " + sip.source() + " " + sip.destination()
                    + " " + new String(sip.data(), StandardCharsets.ISO_8859_1);
        }
        return entry.toString();
    }
}
