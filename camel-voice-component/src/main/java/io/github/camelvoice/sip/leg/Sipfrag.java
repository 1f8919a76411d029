package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.dialog.Messages;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The status line that a NOTIFY for a REFER carries (RFC 3420; RFC 3515, section 2.4.5). Of what comes, the first line alone is read.
 *
 * @param code   100 to 699
 * @param phrase without control characters, short
 */
record Sipfrag(int code, String phrase) {

    private static final Pattern STATUS = Pattern.compile("SIP/2\\.0[ \\t]+([1-6]\\d\\d)(?:[ \\t]+(.*))?", Pattern.CASE_INSENSITIVE);
    private static final int MAX_LINE = 512;
    private static final int MAX_PHRASE = 128;

    /** Null if the request has none that can be read. */
    static Sipfrag of(SIPRequest notify) {
        byte[] body = notify.getRawContent();
        if (body == null || body.length == 0 || !Messages.contentType(notify).equals("message/sipfrag")) {
            return null;
        }
        int end = 0;
        while (end < body.length && end < MAX_LINE && body[end] != '\r' && body[end] != '\n') {
            end++;
        }
        Matcher line = STATUS.matcher(new String(body, 0, end, StandardCharsets.UTF_8).trim());
        if (!line.matches()) {
            return null;
        }
        String phrase = line.group(2) == null ? "" : line.group(2).replaceAll("\\p{Cntrl}", "?").trim();
        return new Sipfrag(Integer.parseInt(line.group(1)), phrase.length() > MAX_PHRASE ? phrase.substring(0, MAX_PHRASE) : phrase);
    }

    boolean isFinal() {
        return code >= 200;
    }

    void putInto(SIPRequest notify) {
        ContentType type = new ContentType("message", "sipfrag");
        try {
            type.setParameter("version", "2.0");
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
        Messages.body(notify, type, "SIP/2.0 " + code + " " + phrase + "\r\n");
    }
}
