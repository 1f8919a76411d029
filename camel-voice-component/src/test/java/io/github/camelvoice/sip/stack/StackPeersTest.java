package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.sip.digest.DigestClient;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digest in both roles, and plain calls, against programs that others wrote. */
@Tag("peer")
class StackPeersTest {

    @TempDir
    private Path folder;

    @Test
    void kamailioLetsUsRegisterOverEveryTransport() {
        TestPki pki = TestPki.create(folder);
        try (Kamailio kamailio = Kamailio.start(folder, "127.0.0.1:9", pki);
             StackRig rig = StackRig.start(SipConfig.loopback().withTls(0, pki.context(pki.identity("us", "IP:127.0.0.1")), false, true))) {
            for (String transport : List.of("udp", "tcp", "tls")) {
                int port = transport.equals("tls") ? kamailio.tlsPort() : kamailio.port();
                String uri = "sip:127.0.0.1:" + port + ";transport=" + transport;
                DigestClient digest = new DigestClient("alice", Kamailio.PASSWORD);
                Heard heard = new Heard();
                ClientTransactionHandle first = rig.host.send(register(rig, uri, transport, 1), heard, Runnable::run);
                assertThat(heard.next()).isEqualTo("401");
                assertThat(digest.challenged(heard.last, first.nextHop())).isTrue();
                SIPRequest again = register(rig, uri, transport, 2);
                digest.sign(again, NextHop.of(again).toString());
                rig.host.send(again, heard, Runnable::run);
                assertThat(heard.next()).as(transport).isEqualTo("200");

                DigestClient wrong = new DigestClient("alice", "guess");
                ClientTransactionHandle bad = rig.host.send(register(rig, uri, transport, 1), heard, Runnable::run);
                assertThat(heard.next()).isEqualTo("401");
                assertThat(wrong.challenged(heard.last, bad.nextHop())).isTrue();
                SIPRequest guess = register(rig, uri, transport, 2);
                wrong.sign(guess, bad.nextHop());
                rig.host.send(guess, heard, Runnable::run);
                assertThat(heard.next()).isEqualTo("401");
                assertThat(wrong.challenged(heard.last, bad.nextHop())).as("no third try").isFalse();
            }
        }
    }

    private static SIPRequest register(StackRig rig, String uri, String transport, int cseq) {
        SIPRequest request = StackRig.parse(Text.request("REGISTER", uri, transport, "x:1", "z9hG4bKx", "reg-" + transport + System.nanoTime(),
                cseq, "Contact: <sip:alice@127.0.0.1:" + rig.port() + ">", "Expires: 60").replace("To: <" + uri, "To: <sip:alice@127.0.0.1"));
        request.removeHeader("Via");
        return request;
    }

    private static void answerCalls(StackRig rig, List<String> users) {
        rig.onRequest = request -> {
            switch (request.message().getMethod()) {
                case "ACK" -> { }
                case "INVITE" -> {
                    users.add(request.authenticatedUser());
                    request.respond(StackRig.response(request, 180));
                    request.respond(StackRig.response(request, 200));
                }
                default -> request.respond(StackRig.response(request, 200));
            }
        };
    }

    @Test
    void sippMustSayWhoItIs() {
        List<String> users = new CopyOnWriteArrayList<>();
        try (StackRig rig = StackRig.start(SipConfig.loopback().withUsers(Map.of("alice", "wonder")))) {
            answerCalls(rig, users);
            rig.inDialog = true;
            SippScenario scenario = SippScenario.start().invite().expectChallenge(401).ackFailure().inviteAuthenticated("alice", "wonder")
                    .maybe(100, 180).expect(200).ack().bye().expect(200);
            try (Sipp sipp = Sipp.in(folder).call("bob", rig.port(), scenario)) {
                sipp.mustSucceed();
            }
            assertThat(users).containsExactly("alice");
        }
    }

    @Test
    void sippCallsOverTcp() {
        try (StackRig rig = StackRig.start(SipConfig.loopback())) {
            answerCalls(rig, new CopyOnWriteArrayList<>());
            SippScenario scenario = SippScenario.start().invite().maybe(100, 180).expect(200).ack().bye().expect(200);
            try (Sipp sipp = Sipp.in(folder).tcp().calls(200, 100).quiet().call("bob", rig.port(), scenario)) {
                sipp.mustSucceed();
            }
        }
    }
}
