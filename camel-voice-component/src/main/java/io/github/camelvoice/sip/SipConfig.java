package io.github.camelvoice.sip;

import io.github.camelvoice.sip.digest.DigestUsers;
import io.github.camelvoice.sip.stack.DnsServers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Settings of the sip room; immutable. {@code EngineConfig} maps on it.
 *
 * @param host            address to listen on, an IP literal
 * @param port            UDP and TCP port, 0 for any free one (the same for both)
 * @param tlsPort         TLS port, 0 for any free one, -1 for none
 * @param tls             certificates and trust, null without TLS listening and for the platform's trust when calling out
 * @param tlsClientAuth   whether callers must show a certificate
 * @param tlsVerify       whether certificates of those we call are verified, host name included
 * @param externalAddress address told in Via and Contact instead of {@code host}, {@code host} or {@code host:port}; null for none
 * @param users           who may authenticate, by hashes for this realm
 * @param requireAuth     whether requests are challenged unless their source is trusted
 * @param realm           realm of our challenges
 * @param digestAlgorithms what our challenges offer, the preferred one first: {@code MD5}, {@code SHA-256}, {@code SHA-512-256}. MD5
 *                        alone by default: some peers (SIPp 3.6 was tried) give up on a challenge that they do not know instead of
 *                        taking the next one
 * @param trustedSources  IP addresses or CIDR networks that are not challenged
 * @param maxInvitesPerSource undecided inbound INVITEs of one address, beyond: 503 with Retry-After
 * @param pinSource       whether requests in a dialog must come from an address that the dialog named, else 481
 * @param userAgent       value of User-Agent and Server, null for none
 * @param sessionExpires  seconds of RFC 4028, 0 for no session timer
 * @param minSe           smallest session interval accepted, seconds
 * @param identity        user part of From and Contact where a call names none
 * @param dnsServers      {@code address} or {@code address:port} of the name servers that are asked, empty for the system's
 */
public record SipConfig(String host, int port, int tlsPort, SSLContext tls, boolean tlsClientAuth, boolean tlsVerify,
                        String externalAddress, DigestUsers users, boolean requireAuth, String realm,
                        List<String> digestAlgorithms, List<String> trustedSources, int maxInvitesPerSource, boolean pinSource,
                        String userAgent, int sessionExpires, int minSe,
                        String identity, List<String> dnsServers) {

    public SipConfig {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(realm, "realm");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(users, "users");
        digestAlgorithms = List.copyOf(digestAlgorithms);
        trustedSources = List.copyOf(trustedSources);
        dnsServers = List.copyOf(dnsServers);
        DnsServers.check(dnsServers);
        if (tlsPort >= 0 && tls == null) {
            throw new IllegalArgumentException("tlsPort needs certificates (sslContextParameters)");
        }
    }

    /** With MD5 challenges. */
    public SipConfig(String host, int port, int tlsPort, SSLContext tls, boolean tlsClientAuth, boolean tlsVerify,
                     String externalAddress, DigestUsers users, boolean requireAuth, String realm, List<String> trustedSources,
                     int maxInvitesPerSource, boolean pinSource,
                        String userAgent, int sessionExpires, int minSe, String identity) {
        this(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, users, requireAuth, realm, List.of("MD5"), trustedSources,
                maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, List.of());
    }

    /** Loopback, free UDP and TCP port, no TLS, no authentication. */
    public static SipConfig loopback() {
        return new SipConfig("127.0.0.1", 0, -1, null, false, true, null, DigestUsers.NONE, false, "voice", List.of(), 5000, true, null, 1800, 90,
                "voice");
    }

    public SipConfig withTls(int port, SSLContext context, boolean clientAuth, boolean verify) {
        return new SipConfig(host, this.port, port, context, clientAuth, verify, externalAddress, users, requireAuth, realm, digestAlgorithms,
                trustedSources, maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, dnsServers);
    }

    public SipConfig withUsers(Map<String, String> passwords) {
        return new SipConfig(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, DigestUsers.of(passwords, realm), true, realm,
                digestAlgorithms, trustedSources, maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, dnsServers);
    }

    public SipConfig withPort(int sipPort) {
        return new SipConfig(host, sipPort, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, users, requireAuth, realm, digestAlgorithms,
                trustedSources, maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, dnsServers);
    }

    public SipConfig withExternalAddress(String address) {
        return new SipConfig(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, address, users, requireAuth, realm, digestAlgorithms,
                trustedSources, maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, dnsServers);
    }

    public SipConfig withTrustedSources(List<String> networks) {
        return new SipConfig(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, users, requireAuth, realm, digestAlgorithms,
                networks, maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, dnsServers);
    }

    public SipConfig withDigestAlgorithms(List<String> algorithms) {
        return new SipConfig(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, users, requireAuth, realm, algorithms,
                trustedSources, maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, dnsServers);
    }

    public SipConfig withMaxInvitesPerSource(int max) {
        return new SipConfig(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, users, requireAuth, realm, digestAlgorithms,
                trustedSources, max, pinSource, userAgent, sessionExpires, minSe, identity, dnsServers);
    }

    public SipConfig withSessionTimer(int expires, int smallest) {
        return new SipConfig(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, users, requireAuth, realm, digestAlgorithms,
                trustedSources, maxInvitesPerSource, pinSource, userAgent, expires, smallest, identity, dnsServers);
    }

    public SipConfig withDnsServers(List<String> servers) {
        return new SipConfig(host, port, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, users, requireAuth, realm, digestAlgorithms,
                trustedSources, maxInvitesPerSource, pinSource, userAgent, sessionExpires, minSe, identity, servers);
    }

    /** Users are left out. */
    @Override
    public String toString() {
        return "SipConfig[" + host + ":" + port + "]";
    }
}
