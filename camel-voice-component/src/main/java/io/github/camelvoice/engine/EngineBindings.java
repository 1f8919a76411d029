package io.github.camelvoice.engine;

/**
 * Where the engine listens, and what it tells others.
 *
 * @param host       local address of SIP and RTP
 * @param sipPort    UDP and TCP port
 * @param tlsPort    TLS port, -1 for none
 * @param advertised {@code host:port} in Via, Contact and SDP
 */
public record EngineBindings(String host, int sipPort, int tlsPort, String advertised, int rtpPortMin, int rtpPortMax) {
}
