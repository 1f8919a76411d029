package io.github.camelvoice.sip;

import static io.github.camelvoice.sip.LiveRig.NONE;
import static io.github.camelvoice.sip.LiveRig.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.testkit.NameServer;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to a domain of several servers, of which the first ones are of no use. */
class LegsFailOverTest {

    private static void serve(NameServer dns, int... ports) {
        dns.put("A", "h.example.com", "127.0.0.1");
        for (int i = 0; i < ports.length; i++) {
            dns.put("SRV", "_sip._udp.example.com", i + " 0 " + ports[i] + " h.example.com");
        }
    }

    private static OutboundLeg bob() {
        return new OutboundLeg("sip:bob@example.com", null, null, "alice", "secret", null, 0, null);
    }

    @Test
    @Tag("peer")
    void aCallFindsTheThirdServerAndShowsItsCredentialsThere(@TempDir Path folder) throws Exception {
        try (NameServer dns = NameServer.start(); LiveRig rig = new LiveRig(SipConfig.loopback().withDnsServers(List.of(dns.address())), null);
             DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
             Sipp overloaded = Sipp.in(folder).limit(Duration.ofSeconds(25)).answer(SippScenario.start().takeInvite()
                     .respondToInvite("100 Trying", "").respondToInvite("503 Service Unavailable", "", "Retry-After: 30").takeRequest("ACK"));
             Sipp serving = Sipp.in(folder).limit(Duration.ofSeconds(25)).answer(SippScenario.resource("uas-auth-401.xml"))) {
            serve(dns, silent.getLocalPort(), overloaded.port(), serving.port());
            rig.behave((leg, invite) -> leg.reject(480, null, NONE), (leg, event) -> {
                if (event instanceof SignalEvent.Accepted) {
                    leg.bye(null, NONE);
                }
            });
            rig.call(bob(), OFFER);
            overloaded.mustSucceed();
            serving.mustSucceed();
            await().untilAsserted(() -> assertThat(rig.told()).containsSubsequence("Accepted", "Closed"));
            assertThat(rig.told()).doesNotContain("Rejected", "Lost");
        }
    }

    @Test
    void whoHangsUpWhileNobodyAnswersCallsNobodyElse() throws Exception {
        try (NameServer dns = NameServer.start(); LiveRig rig = new LiveRig(SipConfig.loopback().withDnsServers(List.of(dns.address())), null);
             DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress()); RawSip second = RawSip.open()) {
            silent.setSoTimeout(10_000);
            serve(dns, silent.getLocalPort(), second.port());
            rig.behave((leg, invite) -> leg.reject(480, null, NONE), (leg, event) -> { });
            SignallingLeg leg = rig.call(bob(), OFFER);
            rig.later(leg, () -> leg.cancel(null));
            await().untilAsserted(() -> assertThat(rig.told()).contains("Lost"));
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(8)).until(() -> second.requests("INVITE").isEmpty());
        }
    }
}
