package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.github.camelvoice.runtime.Ids;
import java.text.ParseException;

/** Answers that the stack gives by itself, without a transaction. */
final class Replies {

    static {
        JainLog.install();
    }

    private final Ids ids;
    private final String product;

    /** @param product value of Server, null for none */
    Replies(Ids ids, String product) {
        this.ids = ids;
        this.product = product;
    }

    /** A response with the usual reason phrase and a To tag. */
    SIPResponse reply(SIPRequest request, int code) {
        SIPResponse response = request.createResponse(code);
        try {
            To to = (To) response.getTo();
            if (to != null && !to.hasTag() && code > 100) {
                to.setTag(ids.token());
            }
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (product != null) {
            response.setHeader(header("Server", product));
        }
        return response;
    }

    SIPResponse reply(SIPRequest request, int code, String name, String value) {
        SIPResponse response = reply(request, code);
        response.setHeader(header(name, value));
        return response;
    }

    /** 200 to OPTIONS (RFC 3261, section 11.2). */
    SIPResponse capabilities(SIPRequest request, Repertoire repertoire) {
        SIPResponse response = reply(request, 200, "Allow", repertoire.allow());
        response.setHeader(header("Accept", "application/sdp"));
        response.setHeader(header("Supported", repertoire.supported()));
        return response;
    }

    String tag() {
        return ids.token();
    }

    static SIPHeader header(String name, String value) {
        try {
            return StringMsgParser.parseSIPHeader(name + ": " + value);
        } catch (ParseException bad) {
            throw new IllegalArgumentException("not a value of " + name, bad);
        }
    }
}
