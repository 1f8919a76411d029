package io.github.camelvoice.voice;

import io.github.camelvoice.document.cxml.CxmlOptions;
import io.github.camelvoice.account.RegistrarOptions;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.recording.RecordingSettings;
import io.github.camelvoice.speech.SpeechMaker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.support.jsse.SSLContextParameters;

/** From the component's options to the engine's settings. */
final class EngineSettings {

    static final List<String> ALL_CODECS = List.of("PCMU", "PCMA", "G722", "OPUS", "G729");
    /** Those of calls for which nobody says anything else: they cost next to nothing. */
    private static final List<String> STANDARD_CODECS = List.of("PCMU", "PCMA", "G722");
    private static final Pattern RANGE = Pattern.compile("\\s*([0-9]{1,5})\\s*-\\s*([0-9]{1,5})\\s*");

    private EngineSettings() {
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static EngineConfig config(VoiceComponent component) throws Exception {
        Matcher range = RANGE.matcher(component.getRtpPorts());
        if (!range.matches()) {
            throw new IllegalArgumentException("rtpPorts must be a range such as 10000-20000: " + component.getRtpPorts());
        }
        Map<String, String> users = users(component.getUsers());
        checkHost(component.getSipHost());
        boolean auth = requireAuth(component);
        if (auth && users.isEmpty() && Arguments.list(component.getTrustedSources()).isEmpty() && !component.isRegistrar()
                && component.getUserSource() == null) {
            throw new IllegalArgumentException("callers must authenticate, because " + (component.getAuth().equals("on") ? "auth is on"
                    : "sipHost is not a loopback address: " + component.getSipHost())
                    + ", but nobody could: set users or trustedSources (or registrar, or auth=off)");
        }
        if (component.getDrainTimeout() < 0) {
            throw new IllegalArgumentException("drainTimeout must be 0 or more: " + component.getDrainTimeout());
        }
        if (!component.getIdentity().matches("[A-Za-z0-9._+-]{1,64}")) {
            throw new IllegalArgumentException("identity must be a user name of letters, digits and . _ + -: " + component.getIdentity());
        }
        if (component.getUserAgent() != null && component.getUserAgent().chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("userAgent has a line break or a control character");
        }
        return EngineConfig.builder()
                .nodeId(component.getNodeId())
                .sipHost(component.getSipHost())
                .sipPort(component.getSipPort())
                .tlsPort(component.getTlsPort())
                .tls(tls(component, null))
                .tlsClientAuth(component.isTlsClientAuth())
                .tlsVerify(component.isTlsVerify())
                .externalAddress(Arguments.blankToNull(component.getExternalAddress()))
                .rtpPorts(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                .symmetricRtp(component.isSymmetricRtp())
                .srtpInClear(component.isSrtpInClear())
                .pinSource(component.isPinSource())
                .codecs(codecs(component))
                .realm(component.getRealm())
                .digestUsers(users)
                .userSource(component.getUserSource())
                .requireAuth(auth)
                .digestAlgorithms(Arguments.list(component.getDigestAlgorithms()))
                .dnsServers(Arguments.list(component.getDnsServers()))
                .trustedSources(Arguments.list(component.getTrustedSources()))
                .maxCalls(component.getMaxCalls())
                .maxInvitesPerSource(component.getMaxInvitesPerSource())
                .sessionExpires(component.getConfiguration().getSessionExpires())
                .minSe(component.getMinSe())
                .deadMedia(Duration.ofMillis(component.getDeadMedia()))
                .hangupOnDeadMedia(component.isHangupOnDeadMedia())
                .timeLimit(Duration.ofMillis(component.getConfiguration().getTimeLimit()))
                .identity(component.getIdentity())
                .recordingsDir(Path.of(component.getRecordingsDir()))
                .userAgent(Arguments.blankToNull(component.getUserAgent()))
                .project(component.getProject()).account(Arguments.blankToNull(component.getAccount()))
                .capture(component.isCapture())
                .speech(speech(component))
                .recordings(recordings(component))
                .cxml(new CxmlOptions(component.isStrictXHeaders(), component.getCallHeaderPrefix()))
                .maxTaps(component.getMaxTaps())
                .outboundAllow(component.getOutboundAllow())
                .sounds(component.getDocumentSounds())
                .signingKey(Arguments.blankToNull(component.getConfiguration().getSecretKey()))
                .domains(Arguments.list(component.getDomains()))
                .registrar(component.isRegistrar() ? registrar(component) : null)
                .guard(component.guard())
                .subscriptions(component.subscriptionOptions().withOwnership(component.ownership()))
                .notifier(component.notifierOptions())
                .registrations(component.registrationSettings())
                .sessions(component.sessionSettings(component.getConfiguration()))
                .build();
    }

    private static RegistrarOptions registrar(VoiceComponent component) {
        int most = (int) (component.getRegistrarMaxExpires() / 1000);
        int least = (int) (component.getRegistrarMinExpires() / 1000);
        try {
            return new RegistrarOptions(least, most, Math.max(least, Math.min(most, RegistrarOptions.DEFAULT.defaultExpires())),
                    component.getRegistrarContacts());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("registrarMinExpires, registrarMaxExpires, registrarContacts: " + wrong.getMessage(), wrong);
        }
    }

    private static RecordingSettings recordings(VoiceComponent component) {
        String url = Arguments.blankToNull(component.getPublicUrl());
        if (url != null && !url.matches("https?://[^/?#\\s@]+(/[^?#\\s]*)?")) {
            throw new IllegalArgumentException("publicUrl must be an http or https URL without user, query and fragment");
        }
        return new RecordingSettings(url == null ? null : url.replaceAll("/+$", ""), Duration.ofMillis(component.getRetention()),
                RecordingTargets.read(component.getCamelContext(), component.getRecordingTargets()));
    }

    private static SpeechMaker speech(VoiceComponent component) {
        String wanted = Arguments.blankToNull(component.getSpeech());
        if (wanted == null || wanted.equals("none")) {
            return SpeechMaker.NONE;
        }
        if (wanted.equals("espeak-ng")) {
            return SpeechMaker.ESPEAK_NG;
        }
        if (wanted.startsWith("http://") || wanted.startsWith("https://")) {
            return SpeechMaker.server(wanted);
        }
        if (!wanted.contains(":")) {
            throw new IllegalArgumentException("speech must be espeak-ng, an http or https URL, a Camel endpoint, or none");
        }
        return SpeechMaker.of(new CamelSpeech(component.getCamelContext(), wanted));
    }

    static List<String> codecs(VoiceComponent component) {
        List<String> configured = Arguments.list(component.getConfiguration().getCodecs());
        checkCodecs(configured);
        return configured.isEmpty() ? STANDARD_CODECS : configured;
    }

    /** @throws IllegalArgumentException listing what there is */
    static void checkCodecs(List<String> codecs) {
        for (String codec : codecs) {
            if (ALL_CODECS.stream().noneMatch(codec::equalsIgnoreCase)) {
                throw new IllegalArgumentException("codecs has no value '" + codec + "'; there are " + ALL_CODECS);
            }
        }
    }

    private static void checkHost(String host) {
        if (!host.matches("[0-9.]+|[0-9A-Fa-f:.%]*:.*")) {
            throw new IllegalArgumentException("sipHost must be an IP address: " + host);
        }
    }

    private static boolean requireAuth(VoiceComponent component) {
        return switch (component.getAuth()) {
            case "on" -> true;
            case "off" -> false;
            case "auto" -> !isLoopback(component.getSipHost());
            default -> throw new IllegalArgumentException("auth has no value '" + component.getAuth() + "'; there are [auto, on, off]");
        };
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static Map<String, String> users(String text) {
        Map<String, String> users = new LinkedHashMap<>();
        for (String pair : Arguments.list(text)) {
            int colon = pair.indexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                throw new IllegalArgumentException("users must be user:password pairs, separated by commas");
            }
            users.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return users;
    }

    /** @param own those of an endpoint, null for none */
    static javax.net.ssl.SSLContext tls(VoiceComponent component, SSLContextParameters own) throws Exception {
        SSLContextParameters parameters = own == null ? component.getSslContextParameters() : own;
        if (parameters == null) {
            parameters = component.retrieveGlobalSslContextParameters();
        }
        return parameters == null ? null : parameters.createSSLContext(component.getCamelContext());
    }
}
