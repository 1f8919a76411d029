package io.github.camelvoice.sip.digest;

import gov.nist.javax.sip.header.SIPHeader;
import java.util.List;

/** Credentials as they go out, a line a realm: JAIN-SIP's own header class knows MD5 only and one of a name. Immutable. */
final class DigestHeader extends SIPHeader {

    private static final long serialVersionUID = 1L;

    private final String lines;
    private final String value;

    DigestHeader(String name, List<String> values) {
        super(name);
        StringBuilder text = new StringBuilder();
        for (String each : values) {
            text.append(name).append(": ").append(each).append("\r\n");
        }
        this.lines = text.toString();
        this.value = String.join(", ", values);
    }

    @Override
    public StringBuilder encode(StringBuilder buffer) {
        return buffer.append(lines);
    }

    @Override
    protected StringBuilder encodeBody(StringBuilder buffer) {
        return buffer.append(value);
    }

    @Override
    public Object clone() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DigestHeader that && that.lines.equals(lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }
}
