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
import io.github.camelvoice.speech.SpeechMaker;
import io.github.camelvoice.tap.TapLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Starts from the defaults; every setter returns the builder. Units and ranges: see {@link EngineConfig}. */
public final class EngineConfigBuilder {
    private String nodeId = "n1";
    private String sipHost = "127.0.0.1";
    private int sipPort = 5060;
    private int tlsPort = -1;
    private SSLContext tls;
    private boolean tlsClientAuth;
    private boolean tlsVerify = true;
    private String externalAddress;
    private int rtpPortMin = 10000;
    private int rtpPortMax = 20000;
    private boolean symmetricRtp;
    private boolean srtpInClear;
    private List<String> codecs = List.of("PCMU", "PCMA", "G722");
    private String realm = "voice";
    private Map<String, String> digestUsers = Map.of();
    private UserSource userSource;
    private boolean requireAuth;
    private List<String> digestAlgorithms = List.of("MD5");
    private List<String> trustedSources = List.of();
    private List<String> dnsServers = List.of();
    private int maxCalls = 10_000;
    private int maxInvitesPerSource = 5_000;
    private boolean pinSource = true;
    private int sessionExpires = 1800;
    private int minSe = 90;
    private Duration deadMedia = Duration.ofSeconds(30);
    private boolean hangupOnDeadMedia = true;
    private Duration timeLimit = Duration.ofHours(4);
    private String identity = "voice";
    private Path recordingsDir = Path.of("data", "recordings");
    private String userAgent;
    private String project = "default";
    private String account;
    private boolean capture = true;
    private String outboundAllow = "";
    private NamedSounds sounds = NamedSounds.NONE;
    private String signingKey;
    private RecordingSettings recordings = RecordingSettings.DEFAULT;
    private SpeechMaker speech = SpeechMaker.ESPEAK_NG;
    private CxmlOptions cxml = CxmlOptions.STANDARD;
    private SubscriptionOptions subscriptions = SubscriptionOptions.STANDARD;
    private int maxTaps = TapLimits.DEFAULT.inAll();
    private List<String> domains = List.of();
    private RegistrarOptions registrar;
    private GuardPolicy guard = GuardPolicy.OPEN;
    private NotifierOptions notifier = NotifierOptions.DEFAULT;
    private RegistrationSettings registrations = RegistrationSettings.DEFAULT;
    private SessionSettings sessions = SessionSettings.DEFAULT;

    EngineConfigBuilder() {
    }

    public EngineConfigBuilder nodeId(String value) {
        nodeId = value;
        return this;
    }

    public EngineConfigBuilder sipHost(String value) {
        sipHost = value;
        return this;
    }

    public EngineConfigBuilder sipPort(int value) {
        sipPort = value;
        return this;
    }

    public EngineConfigBuilder tlsPort(int value) {
        tlsPort = value;
        return this;
    }

    public EngineConfigBuilder tls(SSLContext value) {
        tls = value;
        return this;
    }

    public EngineConfigBuilder tlsClientAuth(boolean value) {
        tlsClientAuth = value;
        return this;
    }

    public EngineConfigBuilder tlsVerify(boolean value) {
        tlsVerify = value;
        return this;
    }

    public EngineConfigBuilder externalAddress(String value) {
        externalAddress = value;
        return this;
    }

    public EngineConfigBuilder rtpPorts(int min, int max) {
        rtpPortMin = min;
        rtpPortMax = max;
        return this;
    }

    public EngineConfigBuilder symmetricRtp(boolean value) {
        symmetricRtp = value;
        return this;
    }

    public EngineConfigBuilder srtpInClear(boolean value) {
        srtpInClear = value;
        return this;
    }

    public EngineConfigBuilder codecs(List<String> value) {
        codecs = value;
        return this;
    }

    public EngineConfigBuilder realm(String value) {
        realm = value;
        return this;
    }

    /** @param value null for the users of the archive */
    public EngineConfigBuilder userSource(UserSource value) {
        userSource = value;
        return this;
    }

    /** @param value user to password: hashed when the settings are built */
    public EngineConfigBuilder digestUsers(Map<String, String> value) {
        digestUsers = value;
        return this;
    }

    public EngineConfigBuilder requireAuth(boolean value) {
        requireAuth = value;
        return this;
    }

