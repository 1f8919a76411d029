package io.github.camelvoice.sip.stack;

import java.net.InetSocketAddress;

/**
 * A way to a peer: what one target of a name came to (RFC 3263), and what keep-alives keep open (RFC 5626).
 *
 * @param transport {@code udp}, {@code tcp} or {@code tls}
 * @param host      name that a TLS certificate must carry: the one that was asked for, not what SRV made of it (RFC 5922)
 */
public record Flow(String transport, InetSocketAddress address, String host) {

    /** Address and port, as people write them. */
    public String where() {
        return Addresses.forUri(Addresses.text(address.getAddress())) + ':' + address.getPort();
    }
}
