package io.github.camelvoice.sip.register;

import static io.github.camelvoice.sip.register.RegisterRig.CONTACT;
import static io.github.camelvoice.sip.register.RegisterRig.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.registration.spi.RegisterEvent;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.Flow;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REGISTER as it goes out, and what its answers do. */
class RegisterClientTest {

    private final RegisterRig rig = new RegisterRig();

    @Test
    void whatIsSent() {
        rig.register(spec(600));
        SIPRequest register = rig.last().request;
        assertThat(register.getRequestLine().toString().trim()).isEqualTo("REGISTER sip:127.0.0.1:5099 SIP/2.0");
        assertThat(rig.lastHeader("To")).isEqualTo("<sip:alice@example.com>");
        assertThat(rig.lastHeader("From")).startsWith("<sip:alice@example.com>;tag=");
        assertThat(rig.lastHeader("CSeq")).isEqualTo("1 REGISTER");
        assertThat(rig.lastHeader("Expires")).isEqualTo("600");
        assertThat(rig.lastHeader("Supported")).isEqualTo("path, outbound");
        assertThat(rig.lastHeader("Contact")).isEqualTo("<" + CONTACT + ">;+sip.instance=\"<" + RegisterRig.INSTANCE + ">\";reg-id=1");
        assertThat(rig.lastHeader("Route")).isNull();
    }

    @Test
    void byWayOfAProxyOnAnotherTransportWithMoreContacts() {
        rig.register(new RegisterSpec("sip:alice@example.com", "sip:example.com;transport=tcp", List.of("sip:edge.example.com;transport=tcp"), "alice",
                null, RegisterRig.TOKEN, null, List.of(new RegisterSpec.Contact("sip:desk@192.0.2.9", 500)), 600, 0, false));
        assertThat(rig.lastHeader("Route")).isEqualTo("<sip:edge.example.com;transport=tcp;lr>");
        assertThat(rig.lastHeader("Contact")).isEqualTo("<" + CONTACT + ";transport=tcp>, <sip:desk@192.0.2.9>;q=0.500");
        assertThat(rig.lastHeader("Supported")).isEqualTo("path");
    }

    @Test
    void aChallengeIsAnsweredOnceAndItsNonceUsedAgain() {
        rig.register(spec(600));
        rig.challenge(401, "MD5", "n1", "");
        assertThat(rig.lastHeader("CSeq")).isEqualTo("2 REGISTER");
        assertThat(rig.lastHeader("Authorization")).contains("username=\"alice\"", "nonce=\"n1\"", "nc=00000001", "uri=\"sip:127.0.0.1:5099\"")
                .doesNotContain("secret");
        rig.accept(600);
        rig.pass(561);
        assertThat(rig.lastHeader("Authorization")).contains("nonce=\"n1\"", "nc=00000002");
        assertThat(rig.lastHeader("CSeq")).isEqualTo("3 REGISTER");
        rig.challenge(401, "MD5", "n2", ", stale=true");
        assertThat(rig.lastHeader("Authorization")).contains("nonce=\"n2\"", "nc=00000001");
        rig.accept(600);
        assertThat(rig.told()).containsExactly("registered 600", "registered 600");
    }

    @Test
    void aNonceThatIsStaleAtEveryRefreshIsNoReasonToGiveUp() {
        rig.register(spec(600));
        rig.challenge(401, "MD5", "n0", "");
        rig.accept(600);
        for (int i = 1; i <= 20; i++) {
            rig.pass(561);
            rig.challenge(401, "MD5", "n" + i, ", stale=true");
            rig.accept(600);
        }
        assertThat(rig.told()).hasSize(21).containsOnly("registered 600");
    }

    @Test
    void staleForEverIsNotFollowedForEver() {
        rig.register(spec(600));
        for (int i = 0; i < 10 && rig.events.isEmpty(); i++) {
            rig.challenge(401, "MD5", "n" + i, ", stale=true");
        }
        assertThat(rig.told()).containsExactly("refused 401");
        assertThat(rig.sent()).isLessThan(5);
    }

    @Test
    void theStrongestAlgorithmIsTaken() {
        rig.register(spec(600));
        rig.answer(401, new RawHeader("WWW-Authenticate", "Digest realm=\"example.com\", nonce=\"a\", algorithm=MD5, qop=\"auth\"",
                "Digest realm=\"example.com\", nonce=\"b\", algorithm=SHA-256, qop=\"auth\""));
        assertThat(rig.lastHeader("Authorization")).contains("algorithm=SHA-256", "nonce=\"b\"");
    }

