package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPDuplicateHeaderException;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.Iterator;

/**
 * A request of ours with its Via in front, encoded once however often it is repeated. Shares the header objects of the one it is
 * made from, which stays as it is and can be sent again.
 */
final class WireRequest extends SIPRequest {

    private static final long serialVersionUID = 1L;

    private byte[] bytes;

    WireRequest(SIPRequest request, Via via) {
        setRequestLine(request.getRequestLine());
        setHeader(via);
        try {
            for (Iterator<SIPHeader> all = request.getHeaders(); all.hasNext(); ) {
                SIPHeader header = all.next();
                if (!(header instanceof ContentLength) && !header.getHeaderName().equals("Via")) {
                    attachHeader(header, true);
                }
            }
        } catch (SIPDuplicateHeaderException impossible) {
            throw new IllegalStateException(impossible);
        }
        byte[] body = request.getRawContent();
        if (body != null) {
            setMessageContent(body);
        }
    }

    @Override
    public byte[] encodeAsBytes(String transport) {
        if (bytes == null) {
            bytes = super.encodeAsBytes(transport);
        }
        return bytes;
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
