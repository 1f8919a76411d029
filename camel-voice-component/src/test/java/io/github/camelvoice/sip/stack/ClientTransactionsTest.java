package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.SipConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of ours to a peer, over real datagrams, with a clock that stands still. */
class ClientTransactionsTest {

    private final StackRig rig = StackRig.frozen(SipConfig.loopback().withExternalAddress("voice.example.com:6060"));
    private final UdpPeer peer = new UdpPeer(rig.port());
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        peer.close();
        rig.close();
    }

    /** Without Via, as a leg gives it. */
    private SIPRequest request(String method) {
        SIPRequest request = StackRig.parse(Text.request(method, "sip:bob@" + peer.sentBy(), "UDP", "x:1"));
        request.removeHeader("Via");
        return request;
    }

    private ClientTransactionHandle send(String method) {
        return rig.host.send(request(method), heard, Runnable::run);
    }

    @Test
    void theViaTellsTheExternalAddressAndAsksForRport() {
        ClientTransactionHandle handle = send("INVITE");
        String invite = peer.receive();
        assertThat(invite.lines().toList().get(1)).matches("Via: SIP/2.0/UDP voice.example.com:6060;branch=z9hG4bK[a-z0-9]{13};rport");
        assertThat(handle.nextHop()).isEqualTo("udp:" + peer.sentBy());
        assertThat(rig.host.bindings().advertisedHost()).isEqualTo("voice.example.com");
        assertThat(rig.host.bindings().advertisedPort("tcp")).isEqualTo(6060);
    }

    @Test
    void anInviteIsRepeatedUntilSomethingCameAndGivenUpBy64T1() {
        send("INVITE");
        String first = peer.receive();
        for (int doublings = 0; doublings < 6; doublings++) {
            rig.advanceHalves(1 << doublings);
            assertThat(peer.receive()).isEqualTo(first);
        }
        assertThat(heard.isSilent()).isTrue();
        rig.advanceSeconds(1);
        assertThat(heard.next()).isEqualTo("timeout");
        rig.advanceSeconds(3);
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void aProvisionalResponseEndsTheRepetitions() {
        send("INVITE");
        String invite = peer.receive();
        peer.send(UdpPeer.answer(invite, 180, "t"));
        assertThat(heard.next()).isEqualTo("180");
        peer.send(UdpPeer.answer(invite, 183, "t"));
        assertThat(heard.next()).isEqualTo("183");
        rig.advanceSeconds(120);
        assertThat(peer.receive(50)).isNull();
        assertThat(heard.isSilent()).isTrue();
    }

    @Test
    void aFailureIsAcknowledgedOnceMoreForEachRepetition() {
        send("INVITE");
        String invite = peer.receive();
        String busy = UdpPeer.answer(invite, 486, "t");
        peer.send(busy);
        assertThat(heard.next()).isEqualTo("486");
        String ack = peer.receive();
        assertThat(ack).startsWith("ACK sip:bob@").contains("CSeq: 1 ACK", ";tag=t");
        peer.send(busy);
        assertThat(peer.receive()).isEqualTo(ack);
        assertThat(heard.isSilent()).isTrue();
        rig.advanceSeconds(40);
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void every2xxOfAnInviteIsToldForHalfAMinute() {
        send("INVITE");
        String invite = peer.receive();
        peer.send(UdpPeer.answer(invite, 180, "fork1"));
        assertThat(heard.next()).isEqualTo("180");
        peer.send(UdpPeer.answer(invite, 200, "fork1"));
        assertThat(heard.next()).isEqualTo("200");
        for (int seconds : new int[] {0, 1, 3, 20}) {
            rig.advanceSeconds(seconds);
            peer.send(UdpPeer.answer(invite, 200, "fork2"));
            assertThat(heard.next()).isEqualTo("200");
            assertThat(heard.last.getToTag()).isEqualTo("fork2");
        }
        rig.advanceSeconds(15);
        peer.send(UdpPeer.answer(invite, 200, "fork2"));
        peer.ping();
        assertThat(heard.isSilent()).isTrue();
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void anAckGoesOutAsItIs() {
        SIPRequest ack = request("ACK");
        rig.host.sendAck(ack);
        String first = peer.receive();
        assertThat(first).startsWith("ACK ").contains("branch=z9hG4bK");
        rig.host.sendAck(ack);
        assertThat(peer.receive()).isEqualTo(first);
        assertThat(rig.host.transactions()).isZero();
    }

    @Test
    void aCancelFollowsItsInvite() {
        ClientTransactionHandle handle = send("INVITE");
        String invite = peer.receive();
        peer.send(UdpPeer.answer(invite, 180, "t"));
        assertThat(heard.next()).isEqualTo("180");
        handle.cancel("SIP;cause=200;text=\"Call completed elsewhere\"");
        String cancel = peer.receive();
        assertThat(cancel).startsWith("CANCEL sip:bob@").contains("CSeq: 1 CANCEL").containsIgnoringCase("Reason: SIP;cause=200");
        assertThat(cancel.lines().filter(l -> l.startsWith("Via")).toList())
                .isEqualTo(invite.lines().filter(l -> l.startsWith("Via")).toList());
        peer.send(UdpPeer.answer(cancel, 200, "t"));
        peer.send(UdpPeer.answer(invite, 487, "t"));
        assertThat(heard.next()).isEqualTo("487");
        assertThat(peer.receive()).startsWith("ACK ");
        handle.cancel(null);
        assertThat(peer.receive(50)).isNull();
        rig.advanceSeconds(40);
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void aByeHearsItsAnswerOnce() {
        send("BYE");
        String bye = peer.receive();
        rig.advanceSeconds(1);
        assertThat(peer.receive()).isEqualTo(bye);
        peer.send(UdpPeer.answer(bye, 200, "t"));
        assertThat(heard.next()).isEqualTo("200");
        peer.send(UdpPeer.answer(bye, 200, "t"));
        peer.ping();
        assertThat(heard.isSilent()).isTrue();
        rig.advanceSeconds(10);
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void whatIsTerminatedIsSilent() {
        ClientTransactionHandle handle = send("INVITE");
        String invite = peer.receive();
        handle.terminate();
        peer.send(UdpPeer.answer(invite, 200, "t"));
        peer.ping();
        rig.advanceSeconds(40);
        assertThat(heard.isSilent()).isTrue();
        assertThat(peer.receive(50)).isNull();
        assertThat(rig.host.transactions()).isZero();
    }

    @Test
    void whatCannotBeSentSaysWhy() {
        SIPRequest nowhere = StackRig.parse(Text.request("OPTIONS", "sip:bob@127.0.0.1;transport=sctp", "UDP", "x:1"));
        rig.host.send(nowhere, heard, Runnable::run);
        assertThat(heard.next()).isEqualTo("failed: transport sctp is not supported");
        rig.host.send(StackRig.parse(Text.request("OPTIONS", "tel:+49123", "UDP", "x:1")), heard, Runnable::run);
        assertThat(heard.next()).contains("no SIP URI");
        SIPRequest big = request("INFO");
        big.setMessageContent(new byte[70_000]);
        rig.host.send(big, heard, Runnable::run);
        assertThat(heard.next()).startsWith("failed: cannot send to udp:" + peer.sentBy());
        rig.advanceSeconds(40);
        assertThat(rig.host.transactions()).isZero();
    }
}
