package io.github.camelvoice.sip;

import static io.github.camelvoice.sip.LiveRig.ANSWER;
import static io.github.camelvoice.sip.LiveRig.NONE;
import static io.github.camelvoice.sip.LiveRig.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of a call of ours with Kamailio in the middle: record-routed, challenged with 407, its session changed and ended. */
@Tag("peer")
class LegsBehindProxyTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void everyRequestOfTheDialogGoesThroughTheProxy(String transport) throws Exception {
        try (LiveRig rig = new LiveRig(null);
                Kamailio kamailio = Kamailio.start(folder, "127.0.0.1:" + rig.port() + ";transport=" + transport, TestPki.create(folder))) {
            rig.behave((leg, invite) -> {
                assertThat(invite.headers().all("Record-Route")).isNotEmpty();
                leg.provisional(183, null, ANSWER, true, NONE);
                leg.accept(ANSWER, NONE);
            }, (leg, event) -> {
                if (event instanceof SignalEvent.Accepted) {
                    leg.modify(OFFER + "a=sendonly\r\n", false);
                } else if (event instanceof SignalEvent.OfferReceived) {
                    leg.answerOffer(ANSWER);
                } else if (event instanceof SignalEvent.OfferAnswered) {
                    leg.info("application/dtmf-relay", "Signal=1\r\n");
                } else if (event instanceof SignalEvent.InfoReceived) {
                    leg.bye("SIP;cause=200", NONE);
                }
            });
            String proxy = "sip:127.0.0.1:" + kamailio.port() + ";transport=" + transport;
            rig.call(new OutboundLeg("sip:bob@127.0.0.1:" + rig.port() + ";transport=" + transport, "sip:alice@secure.invalid", null, "alice",
                    Kamailio.PASSWORD, proxy, 0, null), OFFER);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(rig.told()).contains("Provisional", "Accepted", "Acked", "OfferReceived", "OfferAnswered", "InfoReceived", "ByeReceived");
                assertThat(rig.told().stream().filter("Closed"::equals)).hasSize(2);
                assertThat(rig.signalling.liveLegs()).isZero();
            });
            for (String method : new String[] {"PRACK", "INVITE", "INFO", "BYE"}) {
                assertThat(kamailio.routed(method)).as(method).isEqualTo(1);
            }
            assertThat(kamailio.routed("ACK")).isEqualTo(2);
        }
    }
}
