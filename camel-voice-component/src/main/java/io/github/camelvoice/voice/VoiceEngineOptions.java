package io.github.camelvoice.voice;

import io.github.camelvoice.engine.NamedSounds;
import org.apache.camel.spi.Metadata;

/** Options of the engine behind a component: ports, security, limits. They make no sense per endpoint. */
public abstract class VoiceEngineOptions extends VoiceAccountOptions {

    @Metadata(label = "common", defaultValue = "127.0.0.1", description = "IP address to listen on for SIP and RTP.")
    private String sipHost = "127.0.0.1";
    @Metadata(label = "common", defaultValue = "5060", description = "UDP and TCP port for SIP; 0 for any free one.")
    private int sipPort = 5060;
    @Metadata(label = "common", defaultValue = "-1", description = "TLS port for SIP; 0 for any free one, -1 for none. Needs "
            + "sslContextParameters.")
    private int tlsPort = -1;
    @Metadata(label = "common", description = "Address told to others in Via, Contact and SDP in place of sipHost, for hosts behind "
            + "NAT.")
    private String externalAddress;
    @Metadata(label = "media", defaultValue = "10000-20000", description = "Range of UDP ports for RTP and RTCP.")
    private String rtpPorts = "10000-20000";
    @Metadata(label = "media", description = "Send audio to where the first consistent source within a second sends from, then "
            + "locked; for far ends behind NAT.")
    private boolean symmetricRtp;
    @Metadata(label = "security", description = "Whether SRTP is taken and offered over UDP and TCP too, where everybody on the way can read its "
            + "keys. Without it an offer of SRTP that did not come over TLS is refused (488).")
    private boolean srtpInClear;
    @Metadata(label = "security", defaultValue = "true", description = "Requests of a call must come from an address that the call named "
            + "(sender of its INVITE, Contact, first route), else they get 481. Switch off for phones that change their address during calls.")
    private boolean pinSource = true;
    @Metadata(label = "media,advanced", defaultValue = "30s", javaType = "java.time.Duration",
            description = "Time without any RTP after which the audio of a call counts as lost.")
    private long deadMedia = 30_000;
    @Metadata(label = "media,advanced", defaultValue = "true", description = "Whether a call whose audio is lost is hung up.")
    private boolean hangupOnDeadMedia = true;
    @Metadata(label = "media", defaultValue = "data/recordings", description = "Folder of the recordings; nothing is written "
            + "outside it.")
    private String recordingsDir = "data/recordings";
    @Metadata(label = "security", defaultValue = "auto", enums = "auto,on,off",
            description = "Whether callers must authenticate (digest). auto: off where sipHost is a loopback address, on elsewhere.")
    private String auth = "auto";
    @Metadata(label = "security", secret = true, description = "Callers that may authenticate: user:password pairs, separated by "
            + "commas.")
    private String users;
    @Metadata(label = "security", defaultValue = "MD5", description = "Digest algorithms of our challenges in order of preference, separated "
            + "by commas: SHA-256, MD5. Older phones know MD5 alone and fail where another comes first.")
    private String digestAlgorithms = "MD5";
    @Metadata(label = "security", description = "IP addresses and networks (10.0.0.0/8), separated by commas, whose calls need no "
            + "authentication.")
    private String trustedSources;
    @Metadata(label = "advanced", description = "Name servers that are asked where SIP requests go, instead of the system's: IP addresses, "
            + "with :port if need be, separated by commas.")
    private String dnsServers;
    @Metadata(label = "security", description = "Whether callers over TLS must show a certificate.")
    private boolean tlsClientAuth;
    @Metadata(label = "security", defaultValue = "true", description = "Whether the certificates of those we call over TLS are "
            + "verified, host name included.")
    private boolean tlsVerify = true;
    @Metadata(label = "security", description = "Hosts and networks that documents, callbacks and taps may go to, separated by commas: "
            + "bots.example.com, *.example.org, 10.1.0.0/16, [fd00::]/8, with :port or :port-port if need be; public for all public addresses. "
            + "Empty: public addresses only.")
    private String outboundAllow;
    @Metadata(label = "advanced", description = "The sounds that documents may play by name, a bean of type io.github.camelvoice.engine.NamedSounds. "
            + "Without it there are none.")
    private NamedSounds documentSounds;
    @Metadata(label = "advanced", defaultValue = "10000", description = "Live calls in all; one more is answered 503.")
    private int maxCalls = 10_000;
    @Metadata(label = "advanced", defaultValue = "4000", description = "Running taps of all calls; one more is refused.")
    private int maxTaps = 4_000;
    @Metadata(label = "advanced", defaultValue = "5000", description = "Undecided inbound calls of one address; one more is "
            + "answered 503.")
    private int maxInvitesPerSource = 5_000;
    @Metadata(label = "advanced", defaultValue = "90", description = "Smallest session timer (RFC 4028) that we accept, in seconds: "
            + "90 or more.")
    private int minSe = 90;
    @Metadata(label = "advanced", defaultValue = "n1", description = "First part of every call id: 1 to 32 letters and digits, "
            + "different on each node.")
    private String nodeId = "n1";
    @Metadata(label = "advanced", defaultValue = "voice", description = "User name of the caller where a placed call names none.")
    private String identity = "voice";
    @Metadata(label = "advanced", description = "Value of the User-Agent and Server headers; none without it.")
    private String userAgent;
    @Metadata(label = "advanced", defaultValue = "10s", javaType = "java.time.Duration",
            description = "How long live calls may go on when the component stops, before they are hung up.")
    private long drainTimeout = 10_000;
    @Metadata(label = "advanced", defaultValue = "16", description = "Threads on which exchanges go on after an operation on a "
            + "call.")
    private int routeThreads = 16;

