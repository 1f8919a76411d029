package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.testkit.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom TLS lets in, and whom we call. */
@Tag("peer")
class TlsTest {

    @TempDir
    private static Path folder;
    private static TestPki pki;
    private static TestPki.Identity loopback;
    private static TestPki.Identity named;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void certificates() {
        pki = TestPki.create(folder);
        loopback = pki.identity("loopback", "IP:127.0.0.1");
        named = pki.identity("named", "DNS:voice.example.com");
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private StackRig rig(SipConfig config) {
        return rig(config, WireTap.NONE, new Dns());
    }

    private StackRig rig(SipConfig config, WireTap tap, Dns dns) {
        StackRig rig = StackRig.start(config, tap, dns);
        open.add(rig);
        return rig;
    }

    private static SipConfig tls(TestPki.Identity identity) {
        return SipConfig.loopback().withTls(0, pki.context(identity), false, true);
    }

    private static Dns at(String host) {
        return new Dns() {
            @Override
            List<String> records(String name, String type) {
                return List.of();
            }

            @Override
            List<InetAddress> addresses(String name) {
                assertThat(name).isEqualTo(host);
                return List.of(InetAddress.getLoopbackAddress());
            }
        };
    }

    @Test
    void theCertificateMustCarryTheNameThatWasCalled() {
        StackRig b = rig(tls(named));
        StackRig right = rig(tls(loopback), WireTap.NONE, at("voice.example.com"));
        assertThat(right.send("OPTIONS", b.uri("voice.example.com", "tls")).next()).isEqualTo("200");
        StackRig wrong = rig(tls(loopback), WireTap.NONE, at("other.example.com"));
        assertThat(wrong.send("OPTIONS", b.uri("other.example.com", "tls")).next()).startsWith("failed: ").contains("other.example.com");
        assertThat(right.send("OPTIONS", b.uri("127.0.0.1", "tls")).next()).as("the address is not in it").startsWith("failed: ");
        assertThat(b.requests).isEmpty();
    }

    @Test
    void aStrangersCertificateIsRefusedUnlessSomebodyWantsItSo(@TempDir Path elsewhere) {
        TestPki strangers = TestPki.create(elsewhere);
        StackRig b = rig(SipConfig.loopback().withTls(0, strangers.context(strangers.identity("x", "IP:127.0.0.1")), false, true));
        assertThat(rig(tls(loopback)).send("OPTIONS", b.uri("127.0.0.1", "tls")).next()).startsWith("failed: ").contains("tls");
        StackRig careless = rig(SipConfig.loopback().withTls(0, pki.context(loopback), false, false));
        assertThat(careless.send("OPTIONS", b.uri("127.0.0.1", "tls")).next()).isEqualTo("200");
    }

    @Test
    void callersCanBeMadeToShowACertificate() {
        StackRig strict = rig(SipConfig.loopback().withTls(0, pki.context(loopback), true, true));
        assertThat(rig(tls(loopback)).send("OPTIONS", strict.uri("127.0.0.1", "tls")).next()).isEqualTo("200");
        StackRig anonymous = rig(SipConfig.loopback().withTls(-1, pki.context(null), false, true));
        assertThat(anonymous.send("OPTIONS", strict.uri("127.0.0.1", "tls")).next()).startsWith("failed: ");
    }

    @Test
    void oldTlsIsRefused() throws Exception {
        StackRig b = rig(tls(loopback));
        try (SSLSocket socket = (SSLSocket) pki.context(loopback).getSocketFactory().createSocket("127.0.0.1", b.host.bindings().tlsPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }
}
