package io.github.camelvoice.sip;

import static io.github.camelvoice.sip.LiveRig.ANSWER;
import static io.github.camelvoice.sip.LiveRig.NONE;
import static io.github.camelvoice.sip.LiveRig.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.spi.IncomingInvite;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.sip.leg.LegSettings;
import io.github.camelvoice.sip.stack.SipStartException;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Legs on real sockets against SIPp: the races and faults of the scenario files. */
@Tag("peer")
class LegsAgainstSippTest {

    private static final BiConsumer<SignallingLeg, IncomingInvite> ANSWER_AT_ONCE = (leg, invite) -> {
        leg.provisional(180, null, null, false, NONE);
        leg.accept(invite.offer() == null ? OFFER : ANSWER, NONE);
    };
    private static final BiConsumer<SignallingLeg, SignalEvent> NOTHING = (leg, event) -> { };

    @TempDir
    Path folder;

    private LiveRig rig;

    @BeforeEach
    void start() throws SipStartException {
        // A quarter of the RFC's T1, and session intervals of seconds: the same rules in less time.
        rig = new LiveRig(new LegSettings(125, 1000, 1800, 4, true, "voice", null));
    }

    @AfterEach
    void nothingIsLeft() {
        try (LiveRig closing = rig) {
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(closing.signalling.liveLegs()).isZero();
                assertThat(closing.told()).endsWith("Closed");
                assertThat(closing.timers.pending()).as("timers, the stack's two included").isLessThanOrEqualTo(2);
            });
        }
    }

    private Sipp calls(String scenario, String transport) {
        Sipp.Setup setup = Sipp.in(folder).limit(Duration.ofSeconds(15));
        return (transport.equals("tcp") ? setup.tcp() : setup).call("bob", rig.port(), SippScenario.resource(scenario));
    }

    private Sipp answers(String scenario, String transport) {
        Sipp.Setup setup = Sipp.in(folder).limit(Duration.ofSeconds(15));
        return (transport.equals("tcp") ? setup.tcp() : setup).answer(SippScenario.resource(scenario));
    }

    private String run(String scenario) {
        try (Sipp sipp = calls(scenario, "udp")) {
            sipp.mustSucceed();
            return sipp.messages();
        }
    }

    /** SIPp is called. @param onEvent null: hang up once it is answered */
    private String call(String scenario, String offer, BiConsumer<SignallingLeg, SignalEvent> onEvent) {
        rig.behave(ANSWER_AT_ONCE, onEvent);
        try (Sipp sipp = answers(scenario, "udp")) {
            rig.call(LiveRig.to(sipp.port(), "udp", "alice", "secret"), offer);
            sipp.mustSucceed();
            return sipp.messages();
        }
    }

    private static final BiConsumer<SignallingLeg, SignalEvent> HANG_UP = (leg, event) -> {
        if (event instanceof SignalEvent.Accepted) {
            leg.bye(null, NONE);
        }
    };

    private static final BiConsumer<SignallingLeg, SignalEvent> CANCEL = (leg, event) -> {
        if (event instanceof SignalEvent.Provisional) {
            leg.cancel("SIP;cause=200");
        }
    };

    /** SIPp may be through before we heard its last message. */
    private void assertTold(String... first) {
        await().untilAsserted(() -> assertThat(rig.told()).startsWith(first));
    }

    // ---- SIPp calls

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void inbound(String transport) {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        try (Sipp sipp = calls("uac.xml", transport)) {
            sipp.mustSucceed();
        }
        assertTold("Acked", "ByeReceived");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void inboundHungUpByUs(String transport) {
        rig.behave(ANSWER_AT_ONCE, (leg, event) -> {
            if (event instanceof SignalEvent.Acked) {
                leg.bye("SIP;cause=200", NONE);
            }
        });
        try (Sipp sipp = calls("uac-hung-up.xml", transport)) {
            sipp.mustSucceed();
        }
    }

    @Test
    void noAck() {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        String messages = run("uac-no-ack.xml");
        assertThat(messages.split("SIP/2.0 200 OK", -1).length).isGreaterThan(8);
        assertTold("Lost");
    }

    @Test
    void cancelled() {
        rig.behave((leg, invite) -> leg.provisional(180, null, null, false, NONE), NOTHING);
        run("uac-cancel.xml");
        assertTold("Cancelled");
        SignalEvent.Cancelled cancelled = (SignalEvent.Cancelled) rig.events.peek();
        assertThat(cancelled.headers().first("Reason").orElse("")).contains("elsewhere");
    }

    @Test
    void cancelThatCrossesThe200() {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        run("uac-cancel-crosses-200.xml");
        assertTold("Acked", "ByeReceived");
    }

    @Test
    void lateOffer() {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        run("uac-late-offer.xml");
        assertTold("Acked");
        assertThat(((SignalEvent.Acked) rig.events.peek()).sdp()).contains("m=audio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uac-prack.xml", "uac-prack-lost.xml"})
    void reliableProvisionalResponses(String scenario) {
        rig.behave((leg, invite) -> {
            leg.provisional(183, null, ANSWER, true, NONE);
            leg.accept(ANSWER, NONE);
        }, NOTHING);
        run(scenario);
        assertTold("Acked", "ByeReceived");
    }

    @Test
    void intervalTooBrief() throws SipStartException {
        rig.close();
        rig = new LiveRig(new LegSettings(500, 4000, 1800, 90, true, "voice", null));
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        run("session-timer-422.xml");
        assertTold("Acked", "ByeReceived");
    }

    @Test
    void sessionExpires() {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        run("uac-session-expires.xml");
        assertTold("Acked", "Lost");
    }

    @Test
    void sessionRefreshedByUs() {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        run("uac-session-refreshed.xml");
        assertTold("Acked", "ByeReceived");
    }

    @Test
    void reInvites() {
        rig.behave(ANSWER_AT_ONCE, (leg, event) -> {
            if (event instanceof SignalEvent.OfferReceived offer) {
                leg.answerOffer(offer.sdp() == null ? OFFER : ANSWER);
            }
        });
        run("uac-reinvite.xml");
        assertTold("Acked", "OfferReceived", "OfferReceived", "Acked", "ByeReceived");
    }

    @Test
    void update() {
        rig.behave(ANSWER_AT_ONCE, (leg, event) -> {
            if (event instanceof SignalEvent.OfferReceived) {
                leg.answerOffer(ANSWER);
            }
        });
        run("uac-update.xml");
    }

    @Test
    void glare() {
        rig.behave(ANSWER_AT_ONCE, (leg, event) -> {
            if (event instanceof SignalEvent.Acked) {
                leg.modify(OFFER, false);
            }
        });
        run("reinvite-glare-491.xml");
        assertTold("Acked", "OfferAnswered", "ByeReceived");
    }

    @Test
    void unknownDialog() {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        run("uac-unknown-dialog-481.xml");
    }

    // ---- SIPp is called

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void outbound(String transport) {
        rig.behave(ANSWER_AT_ONCE, HANG_UP);
        try (Sipp sipp = answers("uas.xml", transport)) {
            rig.call(LiveRig.to(sipp.port(), transport), OFFER);
            sipp.mustSucceed();
        }
        await().untilAsserted(() -> assertThat(rig.told()).containsExactly("Provisional", "Accepted", "Closed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void outboundHungUpByThem(String transport) {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        try (Sipp sipp = answers("uas-hangs-up.xml", transport)) {
            rig.call(LiveRig.to(sipp.port(), transport), OFFER);
            sipp.mustSucceed();
        }
        await().untilAsserted(() -> assertThat(rig.told()).containsExactly("Provisional", "Accepted", "ByeReceived", "Closed"));
    }

    @Test
    void nobodyListens() {
        rig.behave(ANSWER_AT_ONCE, NOTHING);
        rig.call(LiveRig.to(Peers.freePort(), "tcp"), OFFER);
        assertTold("Lost", "Closed");
        assertThat(((SignalEvent.Lost) rig.events.peek()).cause().endedBy()).isEqualTo(EndCause.Origin.TRANSPORT);
    }

    @Test
    void busy() {
        call("uas-busy.xml", OFFER, NOTHING);
        assertTold("Rejected");
        SignalEvent.Rejected rejected = rig.events.stream().filter(SignalEvent.Rejected.class::isInstance)
                .map(SignalEvent.Rejected.class::cast).findFirst().orElseThrow();
        assertThat(rejected.code()).isEqualTo(486);
        assertThat(rejected.headers().first("X-Why")).contains("lunch");
    }

    @Test
    void cancelledByUs() {
        call("uas-cancelled.xml", OFFER, CANCEL);
        assertTold("Provisional", "Rejected");
    }

    @Test
    void ourCancelCrossesThe200() {
        call("uas-cancel-crosses-200.xml", OFFER, CANCEL);
        await().untilAsserted(() -> assertThat(rig.told()).containsExactly("Provisional", "Closed"));
    }

    @Test
    void forkThatAnswersTwice() {
        call("uas-fork-two-200.xml", OFFER, hangUpLater);
        assertTold("Provisional", "Provisional", "Accepted");
    }

    private final BiConsumer<SignallingLeg, SignalEvent> hangUpLater = (leg, event) -> {
        if (event instanceof SignalEvent.Accepted) {
            rig.later(leg, () -> leg.bye(null, NONE));
        }
    };

    @Test
    void the200Again() {
        call("uas-200-again.xml", OFFER, hangUpLater);
    }

    @Test
    void reliableProvisionalResponsesOfTheirs() {
        call("uas-prack.xml", OFFER, HANG_UP);
        assertTold("Provisional", "Accepted");
    }

    @Test
    void theirLeastInterval() {
        call("uas-422.xml", OFFER, HANG_UP);
        assertTold("Accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uas-auth-401.xml", "uas-auth-407.xml"})
    void challenged(String scenario) {
        call(scenario, OFFER, HANG_UP);
        assertTold("Accepted");
    }

    @Test
    void wrongCredentials() {
        call("uas-auth-wrong.xml", OFFER, NOTHING);
        assertTold("Rejected");
    }

    @Test
    void ourLateOffer() {
        call("uas-late-offer.xml", null, (leg, event) -> {
            if (event instanceof SignalEvent.Accepted) {
                leg.ack(ANSWER);
                leg.bye(null, NONE);
            }
        });
    }

    @Test
    void ourReInvite() {
        call("uas-reinvited.xml", OFFER, (leg, event) -> {
            if (event instanceof SignalEvent.Accepted) {
                leg.modify(OFFER + "a=sendonly\r\n", false);
            } else if (event instanceof SignalEvent.OfferAnswered) {
                leg.bye(null, NONE);
            }
        });
        assertTold("Accepted", "OfferAnswered");
    }
}
