package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.SipHeaders;
import java.util.Objects;

/**
 * What the far end is asked to do by REFER (RFC 3515).
 *
 * @param target     SIP or SIPS URI of Refer-To
 * @param replaces   escaped into that URI, null for a blind transfer
 * @param referredBy SIP URI of Referred-By (RFC 3892), null for who we are in the dialog
 * @param username   user for digest challenges of this request, null: those of the leg
 * @param password   password for them
 * @param headers    extra headers
 * @param uriHeaders headers of the URI of Refer-To: for the INVITE to the target (RFC 3261, section 19.1.1)
 */
public record ReferRequest(String target, Replaces replaces, String referredBy, String username, String password, SipHeaders headers,
                           SipHeaders uriHeaders) {

    public ReferRequest {
        Objects.requireNonNull(target, "target");
        headers = headers == null ? SipHeaders.none() : headers;
        uriHeaders = uriHeaders == null ? SipHeaders.none() : uriHeaders;
    }

    public ReferRequest(String target, Replaces replaces, String referredBy, String username, String password, SipHeaders headers) {
        this(target, replaces, referredBy, username, password, headers, null);
    }

    @Override
    public String toString() {
        return "ReferRequest[" + target + "]";
    }
}
