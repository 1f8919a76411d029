package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.header.SIPHeader;
import java.util.Objects;

/**
 * A header field that is only sent: its value is written as it stands, never parsed. Immutable, so that one object can serve
 * all messages. Several values make several lines.
 */
public final class RawHeader extends SIPHeader {

    private static final long serialVersionUID = 1L;

    private final String value;
    private final String text;

    public RawHeader(String name, String... values) {
        super(name);
        this.value = String.join(", ", values);
        StringBuilder lines = new StringBuilder();
        for (String each : values) {
            lines.append(name).append(": ").append(each).append("\r\n");
        }
        this.text = lines.toString();
    }

    @Override
    public StringBuilder encode(StringBuilder buffer) {
        return buffer.append(text);
    }

    @Override
    protected StringBuilder encodeBody(StringBuilder buffer) {
        return buffer.append(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawHeader that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** Shared instead of copied: it never changes. */
    @Override
    public Object clone() {
        return this;
    }
}
