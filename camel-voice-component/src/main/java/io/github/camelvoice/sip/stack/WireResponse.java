package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPResponse;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;

/**
 * A response that is encoded already. JAIN-SIP's server transaction would encode each response twice, once to send it and once to
 * keep it for repetitions; of the object itself it reads the identifying header fields alone.
 */
final class WireResponse extends SIPResponse {

    private static final long serialVersionUID = 1L;

    private final transient SIPResponse of;
    private final byte[] bytes;

    WireResponse(SIPResponse of, byte[] bytes) {
        this.of = of;
        this.bytes = bytes;
        setStatusLine(of.getStatusLine());
    }

    @Override
    public byte[] encodeAsBytes(String transport) {
        return bytes;
    }

    @Override
    public void checkHeaders() {
        // Made from the header fields of a request that was checked.
    }

    @Override
    public Via getTopmostVia() {
        return of.getTopmostVia();
    }

    @Override
    public FromHeader getFrom() {
        return of.getFrom();
    }

    @Override
    public String getFromTag() {
        return of.getFromTag();
    }

    @Override
    public ToHeader getTo() {
        return of.getTo();
    }

    @Override
    public String getToTag() {
        return of.getToTag();
    }

    @Override
    public CallIdHeader getCallId() {
        return of.getCallId();
    }

    @Override
    public CSeqHeader getCSeq() {
        return of.getCSeq();
    }

    @Override
    public Header getHeader(String name) {
        return of.getHeader(name);
    }

    @Override
    public ExpiresHeader getExpires() {
        return of.getExpires();
    }

    @Override
    public ContentType getContentTypeHeader() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
