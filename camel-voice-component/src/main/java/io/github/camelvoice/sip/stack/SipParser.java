package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.Locale;
import java.util.Set;

/**
 * JAIN-SIP's parser with its choice of header parsers replaced ({@link HeaderFields}), and whatever it throws contained.
 * Thread-safe: the parser keeps its state on the stack.
 */
final class SipParser extends StringMsgParser implements ParseExceptionListener {

    static {
        JainLog.install();
    }

    /** Header fields that decide what happens to a message: malformed, they make the message bad. Others are left out. */
    private static final Set<String> DECISIVE = Set.of("via", "v", "from", "f", "to", "t", "call-id", "i", "cseq", "max-forwards",
            "contact", "m", "route", "record-route", "require", "proxy-require", "content-length", "l", "content-type", "c",
            "content-encoding", "e", "authorization", "proxy-authorization", "www-authenticate", "proxy-authenticate", "rack", "rseq",
            "session-expires", "x", "min-se", "replaces", "refer-to", "r", "event", "o", "subscription-state", "expires", "min-expires",
            "retry-after", "unsupported", "supported", "k");

    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");

    private final HeaderFields fields = new HeaderFields();

    /** @throws ParseException whatever is wrong; the message of the exception is for the log, never for the wire */
    SIPMessage parse(byte[] bytes) throws ParseException {
        SIPMessage message;
        try {
            message = parseSIPMessage(bytes, true, false, this);
        } catch (RuntimeException | StackOverflowError failure) {
            throw new ParseException(failure.toString(), 0);
        }
        if (message == null) {
            throw new ParseException("empty", 0);
        }
        return message;
    }

    /** One unfolded header line; the guard has seen to the colon. */
    @Override
    protected void processHeader(String line, SIPMessage message, ParseExceptionListener listener, byte[] raw) throws ParseException {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new ParseException("no header field", 0);
        }
        String name = line.substring(0, colon).trim();
        String lowerCase = name.toLowerCase(Locale.ROOT);
        try {
            SIPHeader header = fields.parse(name, lowerCase, line.substring(colon + 1).trim());
            if (header != null) {
                message.attachHeader(header, false);
            }
        } catch (ParseException | RuntimeException bad) {
            if (CREDENTIALS.contains(lowerCase)) {
                // Without what the parser has to say of the value: that goes to the log.
                throw new ParseException("malformed " + lowerCase, 0);
            }
            if (DECISIVE.contains(lowerCase) || !(bad instanceof ParseException)) {
                throw bad;
            }
        }
    }

    /** Start lines alone come here. */
    @Override
    @SuppressWarnings("rawtypes")
    public void handleException(ParseException failure, SIPMessage message, Class headerClass, String header, String raw)
            throws ParseException {
        if (headerClass == RequestLine.class || headerClass == StatusLine.class || header == null) {
            throw failure;
        }
    }
}
