package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPResponse;

/**
 * A response that is encoded once. JAIN-SIP's server transaction encodes each response twice, once to send it and once to keep it
 * for repetitions, which is a fifth of its CPU; it needs little more than the identifying header fields of the object itself.
 */
final class WireResponse extends SIPResponse {

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    WireResponse(SIPResponse response, String transport) {
        this.bytes = response.encodeAsBytes(transport);
        setStatusLine(response.getStatusLine());
        setHeader(response.getViaHeaders());
        setFrom((From) response.getFrom());
        setTo((To) response.getTo());
        setCallId(response.getCallId());
        setCSeq(response.getCSeq());
        SIPHeader contact = (SIPHeader) response.getHeader("Contact");
        if (contact != null) {
            setHeader(response.getContactHeaders());
        }
    }

    @Override
    public byte[] encodeAsBytes(String transport) {
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
