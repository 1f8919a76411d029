package io.github.camelvoice.e2e;

import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.TlsRelay;
import java.nio.file.Path;

/** SIPp over each transport; it has no TLS of its own in Debian, so a relay speaks it. */
enum Wire {
    UDP, TCP, TLS;

    /** A scenario whose Via and Contact fit. */
    SippScenario scenario() {
        return this == TLS ? SippScenario.start().over("TLS") : SippScenario.start();
    }

    /** SIPp calls a user of the engine; the scenario must come to its end. */
    void call(Path folder, TestPki pki, EngineRig rig, String user, SippScenario scenario) {
        switch (this) {
            case UDP -> Sipp.in(folder).call(user, rig.port(), scenario).mustSucceed();
            case TCP -> Sipp.in(folder).tcp().call(user, rig.port(), scenario).mustSucceed();
            default -> {
                int contact = Peers.freePort();
                try (TlsRelay relay = TlsRelay.toTls(pki.context(null), rig.tlsPort(), contact)) {
                    Sipp.in(folder).tcp().ports(0, contact).call(user, relay.port(), scenario).mustSucceed();
                }
            }
        }
    }

    /** SIPp waits for a call of ours. */
    Callee answer(Path folder, TestPki pki, SippScenario scenario) {
        if (this != TLS) {
            Sipp sipp = (this == UDP ? Sipp.in(folder) : Sipp.in(folder).tcp()).answer(scenario);
            return new Callee(sipp, null, "sip:bob@127.0.0.1:" + sipp.port() + ";transport=" + name().toLowerCase(java.util.Locale.ROOT));
        }
        int port = Peers.freePort();
        TlsRelay relay = TlsRelay.fromTls(pki.context(pki.identity("callee-" + port, "IP:127.0.0.1")), port);
        Sipp sipp = Sipp.in(folder).tcp().ports(port, relay.port()).answer(scenario);
        return new Callee(sipp, relay, "sip:bob@127.0.0.1:" + relay.port() + ";transport=tls");
    }

    /** A waiting SIPp and the address to call. */
    record Callee(Sipp sipp, TlsRelay relay, String uri) implements AutoCloseable {
        @Override
        public void close() {
            sipp.close();
            if (relay != null) {
                relay.close();
            }
        }
    }
}
