package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.SipConfig;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of ours to a domain of three servers (RFC 3263, section 4.3), over real datagrams, with a clock that stands still. */
class FailoverTest {

    private final Zone zone = new Zone();
    private final StackRig rig = StackRig.frozen(SipConfig.loopback(), zone);
    private final UdpPeer a = new UdpPeer(rig.port());
    private final UdpPeer b = new UdpPeer(rig.port());
    private final UdpPeer c = new UdpPeer(rig.port());
    private final Heard heard = new Heard();

    FailoverTest() {
        zone.serve("example.com", a, b, c);
    }

    @AfterEach
    void close() {
        List.of(a, b, c).forEach(UdpPeer::close);
        rig.close();
    }

    private ClientTransactionHandle send(String method, Flow first, String... headers) {
        SIPRequest request = StackRig.parse(Text.request(method, "sip:bob@example.com", "UDP", "x:1", headers));
        request.removeHeader("Via");
        for (String needed : List.of("Contact: <sip:us@127.0.0.1>", "Event: presence", "Refer-To: <sip:c@example.com>")) {
            String name = needed.substring(0, needed.indexOf(':'));
            if (request.getHeader(name) == null) {
                request.setHeader(Replies.header(name, needed.substring(name.length() + 2)));
            }
        }
        if (headers.length > 0) {
            request.setHeader(Replies.header("To", "<sip:bob@example.com>;tag=theirs"));
        }
        return rig.host.send(request, first, heard, Runnable::run);
    }

    private ClientTransactionHandle send(String method) {
        return send(method, null);
    }