    @Test
    void aProxyAndTheRegistrarBothAsk() {
        rig.register(spec(600));
        rig.challenge(407, "MD5", "p", "");
        rig.challenge(401, "MD5", "r", "");
        assertThat(rig.lastHeader("Proxy-Authorization")).contains("nonce=\"p\"");
        assertThat(rig.lastHeader("Authorization")).contains("nonce=\"r\"");
        rig.accept(60);
        assertThat(rig.told()).containsExactly("registered 60");
    }

    @Test
    void aWrongPasswordIsRefusedAfterOneTry() {
        RegisterUsage usage = rig.register(spec(600));
        rig.challenge(401, "MD5", "n1", "");
        rig.challenge(401, "MD5", "n2", "");
        assertThat(rig.told()).containsExactly("refused 401");
        assertThat(rig.sent()).isEqualTo(2);
        usage.start();
        rig.challenge(401, "MD5", "n3", "");
        rig.challenge(401, "MD5", "n4", "");
        assertThat(rig.told()).containsExactly("refused 401", "refused 401");
        assertThat(rig.sent()).as("each start costs two").isEqualTo(4);
    }

    @Test
    void anotherServerOfTheDomainHasNoncesOfItsOwn() {
        rig.register(spec(600));
        rig.challenge(401, "MD5", "a", "");
        rig.last().flow = new Flow("udp", new InetSocketAddress("127.0.0.1", 5098), "127.0.0.1");
        rig.challenge(401, "MD5", "b", "");
        assertThat(rig.lastHeader("Authorization")).contains("nonce=\"b\"", "nc=00000001");
        rig.last().flow = new Flow("udp", new InetSocketAddress("127.0.0.1", 5098), "127.0.0.1");
        rig.challenge(401, "MD5", "c", "");
        assertThat(rig.told()).as("a wrong password is wrong there, too").containsExactly("refused 401");
    }

    @Test
    void serversThatSendUsToAndFroAreLeft() {
        rig.register(spec(600));
        for (int i = 0; i < 20 && rig.events.isEmpty(); i++) {
            rig.last().flow = new Flow("udp", new InetSocketAddress("127.0.0.1", 5090 + i % 2), "127.0.0.1");
            rig.challenge(401, "MD5", "n" + i, "");
        }
        assertThat(rig.told()).containsExactly("refused 401");
        assertThat(rig.sent()).isLessThan(8);
    }

    @Test
    void theTransportIsThatOfTheServerThatWasFound() {
        rig.register(spec(600));
        rig.last().flow = new Flow("tcp", new InetSocketAddress("127.0.0.1", 5098), "127.0.0.1");
        rig.challenge(401, "MD5", "a", "");
        assertThat(rig.lastHeader("Contact")).startsWith("<" + CONTACT + ";transport=tcp>").doesNotContain("expires=0");
        rig.last().flow = new Flow("tcp", new InetSocketAddress("127.0.0.1", 5098), "127.0.0.1");
        rig.answer(200, RegisterRig.contact(CONTACT + ";transport=tcp", 600));
        assertThat(rig.told()).containsExactly("registered 600");
        assertThat(((RegisterEvent.Registered) rig.events.get(0)).transport()).isEqualTo("tcp");
    }

    @Test
    void withoutAPasswordAChallengeIsARefusal() {
        rig.register(new RegisterSpec("sip:alice@example.com", RegisterRig.REGISTRAR, List.of(), "alice", null, RegisterRig.TOKEN, null, List.of(), 600, 0,
                false));
        rig.challenge(401, "MD5", "n1", "");
        assertThat(rig.told()).containsExactly("refused 401");
    }

