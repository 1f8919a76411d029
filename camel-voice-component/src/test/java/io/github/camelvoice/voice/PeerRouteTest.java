package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML routes against SIPp, and against each other over TLS. */
@Tag("peer")
class PeerRouteTest {

    @TempDir
    Path folder;
    private final List<CamelContext> contexts = new CopyOnWriteArrayList<>();
    private final List<VoiceEvent> events = new CopyOnWriteArrayList<>();

    private CamelContext context(String yaml, Consumer<VoiceComponent> options) throws Exception {
        CamelContext context = new DefaultCamelContext();
        contexts.add(context);
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setSipPort(0);
        component.setRtpPorts(contexts.size() == 1 ? "40000-40999" : "41000-41999");
        component.setDrainTimeout(100);
        component.setRecordingsDir(folder.toString());
        options.accept(component);
        context.addComponent("voice", component);
        context.start();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").process(exchange -> events.add(exchange.getMessage().getBody(VoiceEvent.class)));
            }
        });
        return context;
    }

    private static int port(CamelContext context, String transport) {
        return context.getComponent("voice", VoiceComponent.class).runningEngine().ports().get(transport);
    }

    @AfterEach
    void stop() {
        contexts.forEach(CamelContext::stop);
    }

    private void ended(int calls) {
        await().until(() -> events.stream().filter(VoiceEvent.CallEnded.class::isInstance).count() == calls);
    }

    private static final String HELLO = """
            - route:
                from:
                  uri: voice:call?called=hello
                  steps:
                    - setHeader: { name: CamelVoiceSetSipHeader.X-Subject, simple: "${header[CamelVoiceSipHeader.Subject]}" }
                    - to: voice:call?operation=ring
                    - to: voice:call?operation=answer
            - route:
                from: { uri: voice:call?called=busy, steps: [ { to: voice:call?operation=reject&code=486&reason=RAW(Q.850;cause=17) } ] }
            - route:
                from: { uri: voice:call?called=moved, steps: [ { to: voice:call?operation=redirect&contacts=sip:new@127.0.0.1 } ] }
            - route:
                from: { uri: voice:call?called=nothing, steps: [ { log: { message: "x", loggingLevel: TRACE } } ] }
            - route:
                from:
                  uri: voice:call?called=broken
                  steps: [ { throwException: { exceptionType: java.lang.IllegalStateException, message: "no" } } ]
            - route:
                from: { uri: voice:call?called=one&maxConcurrentCalls=1, steps: [ { to: voice:call?operation=answer } ] }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void sippCallsAYamlRoute(String transport) throws Exception {
        CamelContext context = context(HELLO, component -> { });
        SippScenario scenario = SippScenario.start().invite("Subject: hi there").maybe(100).expect(180, "X-Subject", "hi there").expect(200).ack().endCaller();
        Sipp.Setup setup = transport.equals("tcp") ? Sipp.in(folder).tcp() : Sipp.in(folder);
        try (Sipp sipp = setup.call("hello", port(context, transport), scenario)) {
            sipp.mustSucceed();
        }
        ended(1);
        assertThat(events).extracting(event -> event.kind().label()).containsExactly("call-received", "call-ringing", "call-answered", "call-ended");
    }

    @Test
    void everyOutcomeOfARouteOnTheWire() throws Exception {
        CamelContext context = context(HELLO, component -> { });
        refused(context, "busy", SippScenario.start().invite().maybe(100).expect(486, "Reason", "Q.850;cause=17").ackFailure());
        refused(context, "moved", SippScenario.start().invite().maybe(100).expect(302, "Contact", "sip:new@127.0.0.1").ackFailure());
        refused(context, "nothing", SippScenario.start().invite().maybe(100).expect(480).ackFailure());
        refused(context, "broken", SippScenario.start().invite().maybe(100).expect(500).ackFailure());
        refused(context, "nobody", SippScenario.start().invite().maybe(100).expect(404).ackFailure());
        refused(context, "hello", SippScenario.start().invite("Require: teleportation").maybe(100).expect(420).ackFailure());
        ended(4);
    }

    private void refused(CamelContext context, String user, SippScenario scenario) {
        try (Sipp sipp = Sipp.in(folder).call(user, port(context, "udp"), scenario)) {
            sipp.mustSucceed();
        }
    }

    @Test
    void beyondTheCapCallersAreToldToRetry() throws Exception {
        CamelContext context = context(HELLO, component -> { });
        try (Sipp first = Sipp.in(folder).call("one", port(context, "udp"),
                SippScenario.start().invite().maybe(100).expect(200).ack().takeRequest("BYE").respond("200 OK"))) {
            await().until(() -> events.stream().anyMatch(VoiceEvent.CallAnswered.class::isInstance));
            refused(context, "one", SippScenario.start().invite().maybe(100).expect(503, "Retry-After", "[0-9]").ackFailure());
            String callId = events.get(0).head().callId();
            context.createProducerTemplate().sendBodyAndHeader("voice:call?operation=hangup", null, VoiceConstants.CALL_ID, callId);
            first.mustSucceed();
        }
        ended(1);
    }

    @Test
    void aRouteCallsSipp() throws Exception {
        CamelContext context = context("- route: { from: { uri: direct:x, steps: [ { log: x } ] } }", component -> { });
        SippScenario callee = SippScenario.start().takeInvite().respond("180 Ringing")
                .respondWith("200 OK", SippScenario.start().sdp("sendrecv"), "X-Answered: yes").takeRequest("ACK")
                .takeRequest("BYE", "X-Bye: now").respond("200 OK");
        try (Sipp sipp = Sipp.in(folder).answer(callee)) {
            Exchange answered = context.createProducerTemplate().send("voice:call:bob@127.0.0.1:" + sipp.port(), exchange -> { });
            assertThat(answered.getException()).isNull();
            assertThat(answered.getMessage().getHeaders()).containsEntry("CamelVoiceSipHeader.X-Answered", "yes")
                    .containsEntry(VoiceConstants.CODEC, "PCMU");
            Exchange over = context.createProducerTemplate().send("voice:call?operation=hangup", exchange -> exchange.getMessage().setHeaders(
                    new java.util.HashMap<>(Map.of(VoiceConstants.CALL_ID, answered.getMessage().getHeader(VoiceConstants.CALL_ID),
                            "CamelVoiceSetSipHeader.X-Bye", "now"))));
            assertThat(over.getException()).isNull();
            sipp.mustSucceed();
        }
    }

    private static SSLContextParameters tls(TestPki pki, TestPki.Identity identity) throws Exception {
        SSLContextParameters parameters = new SSLContextParameters();
        if (identity != null) {
            KeyStoreParameters store = new KeyStoreParameters();
            store.setType("PKCS12");
            store.setResource("file:" + identity.store());
            store.setPassword("changeit");
            KeyManagersParameters keys = new KeyManagersParameters();
            keys.setKeyStore(store);
            keys.setKeyPassword("changeit");
            parameters.setKeyManagers(keys);
        }
        java.security.KeyStore trusted = java.security.KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var certificate = java.nio.file.Files.newInputStream(pki.authority())) {
            trusted.setCertificateEntry("ca", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        javax.net.ssl.TrustManagerFactory factory = javax.net.ssl.TrustManagerFactory.getInstance(javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setTrustManager(factory.getTrustManagers()[0]);
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private Exchange callOverTls(CamelContext client, CamelContext server, String user) {
        return client.createProducerTemplate().send("voice:call", exchange -> exchange.getMessage().setHeader(VoiceConstants.TARGET,
                "sip:" + user + "@127.0.0.1:" + port(server, "tls") + ";transport=tls"));
    }

    @Test
    void callsOverTlsAreVerified() throws Exception {
        TestPki pki = TestPki.create(folder);
        SSLContextParameters good = tls(pki, pki.identity("server", "IP:127.0.0.1"));
        SSLContextParameters wrongName = tls(pki, pki.identity("wrong", "DNS:elsewhere.example.com"));
        SSLContextParameters client = tls(pki, null);
        CamelContext server = context(HELLO, component -> {
            component.setTlsPort(0);
            component.setSslContextParameters(good);
        });
        CamelContext caller = context("[]", component -> component.setSslContextParameters(client));
        assertThat(callOverTls(caller, server, "hello").getException()).isNull();
        CamelContext impostor = context(HELLO, component -> {
            component.setTlsPort(0);
            component.setRtpPorts("42000-42999");
            component.setSslContextParameters(wrongName);
        });
        assertThat(callOverTls(caller, impostor, "hello").getException()).isInstanceOf(VoiceTransportException.class);
    }

    @Test
    void tlsCanComeFromTheContext() throws Exception {
        TestPki pki = TestPki.create(folder);
        SSLContextParameters global = tls(pki, pki.identity("server", "IP:127.0.0.1"));
        CamelContext server = new DefaultCamelContext();
        contexts.add(server);
        server.setSSLContextParameters(global);
        VoiceComponent component = new VoiceComponent();
        component.setSipPort(0);
        component.setTlsPort(0);
        component.setRtpPorts("43000-43999");
        component.setUseGlobalSslContextParameters(true);
        server.addComponent("voice", component);
        server.start();
        assertThat(server.createProducerTemplate().send("voice:call?operation=list", exchange -> { }).getException()).isNull();
        assertThat(port(server, "tls")).isPositive();
    }

    @Test
    void callersAuthenticate() throws Exception {
        CamelContext server = context(HELLO, component -> {
            component.setAuth("on");
            component.setUsers("alice:s3cret,bob:other");
        });
        CamelContext caller = context("[]", component -> { });
        Exchange answered = authenticated(caller, server, "s3cret");
        assertThat(answered.getException()).isNull();
        Exchange refused = authenticated(caller, server, "wrong");
        assertThat(refused.getException()).isInstanceOf(VoiceAuthenticationException.class);
        assertThat(refused.getMessage().getHeader(VoiceConstants.SIP_CODE)).isEqualTo(401);
        assertThat(caller.createProducerTemplate().send("voice:call:hello@127.0.0.1:" + port(server, "udp"), exchange -> { }).getException())
                .isInstanceOf(VoiceAuthenticationException.class);
        refused(server, "hello", SippScenario.start().invite().maybe(100).expect(401, "WWW-Authenticate", "Digest").ackFailure());
    }

    private static Exchange authenticated(CamelContext caller, CamelContext server, String password) {
        return caller.createProducerTemplate().send("voice:call:hello@127.0.0.1:" + port(server, "udp") + "?username=alice&password=" + password,
                exchange -> { });
    }
}
