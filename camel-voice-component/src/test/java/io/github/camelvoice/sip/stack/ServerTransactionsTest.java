package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.sip.SipConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests from a peer, over real datagrams, with a clock that stands still. */
class ServerTransactionsTest {

    private final StackRig rig = StackRig.frozen(SipConfig.loopback().withMaxInvitesPerSource(3));
    private final UdpPeer peer = new UdpPeer(rig.port());

    @AfterEach
    void close() {
        peer.close();
        rig.close();
    }

    private String invite(String branch, String callId) {
        return Text.request("INVITE", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), branch, callId, 1);
    }

    private String ack(String branch, String callId) {
        return Text.request("ACK", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), branch, callId, 1)
                .replace("To: <sip:bob@127.0.0.1>", "To: <sip:bob@127.0.0.1>;tag=ours");
    }

    @Test
    void anInviteGets100AtOnceAndItsResponsesInOrder() {
        peer.send(invite("z9hG4bKa", "a"));
        assertThat(peer.receive()).startsWith("SIP/2.0 100 Trying").contains("received=" + peer.address(), "rport=" + peer.port());
        InboundRequest request = rig.request();
        assertThat(request.transport()).isEqualTo("udp");
        assertThat(request.source().getPort()).isEqualTo(peer.port());
        assertThat(request.authenticatedUser()).isEmpty();
        request.respond(StackRig.response(request, 180));
        request.respond(StackRig.response(request, 183));
        request.respond(StackRig.response(request, 200));
        request.respond(StackRig.response(request, 486));
        assertThat(peer.receive()).startsWith("SIP/2.0 180 ");
        assertThat(peer.receive()).startsWith("SIP/2.0 183 ");
        assertThat(peer.receive()).startsWith("SIP/2.0 200 ").contains("tag=ours");
        assertThat(peer.ping()).startsWith("SIP/2.0 200");
    }

    @Test
    void repetitionsGetTheLastResponseAndGoNoFurther() {
        String invite = invite("z9hG4bKa", "a");
        peer.send(invite);
        peer.receive();
        InboundRequest request = rig.request();
        peer.send(invite);
        assertThat(peer.receive()).startsWith("SIP/2.0 100 ");
        request.respond(StackRig.response(request, 180));
        peer.receive();
        peer.send(invite);
        assertThat(peer.receive()).startsWith("SIP/2.0 180 ");
        assertThat(rig.requests).isEmpty();
    }

    @Test
    void afterA2xxTheOwnerIsAskedToRepeatIt() {
        String invite = invite("z9hG4bKa", "a");
        peer.send(invite);
        peer.receive();
        InboundRequest request = rig.request();
        request.respond(StackRig.response(request, 200));
        peer.receive();
        for (int seconds : new int[] {0, 1, 1, 20, 9}) {
            rig.advanceSeconds(seconds);
            peer.send(invite);
            assertThat(StackRig.take(rig.repeated)).isSameAs(request);
        }
        request.respond(StackRig.response(request, 200));
        assertThat(peer.receive()).startsWith("SIP/2.0 200 ");
        assertThat(rig.requests).isEmpty();
        peer.send(ack("z9hG4bKother", "a"));
        assertThat(rig.request().message().getMethod()).isEqualTo("ACK");
        rig.advanceSeconds(40);
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void aFailureIsRepeatedUntilItsAckWhichNobodySees() {
        peer.send(invite("z9hG4bKa", "a"));
        peer.receive();
        InboundRequest request = rig.request();
        request.respond(StackRig.response(request, 486));
        assertThat(peer.receive()).startsWith("SIP/2.0 486 ");
        rig.advanceSeconds(1);
        assertThat(peer.receive()).startsWith("SIP/2.0 486 ");
        peer.send(ack("z9hG4bKa", "a"));
        peer.ping();
        assertThat(rig.requests).isEmpty();
        rig.advanceSeconds(12);
        assertThat(peer.receive(50)).isNull();
        assertThat(rig.host.transactions()).isZero();
    }

    @Test
    void withoutAckAFailureEndsBy64T1() {
        peer.send(invite("z9hG4bKa", "a"));
        InboundRequest request = rig.request();
        request.respond(StackRig.response(request, 404));
        rig.host.settle();
        rig.advanceSeconds(42);
        assertThat(rig.host.transactions()).isZero();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void theAckOfA2xxGoesUpWhateverItsBranch() {
        peer.send(invite("z9hG4bKa", "a"));
        InboundRequest request = rig.request();
        request.respond(StackRig.response(request, 200));
        rig.host.settle();
        peer.send(ack("z9hG4bKa", "a"));
        InboundRequest ack = rig.request();
        assertThat(ack.message().getMethod()).isEqualTo("ACK");
        ack.respond(StackRig.response(ack, 200));
        peer.send(ack("z9hG4bKnew", "a"));
        assertThat(rig.request().message().getTopmostVia().getBranch()).isEqualTo("z9hG4bKnew");
    }

    @Test
    void aCancelLeadsToItsInvite() {
        peer.send(invite("z9hG4bKa", "a"));
        peer.receive();
        InboundRequest invite = rig.request();
        invite.attach("leg");
        peer.send(Text.request("CANCEL", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), "z9hG4bKa", "a", 1));
        InboundRequest cancel = rig.request();
        assertThat(cancel.cancelled()).isSameAs(invite);
        assertThat(cancel.cancelled().attachment()).isEqualTo("leg");
        cancel.respond(StackRig.response(cancel, 200));
        invite.respond(StackRig.response(invite, 487));
        assertThat(peer.receive()).startsWith("SIP/2.0 200 ").contains("CSeq: 1 CANCEL");
        assertThat(peer.receive()).startsWith("SIP/2.0 487 ").contains("CSeq: 1 INVITE");
    }

    @Test
    void aCancelOfNothingOrFromElsewhereGets481() {
        peer.send(Text.request("CANCEL", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), "z9hG4bKnone", "x", 1));
        assertThat(peer.receive()).startsWith("SIP/2.0 481 ");
        assertThat(rig.requests).isEmpty();
    }

    @Test
    void theSameRequestOnTwoWaysIsMerged() {
        peer.send(invite("z9hG4bKa", "a"));
        peer.receive();
        rig.request();
        peer.send(invite("z9hG4bKb", "a"));
        assertThat(peer.receive()).startsWith("SIP/2.0 482 ");
        assertThat(rig.requests).isEmpty();
    }

    @Test
    void tooManyUndecidedCallsOfOneSourceGet503() {
        for (int i = 0; i < 3; i++) {
            peer.send(invite("z9hG4bKa" + i, "a" + i));
            assertThat(peer.receive()).startsWith("SIP/2.0 100 ");
        }
        peer.send(invite("z9hG4bKb", "b"));
        assertThat(peer.receive()).startsWith("SIP/2.0 503 ").contains("Retry-After: 5");
        InboundRequest first = rig.request();
        first.respond(StackRig.response(first, 200));
        peer.receive();
        peer.send(invite("z9hG4bKc", "c"));
        assertThat(peer.receive()).startsWith("SIP/2.0 100 ");
        peer.ping();
        assertThat(rig.requests).hasSize(3);
    }

    @Test
    void aBugAboveIsA500() {
        rig.onRequest = r -> {
            throw new IllegalStateException("secret");
        };
        peer.send(invite("z9hG4bKa", "a"));
        assertThat(peer.receive()).startsWith("SIP/2.0 100 ");
        assertThat(peer.receive()).startsWith("SIP/2.0 500 ").doesNotContain("secret");
        assertThat(peer.ping()).startsWith("SIP/2.0 200");
    }

    @Test
    void optionsAreAnsweredWithoutAnybody() {
        assertThat(peer.ping()).startsWith("SIP/2.0 200 OK").contains("Allow: INVITE", "Accept: application/sdp", "Supported: ")
                .doesNotContain("Server:", "User-Agent:");
        assertThat(rig.host.transactions()).isZero();
        rig.inDialog = true;
        peer.send(Text.request("OPTIONS", "sip:bob@127.0.0.1", "UDP", peer.sentBy()).replace("To: <sip:bob@127.0.0.1>",
                "To: <sip:bob@127.0.0.1>;tag=x"));
        assertThat(rig.request().message().getMethod()).isEqualTo("OPTIONS");
    }

    @Test
    void aByeThatComesAgainIsAnsweredAgain() {
        rig.onRequest = r -> r.respond(StackRig.response(r, 200));
        String bye = Text.request("BYE", "sip:bob@127.0.0.1", "UDP", peer.sentBy());
        peer.send(bye);
        String ok = peer.receive();
        for (int i = 0; i < 3; i++) {
            rig.advanceSeconds(5);
            peer.send(bye);
            assertThat(peer.receive()).isEqualTo(ok);
        }
        assertThat(rig.requests).hasSize(1);
    }

    @Test
    void aBranchHasOneOwner() {
        peer.send(invite("z9hG4bKa", "a"));
        assertThat(peer.receive()).startsWith("SIP/2.0 100 ");
        peer.send(invite("z9hG4bKa", "b").replace(peer.sentBy() + ";branch", "other.example.com:" + peer.port() + ";branch"));
        assertThat(peer.receive()).startsWith("SIP/2.0 400 ");
        InboundRequest first = rig.request();
        first.respond(StackRig.response(first, 486));
        assertThat(peer.receive()).startsWith("SIP/2.0 486 ");
        assertThat(rig.requests).isEmpty();
    }

    @Test
    void aByeLeavesNothingAfter32Seconds() {
        rig.onRequest = r -> r.respond(StackRig.response(r, 200));
        peer.send(Text.request("BYE", "sip:bob@127.0.0.1", "UDP", peer.sentBy()));
        assertThat(peer.receive()).startsWith("SIP/2.0 200 ");
        assertThat(rig.host.transactions()).isEqualTo(1);
        rig.advanceSeconds(33);
        Awaitility.await().until(() -> rig.host.transactions() == 0);
        assertThat(rig.host.remembered()).isZero();
    }
}
