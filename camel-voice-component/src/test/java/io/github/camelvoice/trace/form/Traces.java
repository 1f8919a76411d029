package io.github.camelvoice.trace.form;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Calls with messages, made by hand or at random. */
final class Traces {

    static final Instant START = Instant.parse("2026-11-21T10:00:00.000250Z");
    static final InetSocketAddress US = at("192.0.2.1", 5060);
    static final InetSocketAddress PHONE = at("192.0.2.77", 40_123);

    private Traces() {
    }

    static InetSocketAddress at(String ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static CallRecord record(CallDirection direction, EndCause cause, Duration ring, Duration talk) {
        Instant ringing = ring == null ? null : START;
        Instant answered = talk == null ? null : START.plus(ring == null ? Duration.ZERO : ring);
        Instant ended = cause == null ? null : START.plus(ring == null ? Duration.ZERO : ring).plus(talk == null ? Duration.ZERO : talk);
        return new CallRecord("c-1", "abc@host", "default", direction, "sip:alice@192.0.2.77", "sip:bob@192.0.2.1", "sip:bob@192.0.2.1", "udp",
                "192.0.2.77:40123", "", null, START, ringing, answered, ended, talk == null ? null : "PCMA", cause, MediaFigures.NONE,
                MediaFigures.NONE);
    }

    static CallRecord record() {
        return record(CallDirection.INBOUND, EndCause.of(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, "hung up by the far end"),
                Duration.ofSeconds(1), Duration.ofSeconds(42));
    }

    static SipInfo of(SipMessage... messages) {
        return new SipInfo(record(), List.of(messages), 0);
    }

    /** A message from them to us, or from us to them, so many milliseconds after the start. */
    static SipMessage message(boolean sent, long millis, String text) {
        return new SipMessage(START.plusMillis(millis), "udp", sent, sent ? US : PHONE, sent ? PHONE : US, bytes(text));
    }

    static SipMessage request(boolean sent, long millis, String method, String... headers) {
        return message(sent, millis, method + " sip:bob@192.0.2.1 SIP/2.0\r\n" + head(method, headers));
    }

    static SipMessage response(boolean sent, long millis, String status, String method, String... headers) {
        return message(sent, millis, "SIP/2.0 " + status + "\r\n" + head(method, headers));
    }

    private static String head(String method, String... headers) {
        return "Via: SIP/2.0/UDP 192.0.2.77:40123;branch=z9hG4bK-1\r\nFrom: <sip:alice@192.0.2.77>;tag=1\r\nTo: <sip:bob@192.0.2.1>\r\n"
                + "Call-ID: abc@host\r\nCSeq: 1 " + method + "\r\n" + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList())
                + "Content-Length: 0\r\n\r\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A well-formed message with a body of that many bytes. */
    static byte[] random(Random random, int body) {
        String[] methods = {"INVITE", "ACK", "BYE", "CANCEL", "INFO", "UPDATE", "NOTIFY"};
        String method = methods[random.nextInt(methods.length)];
        String first = random.nextBoolean() ? method + " sip:bob@192.0.2.1;x=" + random.nextInt(1000) + " SIP/2.0"
                : "SIP/2.0 " + (100 + random.nextInt(599)) + " Phrase " + random.nextInt(1000);
        StringBuilder text = new StringBuilder(first).append("\r\nVia: SIP/2.0/UDP 192.0.2.77:40123;branch=z9hG4bK-").append(random.nextLong())
                .append("\r\nFrom: \"Zo\u00eb\" <sip:alice@192.0.2.77>;tag=1\r\nTo: <sip:bob@192.0.2.1>\r\nCall-ID: abc@host\r\nCSeq: ")
                .append(1 + random.nextInt(9)).append(' ').append(method).append("\r\nMax-Forwards: 70\r\n");
        if (body > 0) {
            text.append("Content-Type: text/plain\r\n");
        }
        text.append("Content-Length: ").append(body).append("\r\n\r\n");
        for (int i = 0; i < body; i++) {
            text.append((char) (i % 78 == 76 ? '\r' : i % 78 == 77 ? '\n' : 'a' + random.nextInt(26)));
        }
        return bytes(text.toString());
    }

    /** A trace over several connections of all transports and both families, times rising by microseconds up to a second. */
    static SipInfo random(long seed, int messages) {
        Random random = new Random(seed);
        List<SipMessage> list = new ArrayList<>();
        Instant time = START;
        for (int i = 0; i < messages; i++) {
            boolean six = random.nextInt(3) == 0;
            InetSocketAddress us = at(six ? "2001:db8::1" : "192.0.2.1", 5060);
            InetSocketAddress peer = at(six ? "2001:db8::" + (2 + random.nextInt(2)) : "192.0.2." + (2 + random.nextInt(2)), 40_000);
            boolean sent = random.nextBoolean();
            String transport = new String[] {"udp", "tcp", "tls"}[random.nextInt(3)];
            InetSocketAddress ours = transport.equals("tls") ? new InetSocketAddress(us.getAddress(), 5071) : us;
            list.add(new SipMessage(time, transport, sent, sent ? ours : peer, sent ? peer : ours, random(random, random.nextInt(1200))));
            time = time.plusNanos(1000L * random.nextInt(random.nextBoolean() ? 3 : 1_000_000));
        }
        return new SipInfo(record(), list, 0);
    }
}
