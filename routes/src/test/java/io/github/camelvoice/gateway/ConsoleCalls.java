package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Calls for {@link ConsoleStage}, in the shape of the API. */
final class ConsoleCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String US = "192.0.2.1:5060";
    private static final String SDP = "\r\nv=0\r\no=- 1 1 IN IP4 192.0.2.20\r\ns=-\r\nc=IN IP4 192.0.2.20\r\nt=0 0\r\nm=audio 20000 RTP/AVP 0 8 101\r\n"
            + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n";

    private ConsoleCalls() {
    }

    static ObjectNode call(String id, String direction, String from, String to, Instant created) {
        ObjectNode call = JSON.createObjectNode().put("callId", id).put("sipCallId", id + "@192.0.2.20").put("project", "default")
                .put("direction", direction).put("from", from).put("to", to).put("calledUri", to).put("transport", "udp")
                .put("createdAt", created.toString());
        call.putArray("messages");
        return call.put("dropped", 0);
    }

    static ObjectNode over(ObjectNode call, int seconds, String cause, String by, int code, String phrase, String why) {
        Instant end = Instant.parse(call.get("createdAt").asText()).plusSeconds(seconds);
        return call.put("endedAt", end.toString()).put("cause", cause).put("endedBy", by).put("sipCode", code).put("phrase", phrase).put("why", why)
                .put("retryable", false);
    }

    static ObjectNode answered(ObjectNode call, int after) {
        Instant created = Instant.parse(call.get("createdAt").asText());
        return call.put("ringingAt", created.plusMillis(180).toString()).put("answeredAt", created.plusSeconds(after).toString()).put("codec", "PCMU");
    }

    static ObjectNode figures(ObjectNode call) {
        return call.put("receivedPackets", 12_345).put("receivedBytes", 1_975_200).put("receivedLost", 37).put("receivedDiscarded", 2)
                .put("receivedJitterMillis", 3.412).put("receivedMos", 4.187).put("sentPackets", 12_401).put("sentBytes", 1_984_160).put("sentLost", 511)
                .put("sentDiscarded", 0).put("sentJitterMillis", 11.2).put("sentMos", 3.42);
    }

    static void message(ObjectNode call, double offset, boolean sent, String line, String far, String headers, boolean again) {
        boolean response = line.startsWith("SIP/2.0 ");
        String shown = response ? line.substring(8) : line;
        ((ArrayNode) call.get("messages")).addObject().put("time", call.get("createdAt").asText()).put("offsetSeconds", offset).put("transport", "udp")
                .put("sent", sent).put("source", sent ? US : far).put("destination", sent ? far : US).put("method", shown.substring(0, shown.indexOf(' ')))
                .put("requestLine", shown).put("retransmission", again).put("data", line + "\r\nVia: SIP/2.0/UDP " + (response ? far : US)
                        + ";branch=z9hG4bK776asdhds\r\nFrom: <" + call.get("from").asText() + ">;tag=1928301774\r\nTo: <" + call.get("to").asText()
                        + ">\r\nCall-ID: " + call.get("sipCallId").asText() + "\r\n" + headers);
    }

    /** An inbound call that was challenged, answered and hung up. */
    static ObjectNode talk(String id, Instant created) {
        ObjectNode call = figures(over(answered(call(id, "inbound", "sip:alice@example.net", "sip:+4930123456@192.0.2.1", created), 4), 251, "normal",
                "remote", 200, "OK", "completed: the far end hung up after 4:07 min"));
        call.put("remoteAddress", "192.0.2.20:5062").put("authenticatedUser", "alice").put("peerCallId", "n1-peer");
        String far = "192.0.2.20:5062";
        message(call, 0, false, "INVITE sip:+4930123456@192.0.2.1 SIP/2.0", far, "CSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n" + SDP, false);
        message(call, 0.0012, true, "SIP/2.0 401 Unauthorized", far,
                "CSeq: 1 INVITE\r\nWWW-Authenticate: Digest realm=\"camel-voice\", nonce=\"4f2a\", algorithm=SHA-256, qop=\"auth\"\r\n\r\n", false);
        message(call, 0.004, false, "ACK sip:+4930123456@192.0.2.1 SIP/2.0", far, "CSeq: 1 ACK\r\n\r\n", false);
        message(call, 0.0051, false, "INVITE sip:+4930123456@192.0.2.1 SIP/2.0", far, "CSeq: 2 INVITE\r\nAuthorization: Digest username=\"alice\", "
                + "realm=\"camel-voice\", nonce=\"4f2a\", uri=\"sip:+4930123456@192.0.2.1\", response=\"********************************\", "
                + "algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"0a4f113b\"\r\nContent-Type: application/sdp\r\n" + SDP, false);
        message(call, 0.0064, true, "SIP/2.0 100 Trying", far, "CSeq: 2 INVITE\r\n\r\n", false);
        message(call, 0.1802, true, "SIP/2.0 180 Ringing", far, "CSeq: 2 INVITE\r\n\r\n", false);
        message(call, 4.0021, true, "SIP/2.0 200 OK", far, "CSeq: 2 INVITE\r\nContent-Type: application/sdp\r\n" + SDP, false);
        message(call, 4.5024, true, "SIP/2.0 200 OK", far, "CSeq: 2 INVITE\r\nContent-Type: application/sdp\r\n" + SDP, true);
        message(call, 4.5311, false, "ACK sip:+4930123456@192.0.2.1:5060 SIP/2.0", far, "CSeq: 2 ACK\r\n\r\n", false);
        message(call, 251.0021, false, "BYE sip:+4930123456@192.0.2.1:5060 SIP/2.0", far, "CSeq: 3 BYE\r\n\r\n", false);
        message(call, 251.0064, true, "SIP/2.0 200 OK", far, "CSeq: 3 BYE\r\n\r\n", false);
        return call;
    }

    /** A caller who hopes that somebody looks. */
    static ObjectNode hostile(String id, Instant created) {
        String evil = "sip:%3Cscript%3E@evil.example\"><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
        ObjectNode call = over(call(id, "inbound", evil, "javascript:document.title='owned'//@x", created), 1, "not_found", "local", 404,
                "<b onmouseover=alert(1)>", "not found: <script>document.title='owned'</script>");
        message(call, 0, false, "INVITE sip:<script>document.title='owned'</script>@192.0.2.1 SIP/2.0", "198.51.100.9:5060",
                "Subject: </pre><script>document.title='owned'</script><svg onload=document.title='owned'>\r\n\r\n", false);
        message(call, 0.001, true, "SIP/2.0 404 <img src=x onerror=document.title='owned'>", "198.51.100.9:5060", "\r\n", false);
        return call;
    }

    /** A day at the office, newest first. */
    static void fill(ConsoleStage stage) {
        Instant now = Instant.now();
        stage.calls.add(answered(call("n1-live1", "outbound", "sip:desk@192.0.2.1", "sip:bob@192.0.2.30", now.minusSeconds(75)), 6));
        stage.calls.add(call("n1-live2", "inbound", "sip:carol@example.org", "sip:+4930999@192.0.2.1", now.minusSeconds(80)).put("ringingAt",
                now.minusSeconds(79).toString()));
        stage.calls.add(talk("n1-talk", now.minusSeconds(600)));
        stage.calls.add(over(call("n1-busy", "outbound", "sip:desk@192.0.2.1", "sip:+49301234@gw.example.com", now.minusSeconds(1200)), 2, "busy",
                "remote", 486, "Busy Here", "busy: the far end answered 486"));
        stage.calls.add(over(call("n1-none", "outbound", "sip:desk@192.0.2.1", "sip:dave@192.0.2.31", now.minusSeconds(4000)), 30, "no_answer",
                "timeout", 408, "Request Timeout", "no answer: cancelled by us after 30 s"));
        stage.calls.add(over(call("n1-tls", "outbound", "sip:desk@192.0.2.1", "sip:erin@sips.example.com;transport=tls", now.minusSeconds(90_000)), 0,
                "transport", "transport", 503, "certificate not trusted", "certificate not trusted: CN=sips.example.com was not signed by a known authority")
                .put("transport", "tls"));
        stage.calls.add(over(call("n1-declined", "inbound", "tel:+15551234567", "sip:+4930123456@192.0.2.1", now.minusSeconds(100_000)), 9,
                "declined", "local", 603, "Decline", "declined: by us with 603"));
        stage.calls.add(hostile("n1-evil", now.minusSeconds(200_000)));
        for (int i = 0; i < 120; i++) {
            stage.calls.add(over(answered(call("n1-old" + i, i % 3 == 0 ? "outbound" : "inbound", "sip:caller" + i + "@example.net", "sip:queue@192.0.2.1",
                    now.minusSeconds(300_000 + 977L * i)), 3), 60 + 7 * i, "normal", "remote", 200, "OK", "completed: the far end hung up"));
        }
    }
}
