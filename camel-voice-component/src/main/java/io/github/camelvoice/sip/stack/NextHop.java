package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.Locale;

/**
 * Where a request goes, in the words of its URIs.
 *
 * @param transport     {@code udp}, {@code tcp} or {@code tls}
 * @param named         whether the URI names the transport (or is SIPS): NAPTR is not asked then
 * @param host          name or IP literal without brackets
 * @param port          0 if none is named
 */
public record NextHop(String transport, boolean named, String host, int port) {

    /**
     * From the first Route, else from the Request-URI (RFC 3261, section 8.1.2).
     *
     * @throws IllegalArgumentException naming what cannot be sent to
     */
    public static NextHop of(SIPRequest request) {
        RouteList routes = request.getRouteHeaders();
        Object uri = routes == null || routes.isEmpty() ? request.getRequestURI()
                : ((Route) routes.getFirst()).getAddress().getURI();
        if (!(uri instanceof SipUri sip)) {
            throw new IllegalArgumentException("cannot send to " + uri + ": no SIP URI");
        }
        return of(sip);
    }

    static NextHop of(SipUri uri) {
        String transport = uri.getTransportParam();
        boolean named = transport != null || uri.isSecure();
        String name = transport == null ? "udp" : transport.toLowerCase(Locale.ROOT);
        if (uri.isSecure()) {
            name = "tls";
        }
        if (!name.equals("udp") && !name.equals("tcp") && !name.equals("tls")) {
            throw new IllegalArgumentException("transport " + transport + " is not supported");
        }
        String host = uri.getHost() == null ? "" : Addresses.bare(uri.getHost());
        if (!Addresses.isLiteral(host) && !Addresses.isHostName(host)) {
            throw new IllegalArgumentException("cannot send to " + uri + ": no host");
        }
        int port = uri.getPort();
        if (port > 65535) {
            throw new IllegalArgumentException("cannot send to port " + port);
        }
        return new NextHop(name, named, host, Math.max(port, 0));
    }

    boolean isLiteral() {
        return Addresses.isLiteral(host);
    }

    int portOrDefault() {
        return port > 0 ? port : defaultPort(transport);
    }

    static int defaultPort(String transport) {
        return transport.equals("tls") ? 5061 : 5060;
    }

    /** {@code transport:host:port}, what credentials are keyed by. */
    @Override
    public String toString() {
        return transport + ":" + host.toLowerCase(Locale.ROOT) + ":" + portOrDefault();
    }
}
