package io.github.camelvoice.engine;

import io.github.camelvoice.account.Ha1;
import io.github.camelvoice.account.Users;
import io.github.camelvoice.media.MediaConfig;
import io.github.camelvoice.outbound.Outbound;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.sip.digest.DigestUsers;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** From the settings of an engine to those of its rooms. */
final class RoomConfigs {

    private RoomConfigs() {
    }

    static SipConfig sip(EngineConfig config, Users users) {
        DigestUsers hashes = new DigestUsers() {
            @Override
            public String ha1(String user, String algorithm) {
                Ha1 found = users.find(user);
                return found == null ? null : found.of(algorithm);
            }

            @Override
            public boolean any() {
                return users.any();
            }
        };
        return new SipConfig(config.sipHost(), config.sipPort(), config.tlsPort(), config.tls(), config.tlsClientAuth(), config.tlsVerify(),
                config.externalAddress(), hashes, config.requireAuth(), config.realm(), config.digestAlgorithms(), config.trustedSources(),
                config.maxInvitesPerSource(), config.pinSource(), config.userAgent(), config.sessionExpires(), config.minSe(), config.identity(),
                config.dnsServers());
    }

    static MediaConfig media(EngineConfig config) {
        MediaConfig media = MediaConfig.of(localAddress(config), config.rtpPortMin(), config.rtpPortMax())
                .withSymmetricRtp(config.symmetricRtp()).withDeadMedia(config.deadMedia());
        InetAddress external = externalAddress(config);
        return external == null ? media : media.withAdvertisedAddress(external);
    }

    static InetAddress localAddress(EngineConfig config) {
        return address(config.sipHost(), "sipHost");
    }

    /** The host of {@code host} or {@code host:port}, null without; SDP needs an address, so a name is looked up here. */
    static InetAddress externalAddress(EngineConfig config) {
        String external = config.externalAddress();
        if (external == null) {
            return null;
        }
        int colon = external.lastIndexOf(':');
        boolean port = colon > 0 && external.indexOf(':') == colon;
        return address(port ? external.substring(0, colon) : external, "externalAddress");
    }

    private static InetAddress address(String text, String setting) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(setting + " is not an address: " + text, unknown);
        }
    }

    static Outbound outbound(EngineConfig config) {
        try {
            return new Outbound(config.outboundAllow());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("outboundAllow: " + wrong.getMessage(), wrong);
        }
    }
}
