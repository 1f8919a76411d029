package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.Locale;
import java.util.Set;

/** JAIN-SIP's parser, whatever it throws contained. Thread-safe: the parser keeps its state on the stack. */
final class SipParser implements ParseExceptionListener {

    static {
        JainLog.install();
    }

    /** Header fields that decide what happens to a message: malformed, they make the message bad. Others are left out. */
    private static final Set<String> DECISIVE = Set.of("via", "v", "from", "f", "to", "t", "call-id", "i", "cseq", "max-forwards",
            "contact", "m", "route", "record-route", "require", "proxy-require", "content-length", "l", "content-type", "c",
            "content-encoding", "e", "authorization", "proxy-authorization", "www-authenticate", "proxy-authenticate", "rack", "rseq",
            "session-expires", "x", "min-se", "replaces", "refer-to", "r", "event", "o", "subscription-state", "expires", "min-expires",
            "retry-after", "unsupported", "supported", "k");

    private final StringMsgParser parser = new StringMsgParser();

    /** @throws ParseException whatever is wrong; the message of the exception is for the log, never for the wire */
    SIPMessage parse(byte[] bytes) throws ParseException {
        SIPMessage message;
        try {
            message = parser.parseSIPMessage(bytes, true, false, this);
        } catch (RuntimeException | StackOverflowError failure) {
            throw new ParseException(failure.toString(), 0);
        }
        if (message == null) {
            throw new ParseException("empty", 0);
        }
        return message;
    }

    @Override
    public void handleException(ParseException failure, SIPMessage message, Class headerClass, String header, String raw)
            throws ParseException {
        int colon = header == null ? -1 : header.indexOf(':');
        if (colon < 0 || headerClass == RequestLine.class || headerClass == StatusLine.class
                || DECISIVE.contains(header.substring(0, colon).trim().toLowerCase(Locale.ROOT))) {
            throw failure;
        }
    }
}
