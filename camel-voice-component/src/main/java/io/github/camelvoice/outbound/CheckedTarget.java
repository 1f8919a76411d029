package io.github.camelvoice.outbound;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A target that the policy allows, with the one address that was checked: whoever connects uses {@link #socketAddress} (or {@link #server}
 * with Vert.x) and never looks the name up again. The name is for the {@code Host} header, SNI and the verification of certificates.
 *
 * @param target  the URL
 * @param address the address that was checked
 */
public record CheckedTarget(Target target, InetAddress address) {

    /** The URL without user name and password, and without a fragment. */
    public URI uri() {
        return URI.create(target.toString());
    }

    public String scheme() {
        return target.scheme();
    }

    /** Lower case; an IPv6 address in brackets. */
    public String host() {
        return target.host();
    }

    public int port() {
        return target.port();
    }

    public String path() {
        return target.path();
    }

    /** Null for none. */
    public String query() {
        return target.query();
    }

    /** Whether the scheme is one over TLS. */
    public boolean isSecure() {
        return Schemes.isSecure(target.scheme());
    }

    /** Where to connect to. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, target.port());
    }

    /** Where to connect to, for {@code setServer} of Vert.x. */
    public SocketAddress server() {
        return SocketAddress.inetSocketAddress(target.port(), address.getHostAddress());
    }

    @Override
    public String toString() {
        return target + " at " + address.getHostAddress();
    }
}
