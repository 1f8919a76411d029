package io.github.camelvoice.sip.register;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.dialog.Addresses;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Service-Route of a response (RFC 3608). */
final class ServiceRoutes {

    /** More than any server asks for. */
    private static final int MOST = 10;

    private ServiceRoutes() {
    }

    /** Its SIP URIs in their order; none where one of them cannot be read, or there are too many. */
    static List<String> of(SIPResponse response) {
        List<String> routes = new ArrayList<>();
        if (response.getHeader("Service-Route") == null) {
            return routes;
        }
        for (Iterator<SIPHeader> all = response.getHeaders("Service-Route"); all.hasNext(); ) {
            String value = all.next().getHeaderValue().trim();
            int from = value.indexOf('<');
            int to = value.indexOf('>', from);
            try {
                routes.add(Addresses.sipUri(from >= 0 && to > from ? value.substring(from + 1, to) : value, "Service-Route").encode());
            } catch (IllegalArgumentException malformed) {
                return List.of();
            }
            if (routes.size() > MOST) {
                return List.of();
            }
        }
        return routes;
    }
}
