package io.github.camelvoice.outbound;

import java.net.InetAddress;

/**
 * A URL that is well-formed, and nothing more: neither looked up nor allowed.
 *
 * @param scheme   lower case
 * @param host     lower case, an IPv6 address in brackets, without a final dot
 * @param port     1 to 65535, the scheme's own where the URL has none
 * @param path     as written, with its percent signs, at least {@code /}; empty for {@code rtp}
 * @param query    as written, null for none
 * @param userInfo {@code user:password} as written, null for none; a secret
 * @param literal  the address, where the host is one; null for a name
 */
public record Target(String scheme, String host, int port, String path, String query, String userInfo, InetAddress literal) {

    /** What stands in the request line: path and query. */
    public String requestUri() {
        return query == null ? path : path + "?" + query;
    }

    /** Host and, where it is not the scheme's own, port: the value of a {@code Host} header. */
    public String authority() {
        return port == Schemes.defaultPort(scheme) ? host : host + ":" + port;
    }

    /** Without user name and password. */
    @Override
    public String toString() {
        return scheme + "://" + authority() + requestUri();
    }
}