    public String getSipHost() {
        return sipHost;
    }

    public void setSipHost(String value) {
        sipHost = value;
    }

    public int getSipPort() {
        return sipPort;
    }

    public void setSipPort(int value) {
        sipPort = value;
    }

    public int getTlsPort() {
        return tlsPort;
    }

    public void setTlsPort(int value) {
        tlsPort = value;
    }

    public String getExternalAddress() {
        return externalAddress;
    }

    public void setExternalAddress(String value) {
        externalAddress = value;
    }

    public String getRtpPorts() {
        return rtpPorts;
    }

    public void setRtpPorts(String value) {
        rtpPorts = value;
    }

    public boolean isSymmetricRtp() {
        return symmetricRtp;
    }

    public void setSymmetricRtp(boolean value) {
        symmetricRtp = value;
    }

    public boolean isSrtpInClear() {
        return srtpInClear;
    }

    public void setSrtpInClear(boolean value) {
        srtpInClear = value;
    }

    public boolean isPinSource() {
        return pinSource;
    }

    public void setPinSource(boolean value) {
        pinSource = value;
    }

    public long getDeadMedia() {
        return deadMedia;
    }

    public void setDeadMedia(long value) {
        deadMedia = value;
    }

    public boolean isHangupOnDeadMedia() {
        return hangupOnDeadMedia;
    }

    public void setHangupOnDeadMedia(boolean value) {
        hangupOnDeadMedia = value;
    }

    public String getRecordingsDir() {
        return recordingsDir;
    }

    public void setRecordingsDir(String value) {
        recordingsDir = value;
    }

    public String getAuth() {
        return auth;
    }

    public void setAuth(String value) {
        auth = value;
    }

    public String getUsers() {
        return users;
    }

    public void setUsers(String value) {
        users = value;
    }

    public String getDigestAlgorithms() {
        return digestAlgorithms;
    }

    public void setDigestAlgorithms(String value) {
        digestAlgorithms = value;
    }

    public String getTrustedSources() {
        return trustedSources;
    }

    public void setTrustedSources(String value) {
        trustedSources = value;
    }

    public String getDnsServers() {
        return dnsServers;
    }

    public void setDnsServers(String value) {
        dnsServers = value;
    }

    public boolean isTlsClientAuth() {
        return tlsClientAuth;
    }

    public void setTlsClientAuth(boolean value) {
        tlsClientAuth = value;
    }

    public boolean isTlsVerify() {
        return tlsVerify;
    }

    public void setTlsVerify(boolean value) {
        tlsVerify = value;
    }

    public String getOutboundAllow() {
        return outboundAllow;
    }

    public void setOutboundAllow(String value) {
        outboundAllow = value;
    }

    public int getMaxCalls() {
        return maxCalls;
    }

    public void setMaxCalls(int value) {
        maxCalls = value;
    }

    public int getMaxTaps() {
        return maxTaps;
    }

    public void setMaxTaps(int value) {
        maxTaps = value;
    }

    public int getMaxInvitesPerSource() {
        return maxInvitesPerSource;
    }

    public void setMaxInvitesPerSource(int value) {
        maxInvitesPerSource = value;
    }

    public int getMinSe() {
        return minSe;
    }

    public void setMinSe(int value) {
        minSe = value;
    }

    public String getNodeId() {
        return nodeId;
    }

    public void setNodeId(String value) {
        nodeId = value;
    }

    public String getIdentity() {
        return identity;
    }

    public void setIdentity(String value) {
        identity = value;
    }

    public String getUserAgent() {
        return userAgent;
    }

    public void setUserAgent(String value) {
        userAgent = value;
    }

    public long getDrainTimeout() {
        return drainTimeout;
    }

    public void setDrainTimeout(long value) {
        drainTimeout = value;
    }

    public int getRouteThreads() {
        return routeThreads;
    }

    public void setRouteThreads(int value) {
        routeThreads = value;
    }

    public NamedSounds getDocumentSounds() {
        return documentSounds;
    }

    public void setDocumentSounds(NamedSounds value) {
        documentSounds = value;
    }
}