    @Test
    void tooBriefOnce() {
        RegisterUsage usage = rig.register(spec(60));
        rig.answer(423, new RawHeader("Min-Expires", "300"));
        assertThat(rig.lastHeader("Expires")).isEqualTo("300");
        rig.accept(300);
        rig.pass(261);
        assertThat(rig.lastHeader("Expires")).as("remembered").isEqualTo("300");
        rig.accept(300);
        usage.start();
        rig.answer(423, new RawHeader("Min-Expires", "400"));
        rig.answer(423, new RawHeader("Min-Expires", "500"));
        assertThat(rig.told()).containsExactly("registered 300", "registered 300", "refused 423");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "60", "604801", "2147483647"})
    void tooBriefWithoutSense(String min) {
        rig.register(spec(60));
        if (min.isEmpty()) {
            rig.answer(423);
        } else {
            rig.answer(423, new RawHeader("Min-Expires", min));
        }
        assertThat(rig.told()).containsExactly("refused 423");
        assertThat(rig.sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"'<sip:bob@192.0.2.1>;expires=9, <%s>;expires=120, <sip:carol@192.0.2.2>;expires=8', '', 120",
            "'<sip:bob@192.0.2.1>;expires=9, <%s>', 90, 90", "'<%s>', '', 600", "'<%s>;expires=7200', '', 600", "'<%s>;expires=junk', 70, 70",
            "'<%s>;q=0.3;expires=\"80\"', '', 80", "'\"A, b\" <%s>;expires=33', 600, 33"})
    void ourContactAmongOthers(String contacts, String header, int granted) {
        rig.register(spec(600));
        RawHeader list = new RawHeader("Contact", contacts.formatted(CONTACT));
        if (header.isEmpty()) {
            rig.answer(200, list);
        } else {
            rig.answer(200, list, new RawHeader("Expires", header));
        }
        assertThat(rig.told()).containsExactly("registered " + granted);
    }

    @Test
    void ourContactRewrittenByTheServer() {
        rig.register(spec(600));
        rig.answer(200, RegisterRig.contact("sip:" + RegisterRig.TOKEN + "@198.51.100.7:31000;ob", 60));
        assertThat(((RegisterEvent.Registered) rig.events.get(0)).contact()).isEqualTo("sip:" + RegisterRig.TOKEN + "@198.51.100.7:31000;ob");
    }

    @Test
    void anAnswerWithoutOurContactBindsNothing() {
        rig.register(spec(600));
        rig.answer(200, RegisterRig.contact("sip:mallory@192.0.2.66", 600));
        assertThat(rig.told()).containsExactly("refused 502");
        rig.assertNothingLeft();
    }

    @Test
    void anAnswerThatGrantsNothingBindsNothing() {
        rig.register(spec(600));
        rig.accept(0);
        assertThat(rig.told()).containsExactly("refused 502");
        rig.assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({"3600, 0, 3560", "3600, 0.999, 2848", "120, 0, 80", "60, 0, 30", "30, 0, 15", "30, 0.999, 12", "10, 0, 5", "2, 0, 5"})
    void refreshedBeforeItExpires(int granted, double chance, int at) {
        rig.random = 0;
        rig.register(spec(3600));
        rig.accept(granted);
        rig.pass(Math.max(5, granted > 80 ? granted - 40 : granted / 2.0) + 0.5);
        assertThat(rig.sent()).isEqualTo(2);
        rig.random = chance;
        rig.accept(granted);
        rig.pass(at - 0.5);
        assertThat(rig.sent()).isEqualTo(2);
        rig.pass(1.5);
        assertThat(rig.sent()).isEqualTo(3);
    }

    /** Those that registered together, and those whose server is back, do not come together for ever. */
    @ParameterizedTest
    @CsvSource({"3600, 0, 3560", "3600, 0.5, 1958", "3600, 0.999, 359", "60, 0.999, 5"})
    void theFirstRefreshIsAnywhereInTheTime(int granted, double chance, int at) {
        rig.random = chance;
        RegisterUsage usage = rig.register(spec(3600));
        for (int sent = 1; sent < 5; sent += 2) {
            rig.accept(granted);
            rig.pass(at - 0.5);
            assertThat(rig.sent()).isEqualTo(sent);
            rig.pass(1.5);
            assertThat(rig.sent()).isEqualTo(sent + 1);
            rig.answer(500);
            usage.start();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 305, 380, 400, 403, 404, 420, 421, 480, 500, 503, 600})
    void whatIsRefused(int code) {
        RegisterUsage usage = rig.register(spec(600));
        rig.answer(code, new RawHeader("Contact", "<sip:elsewhere.example.net>"), new RawHeader("Retry-After", "17 (soon)"));
        assertThat(rig.told()).containsExactly("refused " + code + " after 17");
        assertThat(rig.sent()).as("no redirection is followed").isEqualTo(1);
        rig.assertNothingLeft();
        usage.start();
        assertThat(rig.lastHeader("CSeq")).isEqualTo("2 REGISTER");
        assertThat(rig.door.sent.get(0).request.getCallId().getCallId()).isEqualTo(rig.last().request.getCallId().getCallId());
    }

    @Test
    void silenceAndBrokenTransports() {
        RegisterUsage usage = rig.register(spec(600));
        rig.last().timeout();
        usage.start();
        rig.last().fail();
        assertThat(rig.told()).containsExactly("refused 408", "refused 503");
    }

    @Test
    void aFirstHopWithoutOutbound() {
        rig.register(spec(600));
        rig.answer(439);
        assertThat(rig.lastHeader("Contact")).doesNotContain("reg-id").contains("+sip.instance");
        assertThat(rig.lastHeader("Supported")).isEqualTo("path");
        rig.accept(600);
        assertThat(rig.told()).containsExactly("registered 600");
    }

    @Test
    void theWayThatCallsTake() {
        rig.register(spec(600));
        rig.answer(200, RegisterRig.contact(CONTACT, 600), new RawHeader("Service-Route", "<sip:p1.example.com;lr>",
                "<sip:p2.example.com;lr>, <sip:p3.example.com;lr>"));
        assertThat(((RegisterEvent.Registered) rig.events.get(0)).serviceRoute())
                .containsExactly("sip:p1.example.com;lr", "sip:p2.example.com;lr", "sip:p3.example.com;lr");
        assertThat(((RegisterEvent.Registered) rig.events.get(0)).bound()).containsExactly(CONTACT);
    }

    @Test
    void unregistered() {
        RegisterUsage usage = rig.register(spec(600));
        rig.accept(600);
        usage.end();
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
        assertThat(rig.lastHeader("Contact")).contains(CONTACT);
        rig.challenge(401, "MD5", "n1", "");
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
        rig.answer(200);
        assertThat(rig.told()).containsExactly("registered 600", "unregistered");
        rig.assertNothingLeft();
        usage.start();
        usage.end();
        assertThat(rig.sent()).isEqualTo(3);
    }

    @Test
    void unregisteredWhileARefreshIsUnderWay() {
        RegisterUsage usage = rig.register(spec(600));
        rig.accept(600);
        usage.start();
        usage.end();
        assertThat(rig.sent()).as("one at a time (RFC 3261, section 10.2)").isEqualTo(2);
        rig.accept(600);
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
        rig.last().timeout();
        assertThat(rig.told()).containsExactly("registered 600", "unregistered");
        rig.assertNothingLeft();
    }

    @Test
    void whatMayBeBoundIsUnregisteredAndWhatIsNotIsLeftAlone() {
        RegisterUsage refused = rig.register(spec(600));
        rig.answer(403);
        refused.end();
        assertThat(rig.sent()).isEqualTo(1);
        RegisterUsage unheard = rig.register(spec(600));
        rig.last().timeout();
        unheard.end();
        assertThat(rig.sent()).isEqualTo(3);
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
    }

    @Test
    void closedWithoutAWord() {
        RegisterUsage usage = rig.register(spec(600));
        FakeDoor.Sent first = rig.last();
        usage.close();
        assertThat(first.terminated).isTrue();
        first.respond(200, "r1", null, RegisterRig.contact(CONTACT, 600));
        assertThat(rig.events).isEmpty();
        assertThat(rig.sent()).isEqualTo(1);
        rig.assertNothingLeft();
    }

    @Test
    void whatComesAgainOrLateChangesNothing() {
        rig.register(spec(600));
        FakeDoor.Sent first = rig.last();
        rig.accept(600);
        first.respond(200, "r1", null, RegisterRig.contact(CONTACT, 10));
        first.respond(403, "r1", null);
        first.timeout();
        assertThat(rig.told()).containsExactly("registered 600");
        rig.pass(559);
        assertThat(rig.sent()).isEqualTo(1);
    }

    @Test
    void whatCannotBeSentIsSaidAtOnce() {
        assertThatThrownBy(() -> rig.usage(new RegisterSpec("sip:alice@example.com", "sip:example.com;transport=tls", List.of(), null, null,
                RegisterRig.TOKEN, null, List.of(), 600, 0, false))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("tls");
        assertThatThrownBy(() -> rig.usage(new RegisterSpec("sip:alice@example.com", "sip:example.com", List.of("sip:a b"), null, null,
                RegisterRig.TOKEN, null, List.of(), 600, 0, false))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("proxy");
        assertThatThrownBy(() -> rig.usage(spec(0))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expires");
        assertThat(spec(60).toString()).doesNotContain("secret");
    }
}
