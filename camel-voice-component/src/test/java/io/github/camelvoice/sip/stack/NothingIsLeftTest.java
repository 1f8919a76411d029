package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.SipConfig;
import org.junit.jupiter.api.Test;

/** Calls of all outcomes, both ways: when their time is over no transaction, table entry or timer is left. */
class NothingIsLeftTest {

    @Test
    void afterInboundCallsOfAllOutcomes() {
        try (StackRig rig = StackRig.frozen(SipConfig.loopback()); UdpPeer peer = new UdpPeer(rig.port())) {
            rig.onRequest = r -> {
                int outcome = Math.abs(r.message().getCallId().getCallId().hashCode() % 5);
                switch (r.message().getMethod()) {
                    case "ACK" -> { }
                    case "INVITE" -> {
                        if (outcome != 4) {
                            r.respond(StackRig.response(r, new int[] {200, 486, 302, 200}[outcome]));
                        }
                    }
                    case "CANCEL" -> {
                        r.respond(StackRig.response(r, 200));
                        r.cancelled().respond(StackRig.response(r.cancelled(), 487));
                    }
                    default -> r.respond(StackRig.response(r, 200));
                }
            };
            for (int i = 0; i < 300; i++) {
                String branch = "z9hG4bKb" + i;
                String callId = "c" + i;
                peer.send(Text.request("INVITE", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), branch, callId, 1));
                if (i % 3 == 0) {
                    peer.send(Text.request("CANCEL", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), branch, callId, 1));
                }
                if (i % 2 == 0) {
                    peer.send(Text.request("BYE", "sip:bob@127.0.0.1", "UDP", peer.sentBy(), branch + "b", callId, 2));
                }
                if (i % 50 == 49) {
                    peer.ping();
                }
            }
            rig.requests.forEach(r -> {
                if (r.message().getMethod().equals("INVITE")) {
                    r.respond(StackRig.response(r, 480));
                }
            });
            peer.ping();
            assertThat(rig.host.transactions()).isGreaterThan(300);
            rig.advanceSeconds(50);
            assertThat(rig.host.transactions()).isZero();
            assertThat(rig.host.remembered()).isZero();
        }
    }

    @Test
    void afterOutboundCallsOfAllOutcomes() {
        try (StackRig a = StackRig.frozen(SipConfig.loopback()); StackRig b = StackRig.frozen(SipConfig.loopback())) {
            b.onRequest = r -> {
                int outcome = r.message().getMethod().equals("INVITE") ? Math.abs(r.message().getCallId().getCallId().hashCode() % 4) : 0;
                if (outcome < 3 && !r.message().getMethod().equals("ACK")) {
                    r.respond(StackRig.response(r, new int[] {200, 486, 180}[outcome]));
                }
            };
            for (int i = 0; i < 200; i++) {
                String transport = i % 2 == 0 ? "udp" : "tcp";
                int port = i % 5 == 0 ? 9 : b.port();
                SIPRequest request = StackRig.parse(Text.request(i % 3 == 0 ? "BYE" : "INVITE",
                        "sip:bob@127.0.0.1:" + port + ";transport=" + transport, "UDP", "x:1"));
                request.removeHeader("Via");
                ClientTransactionHandle handle = a.host.send(request, new Heard(), Runnable::run);
                if (i % 7 == 0) {
                    handle.terminate();
                }
            }
            a.host.settle();
            a.advanceSeconds(50);
            b.advanceSeconds(50);
            b.requests.forEach(r -> r.respond(StackRig.response(r, 480)));
            b.host.settle();
            a.host.settle();
            for (int i = 0; i < 50; i++) {
                a.advanceSeconds(1);
                b.advanceSeconds(1);
            }
            assertThat(a.host.transactions()).isZero();
            assertThat(a.host.remembered()).isZero();
            assertThat(b.host.transactions()).isZero();
            assertThat(b.host.remembered()).isZero();
        }
    }
}
