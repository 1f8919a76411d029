package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls through a record-routing proxy: every request within the dialog must take the way of the INVITE. */
@Tag("peer")
class KamailioTest {

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static EngineRig rig;

    @BeforeAll
    static void open() {
        pki = TestPki.create(folder);
        rig = EngineRig.start(config -> config.tlsPort(0).tls(pki.context(pki.identity("engine", "IP:127.0.0.1"))));
        rig.on("answer", ANSWER);
        rig.on("goodbye", ANSWER, HANG_UP);
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private static Kamailio proxy(Wire towardsUs) {
        return Kamailio.start(folder, switch (towardsUs) {
            case UDP -> "127.0.0.1:" + rig.port();
            case TCP -> "127.0.0.1:" + rig.port() + ";transport=tcp";
            default -> "127.0.0.1:" + rig.tlsPort() + ";transport=tls";
        }, pki);
    }

    private static OutboundLeg through(String proxy, String target, String from, String user) {
        return new OutboundLeg(target, from, null, user, user == null ? null : Kamailio.PASSWORD, proxy, 0, SipHeaders.none());
    }

    @ParameterizedTest
    @EnumSource
    void calledThroughTheProxy(Wire towardsUs) {
        try (Kamailio proxy = proxy(towardsUs)) {
            SippScenario theirBye = SippScenario.start().invite().maybe(100).expect(200, "Record-Route", "lr").ack().pause(100).endCaller();
            Sipp.in(folder).call("answer", proxy.port(), theirBye).mustSucceed();
            assertThat(EngineRig.end(rig.inbound()).endedBy()).isEqualTo(EndCause.Origin.REMOTE);
            assertThat(rig.inbound().snapshot().transport()).isEqualToIgnoringCase(towardsUs.name());
            assertThat(proxy.routed("BYE")).isEqualTo(1);
            SippScenario ourBye = SippScenario.start().invite().maybe(100).expect(200).ack().takeRequest("BYE").respond("200 OK");
            Sipp.in(folder).call("goodbye", proxy.port(), ourBye).mustSucceed();
            assertThat(EngineRig.end(rig.inbound()).endedBy()).isEqualTo(EndCause.Origin.LOCAL);
            assertThat(proxy.routed("BYE")).isEqualTo(2);
            assertThat(proxy.routed("ACK")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callingThroughTheProxyWithCredentials(Wire towardsTheProxy) {
        try (Kamailio proxy = proxy(Wire.UDP)) {
            String way = towardsTheProxy == Wire.TLS ? "sip:127.0.0.1:" + proxy.tlsPort() + ";transport=tls;lr"
                    : "sip:127.0.0.1:" + proxy.port() + ";transport=" + towardsTheProxy.name().toLowerCase(java.util.Locale.ROOT) + ";lr";
            SippScenario waits = SippScenario.start();
            waits.takeInvite().respond("180 Ringing").respondWith("200 OK", waits.sdp("sendrecv")).takeRequest("ACK").takeRequest("BYE")
                    .respond("200 OK");
            try (Sipp callee = Sipp.in(folder).answer(waits)) {
                Call call = rig.place(through(way, "sip:bob@127.0.0.1:" + callee.port(), "sip:alice@secure.invalid", "alice"),
                        Duration.ofSeconds(20));
                EngineRig.answered(call);
                EngineRig.run(call, HANG_UP);
                callee.mustSucceed();
                assertThat(EngineRig.end(call).kind()).isEqualTo(EndCause.Kind.NORMAL);
                assertThat(proxy.routed("ACK")).isEqualTo(1);
                assertThat(proxy.routed("BYE")).isEqualTo(1);
            }
            SippScenario hangsUp = SippScenario.start();
            hangsUp.takeInvite().respond("180 Ringing").respondWith("200 OK", hangsUp.sdp("sendrecv")).takeRequest("ACK").pause(100).bye().expect(200);
            try (Sipp callee = Sipp.in(folder).answer(hangsUp)) {
                Call call = rig.place(through(way, "sip:bob@127.0.0.1:" + callee.port(), "sip:alice@secure.invalid", "alice"),
                        Duration.ofSeconds(20));
                assertThat(EngineRig.end(call).endedBy()).isEqualTo(EndCause.Origin.REMOTE);
                callee.mustSucceed();
                assertThat(proxy.routed("BYE")).isEqualTo(2);
            }
        }
    }

    @Test
    void withoutCredentialsTheProxyKeepsUsOut() {
        try (Kamailio proxy = proxy(Wire.UDP)) {
            Call call = rig.place(through("sip:127.0.0.1:" + proxy.port() + ";lr", "sip:bob@127.0.0.1:9", "sip:alice@secure.invalid", null),
                    Duration.ofSeconds(20));
            EndCause cause = EngineRig.end(call);
            assertThat(cause.sipCode()).isEqualTo(407);
            assertThat(cause.kind()).isEqualTo(EndCause.Kind.UNAUTHORIZED);
        }
    }

    @Test
    void givenUpThroughTheProxy() {
        SippScenario rings = SippScenario.start().takeProxiedInvite().respond("180 Ringing").takeRequest("CANCEL").respond("200 OK");
        rings.respondToInvite("487 Request Terminated", "").takeRequest("ACK");
        try (Kamailio proxy = proxy(Wire.UDP); Sipp callee = Sipp.in(folder).answer(rings)) {
            Call call = rig.place(through("sip:127.0.0.1:" + proxy.port() + ";lr", "sip:bob@127.0.0.1:" + callee.port(), null, null),
                    Duration.ofSeconds(20));
            EngineRig.reached(call, Milestone.RINGING);
            EngineRig.run(call, HANG_UP);
            assertThat(EngineRig.end(call).kind()).isEqualTo(EndCause.Kind.CANCELLED);
            callee.mustSucceed();
        }
    }

    @Test
    void aRegisteredPhoneIsCalledAndHeld() {
        try (Kamailio proxy = proxy(Wire.UDP); Baresip phone = Baresip.registered(folder, pki, "PCMU", proxy)) {
            Call call = rig.place("sip:phone@127.0.0.1:" + proxy.port());
            EngineRig.answered(call);
            EngineRig.run(call, new CallCommand.Hold());
            EngineRig.run(call, new CallCommand.Resume());
            assertThat(rig.told(call, VoiceEvent.Held.class)).hasSize(1);
            assertThat(proxy.routed("INVITE")).isEqualTo(2);
            phone.hangup();
            assertThat(EngineRig.end(call).endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        }
    }
}
