package io.github.camelvoice.sip.stack;

/**
 * Where the stack listens, and what it tells others.
 *
 * @param host           local address
 * @param port           UDP and TCP port
 * @param tlsPort        TLS port, -1 for none
 * @param advertisedHost host of Via and Contact
 * @param advertisedPort port of Via and Contact for UDP and TCP
 */
public record Bindings(String host, int port, int tlsPort, String advertisedHost, int advertisedPort) {

    /** Port told in Via and Contact for a transport; TLS without a listening point tells no usable port (5061). */
    public int advertisedPort(String transport) {
        if (!"tls".equalsIgnoreCase(transport)) {
            return advertisedPort;
        }
        return tlsPort > 0 ? tlsPort : 5061;
    }
}
