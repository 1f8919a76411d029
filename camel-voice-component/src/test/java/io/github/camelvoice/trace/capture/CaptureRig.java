package io.github.camelvoice.trace.capture;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.testkit.ManualTimers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A capture with a list for a log, a clock that is moved by hand, and the words of a call. */
final class CaptureRig {

    static final InetSocketAddress US = at("192.0.2.1", 5060);
    static final InetSocketAddress PEER = at("198.51.100.7", 5062);
    static final InetSocketAddress STRANGER = at("203.0.113.9", 6000);

    final ManualTimers time = new ManualTimers();
    final ListedLog log = new ListedLog();
    final Capture capture;

    CaptureRig() {
        this(Bounds.DEFAULT);
    }

    CaptureRig(Bounds bounds) {
        capture = new Capture(log, "acme", time, time, Runnable::run, new Ids("n1"), bounds);
        capture.start();
    }

    static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String request(String method, String callId, String toTag) {
        return method + " sip:bob@192.0.2.1:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.7:5062;branch=z9hG4bK1;rport\r\nMax-Forwards: 70\r\n"
                + "From: \"Alice <a;tag=x>\" <sip:alice@198.51.100.7>;tag=a1\r\nTo: <sip:bob@192.0.2.1>" + toTag + "\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:alice@198.51.100.7:5062>\r\nContent-Length: 0\r\n\r\n";
    }

    static String response(int code, String phrase, String method, String callId) {
        return "SIP/2.0 " + code + " " + phrase + "\r\nVia: SIP/2.0/UDP 198.51.100.7:5062;branch=z9hG4bK1;rport\r\n"
                + "From: <sip:alice@198.51.100.7>;tag=a1\r\nTo: <sip:bob@192.0.2.1>;tag=b1\r\nCall-ID: " + callId + "\r\nCSeq: 1 " + method
                + "\r\nContent-Length: 0\r\n\r\n";
    }

    void in(String text) {
        in(text, PEER);
    }

    void in(String text, InetSocketAddress from) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        capture.message("udp", false, from, US, bytes, bytes.length);
    }

    void out(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        capture.message("udp", true, US, PEER, bytes, bytes.length);
    }

    void inInvite(String callId) {
        in(request("INVITE", callId, ""));
        out(response(100, "Trying", "INVITE", callId));
    }

    void refusedWith(int code, String phrase, String callId) {
        out(response(code, phrase, "INVITE", callId));
        in(request("ACK", callId, ";tag=b1"));
    }

    CallSnapshot call(String id, String callId, EndCause cause) {
        return new CallSnapshot(id, callId, CallDirection.INBOUND, cause == null ? CallState.OFFERED : CallState.ENDING,
                new Party("sip:alice@198.51.100.7", "alice", "198.51.100.7", "Alice"), new Party("sip:bob@192.0.2.1", "bob", "192.0.2.1", ""),
                "sip:bob@192.0.2.1:5060", "udp", "198.51.100.7:5062", "alice", SipHeaders.none(), time.now(), null, null,
                cause == null ? null : time.now(), null, false, false, false, null, null, "default", cause);
    }

    void opened(String id, String callId) {
        capture.opened(call(id, callId, null));
    }

    void ended(String id, String callId) {
        capture.ended(call(id, callId, new EndCause(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, 0, "hung up", "")), MediaFigures.Pair.NONE);
    }

    void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }
}
