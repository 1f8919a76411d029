package io.github.camelvoice.engine;

import io.github.camelvoice.account.Ha1;
import io.github.camelvoice.account.RegistrarOptions;
import io.github.camelvoice.account.UserSource;
import io.github.camelvoice.call.guard.GuardPolicy;
import io.github.camelvoice.document.cxml.CxmlOptions;
import io.github.camelvoice.notifier.NotifierOptions;
import io.github.camelvoice.recording.RecordingSettings;
import io.github.camelvoice.registration.RegistrationSettings;
import io.github.camelvoice.session.SessionSettings;
import io.github.camelvoice.sip.stack.DnsServers;
import io.github.camelvoice.speech.SpeechMaker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * All settings of an engine; immutable, made by {@link #builder()}. Every default binds loopback.
 *
 * @param nodeId          first part of each call id; letters and digits
 * @param sipHost         address to listen on for SIP and RTP, an IP literal
 * @param sipPort         UDP and TCP port, 0 for any free one (the same for both)
 * @param tlsPort         TLS port, 0 for any free one, -1 for none
 * @param tls             certificates and trust for TLS, null without TLS listening and for the platform's trust when calling out
 * @param tlsClientAuth   whether callers must show a certificate
 * @param tlsVerify       whether the certificates of those we call are verified, host name included
 * @param externalAddress address told in Contact, Via and SDP instead of the local one, null for none
 * @param rtpPortMin      lowest RTP port, even
 * @param rtpPortMax      highest RTP or RTCP port
 * @param symmetricRtp    send media to where the first consistent source within a second sends from, then locked
 * @param srtpInClear     whether SRTP is taken and offered over UDP and TCP too, where everybody on the way can read its keys
 * @param codecs          encoding names in order of preference
 * @param realm           of our challenges, and of the hashes of users
 * @param digestUsers     users of the settings, by hashes, for inbound calls; asked for when {@code requireAuth}
 * @param userSource      where other users come from, null for the archive's
 * @param requireAuth     whether callers are challenged (digest), unless their address is trusted
 * @param digestAlgorithms algorithms of our challenges in order of preference, out of SHA-512-256, SHA-256 and MD5 (RFC 8760); more than one stops
 *                        older phones, which take the first challenge only
 * @param trustedSources  IP addresses or CIDR networks that are not challenged
 * @param maxCalls        live calls in all, beyond: 503
 * @param maxInvitesPerSource  undecided inbound calls of one address, beyond: 503
 * @param pinSource       whether requests in a dialog must come from an address that the dialog named (sender of its INVITE, Contact, first
 *                        route), else 481; switch off for phones that change their address during calls
 * @param sessionExpires  seconds of RFC 4028 asked for and accepted, 0 to switch session timers off, else 90 or more
 * @param minSe           smallest interval we accept, 90 or more
 * @param deadMedia       time without RTP after which media counts as lost
 * @param hangupOnDeadMedia whether a call whose media is lost is ended
 * @param timeLimit       longest time of an answered inbound call
 * @param identity        user part of From where a placed call names none
 * @param recordingsDir   base folder of relative recording paths; nothing is written outside it
 * @param userAgent       value of User-Agent and Server headers, null (default) for none
 * @param project         project that all calls of this engine belong to; letters, digits, dots, hyphens, underscores
 * @param account         whose the calls are that nobody else has placed, null for the project
 * @param capture         whether calls and their SIP messages are written down
 * @param outboundAllow   hosts and networks that documents, callbacks and taps may go to, separated by commas, see
 *                        {@link io.github.camelvoice.outbound.TargetPolicy}; empty for public addresses only
 * @param sounds          what documents may play by name
 * @param signingKey      key that requests to applications are signed with, null to leave them unsigned
 * @param maxTaps         running taps of all calls, beyond: refused
 * @param speech          what speaks the texts of documents
 * @param recordings      how recordings that applications ask for are kept and reached
 * @param cxml            how documents in cXML are read, and which headers tell the called side of its call
 * @param subscriptions   how others are watched
 * @param domains         SIP domains whose users are ours, beside our own addresses
 * @param registrar       bounds of registrations; null: users cannot register here
 * @param guard           who may be called, how often, how many at a time, and for how long
 * @param notifier        how others are served that watch us
 * @param dnsServers      {@code address} or {@code address:port} of the name servers that are asked for SIP targets, empty for the system's
 * @param sessions        bounds of accounts at other servers, and of their calls
 * @param registrations   how our accounts at other servers are kept registered
 */
public record EngineConfig(String nodeId, String sipHost, int sipPort, int tlsPort, SSLContext tls, boolean tlsClientAuth,
                           boolean tlsVerify, String externalAddress, int rtpPortMin, int rtpPortMax, boolean symmetricRtp, boolean srtpInClear,
                           List<String> codecs, String realm, Map<String, Ha1> digestUsers, UserSource userSource, boolean requireAuth,
                           List<String> digestAlgorithms, List<String> trustedSources,
                           int maxCalls, int maxInvitesPerSource, boolean pinSource, int sessionExpires, int minSe, Duration deadMedia,
                           boolean hangupOnDeadMedia, Duration timeLimit, String identity, Path recordingsDir, String userAgent,
                           String project, String account, boolean capture, String outboundAllow, NamedSounds sounds, String signingKey,
                           int maxTaps, List<String> domains, RegistrarOptions registrar, GuardPolicy guard, SpeechMaker speech,
                           RecordingSettings recordings, CxmlOptions cxml, SubscriptionOptions subscriptions, NotifierOptions notifier,
                           List<String> dnsServers, SessionSettings sessions, RegistrationSettings registrations) {

    public EngineConfig {
        require(nodeId != null && nodeId.matches("[A-Za-z0-9]{1,32}"), "nodeId must be 1 to 32 letters and digits: " + nodeId);
        Objects.requireNonNull(sipHost, "sipHost");
        require(sipPort >= 0 && sipPort <= 65535, "sipPort must be 0 to 65535: " + sipPort);
        require(tlsPort >= -1 && tlsPort <= 65535, "tlsPort must be -1 to 65535: " + tlsPort);
        require(tlsPort < 0 || tls != null, "tlsPort needs certificates (sslContextParameters)");
        require(rtpPortMin >= 1024 && rtpPortMax <= 65535 && rtpPortMax > rtpPortMin,
                "RTP ports must be a range within 1024-65535: " + rtpPortMin + "-" + rtpPortMax);
        require(!codecs.isEmpty(), "codecs must name one at least");
        require(sessionExpires == 0 || sessionExpires >= 90, "sessionExpires must be 0 or 90 seconds or more: " + sessionExpires);
        require(minSe >= 90, "minSe must be 90 seconds or more: " + minSe);
        require(maxCalls > 0, "maxCalls must be 1 or more: " + maxCalls);
        Objects.requireNonNull(speech, "speech");
        Objects.requireNonNull(recordings, "recordings");
        require(maxTaps > 0, "maxTaps must be 1 or more: " + maxTaps);
        require(maxInvitesPerSource > 0, "maxInvitesPerSource must be 1 or more: " + maxInvitesPerSource);
        require(!requireAuth || !digestUsers.isEmpty() || !trustedSources.isEmpty() || registrar != null || userSource != null,
                "authentication is required but there are neither users nor trusted sources");
        require(realm != null && realm.matches("[A-Za-z0-9._@ -]{1,100}"), "realm must be 1 to 100 letters, digits, blanks and . _ @ -: " + realm);
        require(project != null && project.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
                "project must be 1 to 63 letters, digits, dots, hyphens or underscores: " + project);
        require(account == null || account.matches("[A-Za-z0-9._-]{1,64}"),
                "account must be 1 to 64 letters, digits, dots, hyphens or underscores: " + account);
        account = account == null ? project : account;
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(notifier, "notifier");
        Objects.requireNonNull(sessions, "sessions");
        Objects.requireNonNull(registrations, "registrations");
        Objects.requireNonNull(subscriptions, "subscriptions");
        codecs = List.copyOf(codecs);
        domains.forEach(domain -> require(domain.matches("[A-Za-z0-9.-]{1,253}"), "domains has a name that is none: " + domain));
        domains = domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
        require(!digestAlgorithms.isEmpty() && List.of("MD5", "SHA-256", "SHA-512-256").containsAll(digestAlgorithms),
                "digestAlgorithms must be out of MD5, SHA-256 and SHA-512-256: " + digestAlgorithms);
        digestUsers = Map.copyOf(digestUsers);
        digestAlgorithms = List.copyOf(digestAlgorithms);
        trustedSources = List.copyOf(trustedSources);
        dnsServers = List.copyOf(dnsServers);
        DnsServers.check(dnsServers);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public static EngineConfigBuilder builder() {
        return new EngineConfigBuilder();
    }

    /** Users are left out. */
    @Override
    public String toString() {
        return "EngineConfig[node " + nodeId + ", sip " + sipHost + ":" + sipPort + ", rtp " + rtpPortMin + "-" + rtpPortMax + "]";
    }
}
