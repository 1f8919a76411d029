package io.github.camelvoice.engine;

import io.github.camelvoice.media.MediaConfig;
import io.github.camelvoice.outbound.Outbound;
import io.github.camelvoice.sip.SipConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** From the settings of an engine to those of its rooms. */
final class RoomConfigs {

    private RoomConfigs() {
    }

    static SipConfig sip(EngineConfig config) {
        return new SipConfig(config.sipHost(), config.sipPort(), config.tlsPort(), config.tls(), config.tlsClientAuth(), config.tlsVerify(),
                config.externalAddress(), config.digestUsers(), config.requireAuth(), "voice", config.digestAlgorithms(), config.trustedSources(),
                config.maxInvitesPerSource(), config.pinSource(), config.userAgent(), config.sessionExpires(), config.minSe(), config.identity(), config.dnsServers());
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
