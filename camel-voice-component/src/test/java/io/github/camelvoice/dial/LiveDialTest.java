package io.github.camelvoice.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.dial.DialResult.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveDialTest {

    private static final String ELSEWHERE = " SIP;cause=200;text=\"Call completed elsewhere\"";

    private final DialBench bench = new DialBench();

    @AfterEach
    void nothingStays() {
        bench.nothingStays();
    }

    private static CallerSide side(boolean answerOnBridge, String tone, boolean stays, boolean star) {
        return new CallerSide(answerOnBridge, List.of(), tone, false, stays, star);
    }

    @Test
    void theFirstToAnswerHasTheCallAndTheOthersAreCancelled() {
        Call alice = bench.called("PCMU PCMA");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(3)));
        bench.then(bench.phone("b0")::rings);
        bench.then(bench.phone("b1")::rings);
        assertThat(bench.alice().heard).containsExactly("180");
        bench.then(bench.phone("b1")::answers);
        DialResult result = DialBench.now(dial.done());
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.index()).isEqualTo(1);
        assertThat(result.bridged()).isTrue();
        assertThat(result.winner().snapshot().peerCallId()).isEqualTo(alice.id());
        assertThat(result.best().parentCallId()).isEqualTo(alice.id());
        assertThat(bench.alice().heard).containsExactly("180", "200");
        assertThat(bench.phone("b0").heard).containsExactly("invite", "CANCEL" + ELSEWHERE);
        assertThat(bench.phone("b2").heard).containsExactly("invite", "CANCEL" + ELSEWHERE);
        assertThat(bench.told).containsExactly("placed 0", "placed 1", "placed 2", "ringing 0", "ringing 1", "answered 1", "screened 1 true", "won 1",
                "lost 0", "lost 2");
        assertThat(DialBench.now(dial.over())).isNull();
        bench.timers.advance(Duration.ofSeconds(7));
        bench.then(bench.phone("b1")::hangsUp);
        assertThat(DialBench.now(dial.over()).duration()).isEqualTo(Duration.ofSeconds(7));
        assertThat(bench.alice().heard).containsExactly("180", "200", "BYE");
    }

    @Test
    void aSecondAnswerAtOnceIsHungUp() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(2)));
        bench.phone("b1").answers();
        bench.phone("b0").answers();
        bench.run();
        assertThat(DialBench.now(dial.done()).index()).isEqualTo(1);
        assertThat(bench.phone("b0").heard).containsExactly("invite", "BYE" + ELSEWHERE);
    }

    @Test
    void anAnswerThatCrossesOurCancelIsHungUp() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(2)));
        bench.phone("b0").answersAsWeCancel = true;
        bench.then(bench.phone("b1")::answers);
        assertThat(DialBench.now(dial.done()).index()).isEqualTo(1);
        assertThat(bench.phone("b0").heard).hasSize(3).element(2).asString().startsWith("BYE");
    }

    @Test
    void theFirstToFinishItsScreeningHasTheCall() {
        Call alice = bench.called("PCMU");
        List<CompletableFuture<Boolean>> asked = new ArrayList<>();
        Screening screening = leg -> {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        };
        Dial dial = bench.dial(DialPlan.of(alice, List.of(DialBench.target("b0").withScreening(screening), DialBench.target("b1").withScreening(screening),
                DialBench.target("b2").withScreening(screening))));
        bench.then(bench.phone("b0")::rings);
        bench.then(bench.phone("b0")::answers);
        bench.then(bench.phone("b1")::answers);
        assertThat(asked).hasSize(2);
        assertThat(bench.phone("b2").heard).containsExactly("invite");
        assertThat(bench.alice().heard).containsExactly("180");
        bench.then(() -> asked.get(1).complete(true));
        assertThat(DialBench.now(dial.done()).index()).isEqualTo(1);
        assertThat(bench.phone("b0").heard).containsExactly("invite", "BYE" + ELSEWHERE);
        assertThat(bench.phone("b2").heard).containsExactly("invite", "CANCEL" + ELSEWHERE);
        bench.then(() -> asked.get(0).complete(true));
        assertThat(bench.told).contains("screened 1 true").doesNotContain("screened 0 true");
    }

    @Test
    void whoDeclinesInTheScreeningIsHungUpAndTheOthersGoOn() {
        Call alice = bench.called("PCMU");
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Dial dial = bench.dial(DialPlan.of(alice, List.of(DialBench.target("b0").withScreening(leg -> answer), DialBench.target("b1"))));
        bench.then(bench.phone("b0")::answers);
        bench.then(() -> answer.complete(false));
        assertThat(bench.phone("b0").heard).containsExactly("invite", "BYE");
        assertThat(dial.done().toCompletableFuture()).isNotDone();
        bench.then(() -> bench.phone("b1").rejects(486));
        DialResult result = DialBench.now(dial.done());
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.bridged()).isFalse();
        assertThat(result.winner()).isNull();
        assertThat(result.sipCode()).isEqualTo(200);
        assertThat(result.callerCode()).isEqualTo(480);
    }

    @Test
    void aScreeningThatFailsOrBreaksOrTakesTooLongIsANo() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, List.of(DialBench.target("b0").withScreening(leg -> CompletableFuture.failedFuture(new Exception("no"))),
                DialBench.target("b1").withScreening(leg -> {
                    throw new IllegalStateException("broken");
                }), DialBench.target("b2").withScreening(leg -> new CompletableFuture<>()))).withScreenLimit(Duration.ofSeconds(20)));
        bench.then(bench.phone("b0")::answers);
        bench.then(bench.phone("b1")::answers);
        bench.then(bench.phone("b2")::answers);
        assertThat(dial.done().toCompletableFuture()).isNotDone();
        bench.pass(Duration.ofSeconds(20));
        assertThat(DialBench.now(dial.done()).bridged()).isFalse();
        assertThat(bench.told).contains("screened 0 false", "screened 1 false", "screened 2 false");
        assertThat(bench.phone("b2").heard).containsExactly("invite", "BYE");
    }

    @Test
    void whoHangsUpWhileBeingScreenedHasDeclined() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, List.of(DialBench.target("b0").withScreening(leg -> new CompletableFuture<>()))));
        bench.then(bench.phone("b0")::answers);
        bench.then(bench.phone("b0")::hangsUp);
        assertThat(DialBench.now(dial.done()).bridged()).isFalse();
        assertThat(bench.timers.pending()).as("the screening's limit and the caller's decision").isOne();
    }

    @Test
    void sixHundredEndsAllButWhoIsBeingScreened() {
        Call alice = bench.called("PCMU");
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Dial dial = bench.dial(DialPlan.of(alice, List.of(DialBench.target("b0"), DialBench.target("b1"), DialBench.target("b2").withScreening(leg -> answer))));
        bench.then(bench.phone("b2")::answers);
        bench.then(() -> bench.phone("b0").rejects(603));
        assertThat(bench.phone("b1").heard).hasSize(2).element(1).asString().startsWith("CANCEL");
        bench.then(() -> answer.complete(true));
        assertThat(DialBench.now(dial.done()).index()).isEqualTo(2);
    }

    @Test
    void sixHundredEndsAHuntToo() {
        Dial dial = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(3)).withSequential(true));
        bench.then(() -> bench.phone("b0").rejects(600));
        assertThat(DialBench.now(dial.done()).outcome()).isEqualTo(Outcome.BUSY);
        assertThat(bench.phones).hasSize(2);
    }

    @Test
    void ifTheCallerGivesUpAllAreCancelled() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(10)));
        bench.phones.stream().skip(1).forEach(phone -> phone.slow = true);
        bench.then(bench.alice()::cancels);
        assertThat(bench.phones).hasSize(11);
        assertThat(bench.phones.subList(1, 11)).allSatisfy(phone ->
                assertThat(phone.heard).containsExactly("invite", "CANCEL SIP;cause=487;text=\"the caller went away\""));
        assertThat(dial.done().toCompletableFuture()).isNotDone();
        bench.phones.stream().skip(1).forEach(Phone::confirms);
        bench.run();
        assertThat(DialBench.now(dial.done()).outcome()).isEqualTo(Outcome.CANCELED);
        assertThat(DialBench.now(dial.over())).isSameAs(DialBench.now(dial.done()));
    }

    @Test
    void aCallerWhoIsGoneAlreadyIsCalledNobodyFor() {
        Call alice = bench.called("PCMU");
        bench.then(bench.alice()::cancels);
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(2)));
        assertThat(DialBench.now(dial.done()).outcome()).isEqualTo(Outcome.CANCELED);
        assertThat(bench.phones).hasSize(1);
    }

    @Test
    void cancelEndsItInEachState() {
        Dial ringing = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(1)));
        bench.then(ringing::cancel);
        assertThat(DialBench.now(ringing.done()).outcome()).isEqualTo(Outcome.CANCELED);
        Call alice = bench.called("PCMU");
        Dial talking = bench.dial(DialPlan.of(alice, DialBench.targets(1)).withSide(side(true, null, true, false)));
        bench.then(bench.phone("b0")::answers);
        bench.then(talking::cancel);
        assertThat(DialBench.now(talking.over()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(bench.phone("b0").heard).containsExactly("invite", "BYE");
        assertThat(alice.snapshot().state().isAnswered()).isTrue();
        bench.then(talking::cancel);
    }

    @Test
    void theStarOfTheCallerEndsTheBridgeAndNothingElse() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(1)).withSide(side(true, null, true, true)));
        bench.then(bench.phone("b0")::answers);
        bench.then(() -> bench.press(1, '5'));
        assertThat(DialBench.now(dial.over())).isNull();
        bench.then(() -> bench.press(0, '*'));
        assertThat(DialBench.now(dial.over())).isNull();
        bench.then(() -> bench.press(1, '*'));
        assertThat(DialBench.now(dial.over()).bridged()).isTrue();
        assertThat(alice.snapshot().state().isAnswered()).isTrue();
    }

    @Test
    void oneAfterAnotherEachWithItsOwnTime() {
        Dial dial = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(3)).withSequential(true).withTimes(Duration.ofSeconds(10), Duration.ofHours(1)));
        assertThat(bench.phones).hasSize(2);
        bench.pass(Duration.ofSeconds(10));
        assertThat(bench.phone("b0").heard).containsExactly("invite", "CANCEL");
        assertThat(bench.phones).hasSize(3);
        bench.pass(Duration.ofSeconds(9));
        bench.then(() -> bench.phone("b1").rejects(404));
        bench.pass(Duration.ofSeconds(9));
        bench.then(bench.phone("b2")::answers);
        assertThat(DialBench.now(dial.done()).index()).isEqualTo(2);
    }

    @Test
    void theRingTimeoutCountsAsNoAnswer() {
        Dial dial = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(2)).withTimes(Duration.ofSeconds(30), Duration.ofHours(1)));
        bench.pass(Duration.ofSeconds(30));
        DialResult result = DialBench.now(dial.done());
        assertThat(result.outcome()).isEqualTo(Outcome.NO_ANSWER);
        assertThat(result.callerCode()).isEqualTo(408);
    }

    @Test
    void contactsAreFollowedWithinTheLimitAndNoneTwice() {
        Redirects redirects = new Redirects(3, uri -> !uri.contains("premium"));
        Dial dial = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(1)).withRedirects(redirects));
        bench.then(() -> bench.phone("b0").redirects("sip:premium@127.0.0.1", "sip:B0@127.0.0.1", "tel:+123", "sip:c1@127.0.0.1?Replaces=x", "sip:c2@127.0.0.1"));
        assertThat(bench.phones.get(2).target()).isEqualTo("sip:c1@127.0.0.1");
        bench.then(() -> bench.phone("c1").redirects("sip:b0@127.0.0.1", "sip:c2@127.0.0.1", "sip:c3@127.0.0.1", "sip:c4@127.0.0.1"));
        assertThat(bench.phones.get(3).target()).isEqualTo("sip:c2@127.0.0.1");
        bench.then(() -> bench.phone("c2").rejects(486));
        bench.then(() -> bench.phone("c3").rejects(404));
        assertThat(bench.phones).hasSize(5);
        DialResult result = DialBench.now(dial.done());
        assertThat(result.outcome()).isEqualTo(Outcome.BUSY);
        assertThat(bench.told).containsExactly("placed 0", "redirected 0 sip:c1@127.0.0.1", "placed 0", "redirected 0 sip:c2@127.0.0.1", "placed 0",
                "redirected 0 sip:c3@127.0.0.1", "placed 0", "lost 0");
    }

    @Test
    void twoThatPointToEachOtherDoNotGoOnForEver() {
        Dial dial = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(1)).withRedirects(new Redirects(20, uri -> true)));
        bench.then(() -> bench.phone("b0").redirects("sip:c@127.0.0.1"));
        bench.then(() -> bench.phone("c").redirects("sip:b0@127.0.0.1"));
        assertThat(DialBench.now(dial.done()).sipCode()).isEqualTo(302);
        assertThat(bench.phones).hasSize(3);
    }

    @Test
    void credentialsDoNotGoToAnotherHost() {
        OutboundLeg spec = new OutboundLeg("sip:b0@one.test", null, null, "user", "secret", null, 0, null);
        bench.dial(DialPlan.of(bench.called("PCMU"), List.of(DialTarget.of(new PlaceCall(spec, List.of(), Duration.ofMinutes(1), Duration.ofHours(1)))))
                .withRedirects(new Redirects(5, uri -> true)));
        bench.then(() -> bench.phone("b0").redirects("sip:c1@one.test:5080", "sip:c2@two.test"));
        assertThat(bench.phone("c1").spec.password()).isEqualTo("secret");
        bench.then(() -> bench.phone("c1").rejects(404));
        assertThat(bench.phone("c2").spec.password()).isNull();
        assertThat(bench.phone("c2").spec.username()).isNull();
    }

    @Test
    void withoutALimitRedirectionsAreFailures() {
        Dial dial = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(1)));
        bench.then(() -> bench.phone("b0").redirects("sip:c@127.0.0.1"));
        DialResult result = DialBench.now(dial.done());
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.callerCode()).isEqualTo(480);
    }

    @Test
    void theBestFailureIsTold() {
        Dial dial = bench.dial(DialPlan.of(bench.called("PCMU"), DialBench.targets(4)).withTimes(Duration.ofSeconds(30), Duration.ofHours(1)));
        bench.then(() -> bench.phone("b0").rejects(503));
        bench.then(() -> bench.phone("b1").rejects(486));
        bench.then(() -> bench.phone("b2").rejects(407));
        bench.pass(Duration.ofSeconds(30));
        DialResult result = DialBench.now(dial.done());
        assertThat(result.index()).isEqualTo(2);
        assertThat(result.sipCode()).isEqualTo(407);
        assertThat(result.callerCode()).isEqualTo(480);
    }

    @Test
    void aTargetThatCannotBeCalledIsAFailureLikeOthers() {
        DialTarget wrong = DialTarget.of(new PlaceCall(DialBench.to("mailto:x"), List.of(), Duration.ofMinutes(1), Duration.ofHours(1)));
        Dial some = bench.dial(DialPlan.of(bench.called("PCMU"), List.of(wrong, DialBench.target("b1"))));
        bench.then(bench.phone("b1")::answers);
        assertThat(DialBench.now(some.done()).index()).isEqualTo(1);
        Dial none = bench.dial(DialPlan.of(bench.called("PCMU"), List.of(wrong, wrong)));
        assertThat(DialBench.now(none.done()).refusal()).extracting(CallException::kind).isEqualTo(CallException.Kind.BAD_REQUEST);
        assertThat(DialBench.now(none.done()).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void elevenTargetsAreRefused() {
        assertThatThrownBy(() -> DialPlan.of(null, DialBench.targets(11))).hasMessageContaining("1 to 10 targets, not 11");
        assertThatThrownBy(() -> DialPlan.of(null, List.of())).hasMessageContaining("not 0");
        assertThatThrownBy(() -> bench.dial(DialPlan.of(null, DialBench.targets(1)).withSide(side(true, "gb", false, false))))
                .hasMessageContaining("no ringing tone of gb");
    }

    @Test
    void withoutACallerTheWinnerStandsAlone() {
        Dial dial = bench.dial(DialPlan.of(null, DialBench.targets(2)));
        bench.then(bench.phone("b1")::answers);
        assertThat(DialBench.now(dial.done()).bridged()).isFalse();
        assertThat(DialBench.now(dial.done()).outcome()).isEqualTo(Outcome.COMPLETED);
        bench.timers.advance(Duration.ofSeconds(3));
        bench.then(bench.phone("b1")::hangsUp);
        assertThat(DialBench.now(dial.over()).duration()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theTimeLimitIsThatOfTheWinner() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(1)).withTimes(Duration.ofSeconds(10), Duration.ofSeconds(60)));
        bench.then(bench.phone("b0")::answers);
        bench.pass(Duration.ofSeconds(60));
        assertThat(DialBench.now(dial.over()).duration()).isEqualTo(Duration.ofSeconds(60));
        assertThat(bench.phone("b0").heard).containsExactly("invite", "BYE");
        assertThat(bench.alice().heard).containsExactly("200", "BYE");
    }

    @Test
    void aCallerMayBeAnsweredAtOnceAndHearRinging() {
        Call alice = bench.called("PCMU");
        bench.dial(DialPlan.of(alice, DialBench.targets(2)).withSide(side(false, "uk", true, false)));
        assertThat(bench.alice().heard).containsExactly("200");
        bench.then(bench.phone("b0")::rings);
        bench.then(bench.phone("b1")::rings);
        assertThat(bench.audio.get(0)).containsOnlyOnce("play");
        bench.then(bench.phone("b1")::answers);
        assertThat(bench.audio.get(0)).containsSubsequence("play", "stopPlay", "bridge");
        assertThat(alice.snapshot().peerCallId()).isNotNull();
    }

    @Test
    void anUndecidedCallerHearsTheRingToneBeforeItsAnswer() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(1)).withSide(side(true, "uk", true, false)));
        bench.then(bench.phone("b0")::rings);
        assertThat(bench.alice().heard).containsExactly("183 with sound");
        assertThat(bench.audio).anySatisfy(leg -> assertThat(leg).contains("play"));
        bench.then(() -> bench.phone("b0").rejects(486));
        assertThat(DialBench.now(dial.done()).callerCode()).isEqualTo(486);
        assertThat(bench.audio).anySatisfy(leg -> assertThat(leg).containsSubsequence("play", "stopPlay"));
        assertThat(alice.snapshot().cause()).isNull();
    }

    @Test
    void codecsOfTheCallerAreOfferedFirstAndTheWinnersIsAnswered() {
        Call alice = bench.called("G722 PCMA PCMU");
        bench.dial(DialPlan.of(alice, List.of(DialBench.target("b0"),
                DialTarget.of(DialBench.target("b1").call().withCodecs(List.of("PCMU", "PCMA"))).withCodecs(CodecOrder.AS_GIVEN))));
        assertThat(bench.audio.get(0).get(0)).isEqualTo("PCMA,PCMU");
        assertThat(bench.audio.get(1).get(0)).isEqualTo("PCMU,PCMA");
        bench.then(bench.phone("b1")::answers);
        assertThat(bench.audio.get(2).get(0)).isEqualTo("PCMU");
    }

    @Test
    void noPortForTheCallerEndsTheDialWithTheReason() {
        Call alice = bench.called("PCMU");
        bench.mostPorts = 1;
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(1)));
        bench.then(bench.phone("b0")::answers);
        DialResult result = DialBench.now(dial.done());
        assertThat(result.bridged()).isFalse();
        assertThat(result.refusal()).hasMessageContaining("no RTP port");
        assertThat(bench.phone("b0").heard).hasSize(2).element(1).asString().startsWith("BYE");
        assertThat(bench.alice().heard).containsExactly("503");
    }

    @Test
    void aListenerThatFailsDisturbsNobody() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dials.start(DialPlan.of(alice, DialBench.targets(2)), new DialListener() {
            @Override
            public void won(int index, Call leg) {
                throw new IllegalStateException("broken");
            }
        });
        bench.run();
        bench.then(bench.phone("b0")::answers);
        assertThat(DialBench.now(dial.done()).index()).isZero();
        assertThat(bench.phone("b1").heard).hasSize(2);
    }

    @Test
    void anEndedBridgeLeavesTheCallerToItsOwner() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(1)).withSide(side(true, null, false, false)));
        bench.then(bench.phone("b0")::answers);
        bench.then(() -> alice.execute(new CallCommand.Unbridge()));
        assertThat(DialBench.now(dial.over()).bridged()).isTrue();
        bench.then(() -> alice.execute(new CallCommand.Hangup(null, SipHeaders.none())));
    }

    @Test
    void earlyMediaOfOneTargetIsPassedOn() {
        Call alice = bench.called("PCMU");
        CallerSide side = new CallerSide(true, List.of(), "uk", true, true, false);
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(1)).withSide(side));
        bench.then(bench.phone("b0")::rings);
        assertThat(bench.alice().heard).containsExactly("183 with sound");
        bench.then(bench.phone("b0")::speaksEarly);
        assertThat(bench.audio).anySatisfy(leg -> assertThat(leg).containsSubsequence("play", "stopPlay", "bridge"));
        assertThat(alice.snapshot().state()).isEqualTo(io.github.camelvoice.call.CallState.RINGING);
        bench.then(bench.phone("b0")::answers);
        assertThat(DialBench.now(dial.done()).bridged()).isTrue();
        assertThat(bench.alice().heard).endsWith("200");
        bench.then(bench.phone("b0")::hangsUp);
        assertThat(DialBench.now(dial.over()).bridged()).isTrue();
        assertThat(alice.snapshot().state().isAnswered()).isTrue();
    }

    @Test
    void ifTheOneWhoSpokeEarlyRefusesTheCallerIsLeftToItsOwner() {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(1)).withSide(new CallerSide(true, List.of(), null, true, false, false)));
        bench.then(bench.phone("b0")::speaksEarly);
        assertThat(bench.alice().heard).contains("183 with sound");
        bench.then(() -> bench.phone("b0").rejects(486));
        assertThat(DialBench.now(dial.done()).callerCode()).isEqualTo(486);
        assertThat(alice.snapshot().cause()).isNull();
    }
}
