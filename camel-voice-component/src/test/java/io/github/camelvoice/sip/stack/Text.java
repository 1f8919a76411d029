package io.github.camelvoice.sip.stack;

import java.util.concurrent.atomic.AtomicInteger;

/** SIP requests as text. */
final class Text {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Text() {
    }

    /** A complete request with names of its own. {@code more}: further header lines. */
    static String request(String method, String uri, String transport, String sentBy, String... more) {
        int n = COUNT.incrementAndGet();
        return request(method, uri, transport, sentBy, "z9hG4bK-t" + n, "call" + n, 1, more);
    }

    static String request(String method, String uri, String transport, String sentBy, String branch, String callId, int cseq,
                          String... more) {
        StringBuilder text = new StringBuilder(method + ' ' + uri + " SIP/2.0\r\nVia: SIP/2.0/" + transport + ' ' + sentBy + ";branch="
                + branch + ";rport\r\nFrom: <sip:test@127.0.0.1>;tag=from1\r\nTo: <" + uri + ">\r\nCall-ID: " + callId + "\r\nCSeq: " + cseq
                + ' ' + method + "\r\nMax-Forwards: 70\r\n");
        if (method.equals("INVITE")) {
            text.append("Contact: <sip:test@").append(sentBy).append(">\r\n");
        }
        for (String line : more) {
            text.append(line).append("\r\n");
        }
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }
}
