package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Encodes the responses to one request. The header fields that they repeat (Via, From, Call-ID, CSeq) are the request's own
 * objects as a rule: those are put into text once. Safe for the thread of the reactor and one other: texts are made twice at worst.
 */
final class ResponseText {

    private static final String END = "Content-Length: 0\r\n\r\n";

    private final SIPRequest request;
    private final SIPHeader via;
    private final SIPHeader from;
    private final SIPHeader callId;
    private final SIPHeader cseq;
    private volatile String viaText;
    private volatile String fromText;
    private volatile String callIdText;
    private volatile String cseqText;

    ResponseText(SIPRequest request) {
        this.request = request;
        this.via = request.getViaHeaders();
        this.from = (SIPHeader) request.getFrom();
        this.callId = (SIPHeader) request.getCallId();
        this.cseq = (SIPHeader) request.getCSeq();
    }

    byte[] trying() {
        StringBuilder text = new StringBuilder(400).append("SIP/2.0 100 Trying\r\n");
        append(via, text);
        append(from, text);
        append((SIPHeader) request.getTo(), text);
        append(callId, text);
        append(cseq, text);
        return text.append(END).toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] encode(SIPResponse response) {
        StringBuilder text = new StringBuilder(800);
        response.getStatusLine().encode(text);
        for (Iterator<SIPHeader> all = response.getHeaders(); all.hasNext(); ) {
            SIPHeader header = all.next();
            if (!(header instanceof ContentLength)) {
                append(header, text);
            }
        }
        byte[] body = response.getRawContent();
        if (body == null || body.length == 0) {
            return text.append(END).toString().getBytes(StandardCharsets.UTF_8);
        }
        text.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] head = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    private void append(SIPHeader header, StringBuilder to) {
        if (header == via) {
            to.append(viaText == null ? viaText = text(header) : viaText);
        } else if (header == from) {
            to.append(fromText == null ? fromText = text(header) : fromText);
        } else if (header == callId) {
            to.append(callIdText == null ? callIdText = text(header) : callIdText);
        } else if (header == cseq) {
            to.append(cseqText == null ? cseqText = text(header) : cseqText);
        } else {
            header.encode(to);
        }
    }

    private static String text(SIPHeader header) {
        return header.encode(new StringBuilder(120)).toString();
    }
}