    private void nothingIsLeft() {
        rig.advanceSeconds(45);
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    private static String line(String message, String name) {
        return message.lines().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    }

    private static void drain(UdpPeer peer) {
        while (peer.receive(50) != null) {
            // Repetitions.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "REGISTER", "SUBSCRIBE", "PUBLISH", "OPTIONS", "REFER"})
    void whoIsSilentForFourSecondsIsGivenUp(String method) {
        ClientTransactionHandle handle = send(method);
        String first = a.receive();
        rig.advanceHalves(7);
        assertThat(b.receive(50)).isNull();
        rig.advanceHalves(1);
        String second = b.receive();
        assertThat(line(second, "Via")).isNotEqualTo(line(first, "Via"));
        for (String same : new String[] {"Call-ID", "CSeq", "From", "To"}) {
            assertThat(line(second, same)).isEqualTo(line(first, same));
        }
        b.send(UdpPeer.answer(second, 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        assertThat(handle.flow()).isEqualTo(new Flow("udp", new InetSocketAddress(b.address(), b.port()), "example.com"));
        assertThat(handle.addresses()).hasSize(3);
        assertThat(handle.nextHop()).isEqualTo("udp:example.com:5060");
        rig.advanceSeconds(5);
        assertThat(c.receive(50)).isNull();
        assertThat(heard.isSilent()).isTrue();
        nothingIsLeft();
    }

    @Test
    void whoWasSilentIsAskedLastByTheNextRequest() {
        send("OPTIONS");
        a.receive();
        rig.advanceSeconds(4);
        b.send(UdpPeer.answer(b.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        drain(a);
        send("OPTIONS");
        b.send(UdpPeer.answer(b.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        assertThat(a.receive(50)).isNull();
        rig.advanceSeconds(31);
        drain(a);
        send("OPTIONS");
        a.send(UdpPeer.answer(a.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
    }

    @Test
    void a503SendsTheRequestOnAtOnceAndItsRetryAfterIsHonoured() {
        send("INVITE");
        String first = a.receive();
        a.send(UdpPeer.answer(first, 100, null));
        assertThat(heard.next()).isEqualTo("100");
        a.send(UdpPeer.answer(first, 503, "t", "Retry-After: 100"));
        assertThat(a.receive()).startsWith("ACK ");
        b.send(UdpPeer.answer(b.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        rig.advanceSeconds(99);
        send("OPTIONS");
        b.send(UdpPeer.answer(b.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        rig.advanceSeconds(1);
        send("OPTIONS");
        a.send(UdpPeer.answer(a.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
    }

    @Test
    void aRetryAfterOfAYearCountsFiveMinutes() {
        send("OPTIONS");
        a.send(UdpPeer.answer(a.receive(), 503, "t", "Retry-After: 31536000"));
        b.send(UdpPeer.answer(b.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        rig.advanceSeconds(300);
        send("OPTIONS");
        a.send(UdpPeer.answer(a.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
    }

    @Test
    void theLastWordIsThe503OfOneWhereTheOthersAreSilent() {
        send("REGISTER");
        a.send(UdpPeer.answer(a.receive(), 503, "t"));
        b.receive();
        rig.advanceSeconds(4);
        c.receive();
        rig.advanceSeconds(27);
        assertThat(heard.isSilent()).isTrue();
        rig.advanceSeconds(1);
        assertThat(heard.next()).isEqualTo("503");
        nothingIsLeft();
        assertThat(heard.isSilent()).isTrue();
    }

    @Test
    void allSayThatTheyAreOverloaded() {
        send("INVITE");
        for (UdpPeer peer : List.of(a, b, c)) {
            peer.send(UdpPeer.answer(peer.receive(), 503, "t"));
            assertThat(peer.receive()).startsWith("ACK ");
        }
        assertThat(heard.next()).isEqualTo("503");
        nothingIsLeft();
        assertThat(heard.isSilent()).isTrue();
    }

    @Test
    void allAreSilent() {
        send("INVITE");
        a.receive();
        rig.advanceSeconds(4);
        b.receive();
        rig.advanceSeconds(4);
        c.receive();
        rig.advanceSeconds(23);
        assertThat(heard.isSilent()).isTrue();
        rig.advanceSeconds(1);
        assertThat(heard.next()).isEqualTo("timeout");
        nothingIsLeft();
        assertThat(heard.isSilent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 404, 486, 500, 504, 600, 603})
    void anyOtherAnswerIsTheLast(int code) {
        send("INVITE");
        a.send(UdpPeer.answer(a.receive(), code, "t"));
        assertThat(heard.next()).isEqualTo(String.valueOf(code));
        rig.advanceSeconds(5);
        assertThat(b.receive(50)).isNull();
    }

    @Test
    void afterAnEarlyDialogNoOtherServerIsAsked() {
        send("INVITE");
        String invite = a.receive();
        a.send(UdpPeer.answer(invite, 180, "t"));
        assertThat(heard.next()).isEqualTo("180");
        rig.advanceSeconds(60);
        assertThat(b.receive(50)).isNull();
        a.send(UdpPeer.answer(invite, 503, "t"));
        assertThat(heard.next()).isEqualTo("503");
        assertThat(b.receive(50)).isNull();
    }

    @Test
    void inADialogThereIsOneTry() {
        send("INFO", null, "X-In: dialog");
        a.send(UdpPeer.answer(a.receive(), 503, null));
        assertThat(heard.next()).isEqualTo("503");
        assertThat(b.receive(50)).isNull();
    }

    @Test
    void whoAnswersLateIsCancelledWhereAnotherRingsAlready() {
        send("INVITE");
        String late = a.receive();
        rig.advanceSeconds(4);
        String second = b.receive();
        drain(a);
        b.send(UdpPeer.answer(second, 180, "t"));
        assertThat(heard.next()).isEqualTo("180");
        a.send(UdpPeer.answer(late, 180, "late"));
        String cancel = a.receive();
        assertThat(cancel).startsWith("CANCEL ");
        assertThat(line(cancel, "Via")).isEqualTo(line(late, "Via"));
        a.send(UdpPeer.answer(cancel, 200, "late"));
        a.send(UdpPeer.answer(late, 487, "late"));
        assertThat(a.receive()).startsWith("ACK ");
        b.send(UdpPeer.answer(second, 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        nothingIsLeft();
        assertThat(heard.isSilent()).isTrue();
    }

    @Test
    void whoAnswersLateHasTheCallWhereNobodyElseDoes() {
        send("INVITE");
        String late = a.receive();
        rig.advanceSeconds(4);
        String second = b.receive();
        drain(a);
        a.send(UdpPeer.answer(late, 180, "late"));
        assertThat(heard.next()).isEqualTo("180");
        b.send(UdpPeer.answer(second, 180, "t"));
        drain(b);
        a.send(UdpPeer.answer(late, 200, "late"));
        assertThat(heard.next()).isEqualTo("200");
        assertThat(heard.last.getToTag()).isEqualTo("late");
        b.send(UdpPeer.answer(second, 487, "t"));
        nothingIsLeft();
        assertThat(heard.isSilent()).isTrue();
    }

    @Test
    void twoWhoAcceptAreBothTold() {
        send("INVITE");
        String late = a.receive();
        rig.advanceSeconds(4);
        String second = b.receive();
        b.send(UdpPeer.answer(second, 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        a.send(UdpPeer.answer(late, 200, "late"));
        assertThat(heard.next()).isEqualTo("200");
        assertThat(heard.last.getToTag()).isEqualTo("late");
        nothingIsLeft();
    }

    @Test
    void theOtherOneIsCancelledWhenOneAccepts() {
        send("INVITE");
        String late = a.receive();
        rig.advanceSeconds(4);
        String second = b.receive();
        drain(a);
        b.send(UdpPeer.answer(second, 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        a.send(UdpPeer.answer(late, 180, "late"));
        assertThat(a.receive()).startsWith("CANCEL ");
        a.send(UdpPeer.answer(late, 487, "late"));
        nothingIsLeft();
        assertThat(heard.isSilent()).isTrue();
    }

    @Test
    void whatNobodyWantsAnyMoreAsksNobodyElse() {
        ClientTransactionHandle handle = send("INVITE");
        String invite = a.receive();
        handle.settle();
        rig.advanceSeconds(10);
        assertThat(b.receive(50)).isNull();
        drain(a);
        a.send(UdpPeer.answer(invite, 180, "t"));
        assertThat(heard.next()).isEqualTo("180");
        handle.cancel(null);
        assertThat(a.receive()).startsWith("CANCEL ");
        a.send(UdpPeer.answer(invite, 503, "t"));
        assertThat(heard.next()).isEqualTo("503");
        assertThat(b.receive(50)).isNull();
    }

    @Test
    void whatIsTerminatedAsksNobodyElse() {
        ClientTransactionHandle handle = send("REGISTER");
        a.receive();
        handle.terminate();
        nothingIsLeft();
        assertThat(b.receive(50)).isNull();
        assertThat(heard.isSilent()).isTrue();
    }

    @Test
    void aConnectionThatIsRefusedSendsTheRequestOnAtOnce() {
        zone.put("SRV _sip._tcp.example.org", "1 0 1 h0.example.com.", "2 0 2 h0.example.com.");
        zone.put("SRV _sip._udp.example.org", "1 0 " + b.port() + " h1.example.com.");
        zone.put("NAPTR example.org", "1 1 s SIP+D2T \"\" _sip._tcp.example.org", "2 1 s SIP+D2U \"\" _sip._udp.example.org");
        SIPRequest request = StackRig.parse(Text.request("REGISTER", "sip:example.org", "UDP", "x:1"));
        request.removeHeader("Via");
        rig.host.send(request, heard, Runnable::run);
        String came = b.receive();
        assertThat(line(came, "Via")).startsWith("Via: SIP/2.0/UDP");
        b.send(UdpPeer.answer(came, 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        await().until(() -> rig.host.connections() == 0);
    }

    @Test
    void theFlowOfARegistrationComesFirstAndIsNotAlone() {
        Flow flow = new Flow("udp", new InetSocketAddress(c.address(), c.port()), "example.com");
        send("INVITE", flow);
        c.send(UdpPeer.answer(c.receive(), 503, "t"));
        a.send(UdpPeer.answer(a.receive(), 486, "t"));
        assertThat(heard.next()).isEqualTo("486");
        zone.down = true;
        rig.advanceSeconds(4000);
        drain(c);
        send("OPTIONS", flow);
        c.send(UdpPeer.answer(c.receive(), 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
    }

    @Test
    void aNameServerThatIsSlowIsNotWaitedForForEver() {
        Dns slow = new Dns() {
            @Override
            List<String> records(String name, String type) {
                await().pollDelay(java.time.Duration.ofMillis(300)).until(() -> true);
                return List.of();
            }
        };
        try (StackRig other = StackRig.frozen(SipConfig.loopback(), slow)) {
            Heard told = other.send("OPTIONS", "sip:bob@localhost.example.com;transport=udp");
            other.advanceSeconds(12);
            assertThat(told.next()).startsWith("failed: cannot send to udp:localhost.example.com:5060: ").contains("takes too long");
            other.advanceSeconds(1);
        }
    }
}