    public EngineConfigBuilder digestAlgorithms(List<String> value) {
        digestAlgorithms = value;
        return this;
    }

    public EngineConfigBuilder dnsServers(List<String> value) {
        dnsServers = value;
        return this;
    }

    public EngineConfigBuilder trustedSources(List<String> value) {
        trustedSources = value;
        return this;
    }

    public EngineConfigBuilder maxCalls(int value) {
        maxCalls = value;
        return this;
    }

    public EngineConfigBuilder maxInvitesPerSource(int value) {
        maxInvitesPerSource = value;
        return this;
    }

    public EngineConfigBuilder pinSource(boolean value) {
        pinSource = value;
        return this;
    }

    public EngineConfigBuilder sessionExpires(int value) {
        sessionExpires = value;
        return this;
    }

    public EngineConfigBuilder minSe(int value) {
        minSe = value;
        return this;
    }

    public EngineConfigBuilder deadMedia(Duration value) {
        deadMedia = value;
        return this;
    }

    public EngineConfigBuilder hangupOnDeadMedia(boolean value) {
        hangupOnDeadMedia = value;
        return this;
    }

    public EngineConfigBuilder timeLimit(Duration value) {
        timeLimit = value;
        return this;
    }

    public EngineConfigBuilder identity(String value) {
        identity = value;
        return this;
    }

    public EngineConfigBuilder recordingsDir(Path value) {
        recordingsDir = value;
        return this;
    }

    public EngineConfigBuilder userAgent(String value) {
        userAgent = value;
        return this;
    }

    public EngineConfigBuilder project(String value) {
        project = value;
        return this;
    }

    /** @param value null for the project */
    public EngineConfigBuilder account(String value) {
        account = value;
        return this;
    }

    public EngineConfigBuilder capture(boolean value) {
        capture = value;
        return this;
    }

    public EngineConfigBuilder outboundAllow(String value) {
        outboundAllow = value == null ? "" : value;
        return this;
    }

    public EngineConfigBuilder sounds(NamedSounds value) {
        sounds = value == null ? NamedSounds.NONE : value;
        return this;
    }

    /** @param value null to leave requests to applications unsigned */
    public EngineConfigBuilder signingKey(String value) {
        signingKey = value;
        return this;
    }

    public EngineConfigBuilder recordings(RecordingSettings value) {
        recordings = value;
        return this;
    }

    public EngineConfigBuilder speech(SpeechMaker value) {
        speech = value;
        return this;
    }

    public EngineConfigBuilder cxml(CxmlOptions value) {
        cxml = value;
        return this;
    }

    public EngineConfigBuilder subscriptions(SubscriptionOptions value) {
        subscriptions = value;
        return this;
    }

    public EngineConfigBuilder maxTaps(int value) {
        maxTaps = value;
        return this;
    }

    public EngineConfigBuilder domains(List<String> value) {
        domains = value;
        return this;
    }

    public EngineConfigBuilder registrar(RegistrarOptions value) {
        registrar = value;
        return this;
    }

    public EngineConfigBuilder guard(GuardPolicy value) {
        guard = value;
        return this;
    }

    public EngineConfigBuilder notifier(NotifierOptions value) {
        notifier = value;
        return this;
    }

    public EngineConfigBuilder sessions(SessionSettings value) {
        sessions = value;
        return this;
    }

    public EngineConfigBuilder registrations(RegistrationSettings value) {
        registrations = value;
        return this;
    }

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public EngineConfig build() {
        Map<String, Ha1> users = new HashMap<>();
        digestUsers.forEach((user, password) -> users.put(user, Ha1.of(user, realm, password)));
        return new EngineConfig(nodeId, sipHost, sipPort, tlsPort, tls, tlsClientAuth, tlsVerify, externalAddress, rtpPortMin,
                rtpPortMax, symmetricRtp, srtpInClear, codecs, realm, users, userSource, requireAuth, digestAlgorithms, trustedSources, maxCalls, maxInvitesPerSource,
                pinSource, sessionExpires, minSe, deadMedia, hangupOnDeadMedia, timeLimit, identity, recordingsDir, userAgent, project,
                account, capture, outboundAllow, sounds, signingKey, maxTaps, domains, registrar, guard, speech, recordings, cxml, subscriptions,
                notifier, dnsServers, sessions, registrations);
    }
}
