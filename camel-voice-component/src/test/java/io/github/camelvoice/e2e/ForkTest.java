package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.dial.CallerSide;
import io.github.camelvoice.dial.Dial;
import io.github.camelvoice.dial.DialListener;
import io.github.camelvoice.dial.DialPlan;
import io.github.camelvoice.dial.DialResult;
import io.github.camelvoice.dial.DialResult.Outcome;
import io.github.camelvoice.dial.DialTarget;
import io.github.camelvoice.dial.Redirects;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller and up to ten callees, each a SIPp: who gets the call, what all the others hear on the wire, and that nothing is left. */
@Tag("peer")
class ForkTest {

    private static final String ELSEWHERE = "Call completed elsewhere";

    @TempDir
    static Path folder;
    private static EngineRig rig;
    private final List<Sipp> callees = new ArrayList<>();

    /** What a callee does; the letter stands for it in the mixes. */
    private enum Callee {
        /** Rings, answers after a moment, and is hung up in the end. */
        A, /** The same, without a moment. */
        N, /** Rings until it is cancelled. */
        R, /** Says nothing but 100 until it is cancelled, which happens as soon as it has said so (RFC 3261, section 9.1). */
        S, /** Answers as it is cancelled: it gets an ACK and a BYE. */
        X, BUSY, GONE, FULL, ERROR, DECLINE;

        SippScenario scenario() {
            SippScenario s = SippScenario.start().takeInvite();
            return switch (this) {
                case A -> s.respond("180 Ringing").pause(700).respondToInvite("200 OK", s.sdp("sendrecv")).takeRequest("ACK").takeRequest("BYE").respond("200 OK");
                case N -> s.respond("180 Ringing").respondToInvite("200 OK", s.sdp("sendrecv")).takeRequest("ACK").takeRequest("BYE").respond("200 OK");
                case R -> cancelled(s.respond("180 Ringing"));
                case S -> cancelled(s.respond("100 Trying"));
                case X -> s.respond("180 Ringing").takeRequest("CANCEL").respond("200 OK").respondToInvite("200 OK", s.sdp("sendrecv"))
                        .takeRequest("ACK").takeRequest("BYE").respond("200 OK");
                case BUSY -> refuses(s, "486 Busy Here");
                case GONE -> refuses(s, "404 Not Found");
                case FULL -> refuses(s.respond("180 Ringing"), "503 Service Unavailable");
                case ERROR -> refuses(s, "500 Server Internal Error");
                case DECLINE -> refuses(s.respond("180 Ringing").pause(300), "603 Decline");
            };
        }

        private static SippScenario cancelled(SippScenario s) {
            return s.takeRequest("CANCEL").respond("200 OK").respondToInvite("487 Request Terminated", "").takeRequest("ACK");
        }

        private static SippScenario refuses(SippScenario s, String status) {
            return s.respondToInvite(status, "").takeRequest("ACK");
        }
    }

    @BeforeAll
    static void open() {
        rig = EngineRig.start(config -> config);
    }

    @AfterEach
    void nobodyIsLeft() {
        callees.forEach(Sipp::close);
        rig.awaitNoCalls();
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private Sipp answer(SippScenario scenario) {
        Sipp callee = Sipp.in(folder).answer(scenario);
        callees.add(callee);
        return callee;
    }

    private DialTarget target(Sipp callee) {
        return target(new OutboundLeg("sip:callee@127.0.0.1:" + callee.port(), null, null, null, null, null, 0, SipHeaders.none()));
    }

    private static DialTarget target(OutboundLeg leg) {
        return DialTarget.of(new PlaceCall(leg, List.of(), Duration.ofMinutes(1), Duration.ofMinutes(5)));
    }

    /** A caller comes, and this is dialled for it. */
    private CompletionStage<Dial> dialled(String user, List<DialTarget> targets, UnaryOperator<DialPlan> settings) {
        CompletableFuture<Dial> started = new CompletableFuture<>();
        rig.on(user, call -> started.complete(rig.engine.dials().start(settings.apply(DialPlan.of(call, targets)), DialListener.NONE)));
        return started;
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"A R R R R R R R R R", "R X S BUSY GONE FULL ERROR R A X", "X X X X X X X X X A", "BUSY BUSY GONE S S R X A FULL ERROR"})
    void theOneWhoAnswersHasTheCall(String mix) {
        List<Callee> callees = kinds(mix);
        List<Sipp> peers = callees.stream().map(kind -> answer(kind.scenario())).toList();
        CompletionStage<Dial> dialled = dialled("fork", peers.stream().map(this::target).toList(), plan -> plan);
        SippScenario waits = SippScenario.start().invite().maybe(100, 180).expect(200).ack().pause(300).endCaller();
        Sipp.in(folder).call("fork", rig.port(), waits).mustSucceed();
        DialResult result = get(get(dialled).over());
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.bridged()).isTrue();
        assertThat(result.index()).isEqualTo(callees.indexOf(Callee.A));
        peers.forEach(Sipp::mustSucceed);
        for (int i = 0; i < peers.size(); i++) {
            String heard = peers.get(i).messages();
            boolean given = callees.get(i) == Callee.R || callees.get(i) == Callee.S || callees.get(i) == Callee.X;
            assertThat(heard.contains(ELSEWHERE)).as(callees.get(i) + " at " + i).isEqualTo(given);
        }
    }

    private static List<Callee> kinds(String mix) {
        return List.of(mix.split(" ")).stream().map(Callee::valueOf).toList();
    }

    @Test
    void ofTenThatAnswerAtOnceNineAreHungUp() {
        List<Sipp> peers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            peers.add(answer(Callee.N.scenario()));
        }
        List<DialTarget> targets = peers.stream().map(this::target).toList();
        // screening holds all until each has answered: so that all are answered, and one is taken
        List<CompletableFuture<Boolean>> asked = new ArrayList<>();
        CompletableFuture<Boolean> all = new CompletableFuture<>();
        List<DialTarget> screened = targets.stream().map(target -> target.withScreening(leg -> {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            asked.add(answer);
            if (asked.size() == 10) {
                all.complete(true);
            }
            return answer;
        })).toList();
        CompletionStage<Dial> dialled = dialled("ten", screened, plan -> plan);
        all.thenRun(() -> asked.forEach(answer -> answer.complete(true)));
        SippScenario waits = SippScenario.start().invite().maybe(100, 180).expect(200).ack().pause(300).endCaller();
        Sipp.in(folder).call("ten", rig.port(), waits).mustSucceed();
        assertThat(get(get(dialled).over()).bridged()).isTrue();
        peers.forEach(Sipp::mustSucceed);
        assertThat(peers.stream().filter(peer -> peer.messages().contains(ELSEWHERE)).count()).isEqualTo(9);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({"BUSY BUSY FULL ERROR FULL ERROR FULL FULL FULL BUSY,486,BUSY", "FULL ERROR FULL,500,FAILED", "R S X R BUSY R R DECLINE R R,603,BUSY"})
    void theBestAnswerIsToldWhereNobodyTakesIt(String mix, int code, Outcome outcome) {
        List<Sipp> peers = kinds(mix).stream().map(kind -> answer(kind.scenario())).toList();
        CompletionStage<Dial> dialled = dialled("fail", peers.stream().map(this::target).toList(), plan -> plan);
        dialled.thenCompose(Dial::done).thenAccept(result ->
                rig.inbound().execute(new CallCommand.Reject(result.callerCode(), "Nobody", SipHeaders.none())));
        SippScenario waits = SippScenario.start().invite().maybe(100, 180).expect(code).ackFailure();
        Sipp.in(folder).call("fail", rig.port(), waits).mustSucceed();
        DialResult result = get(get(dialled).done());
        assertThat(result.outcome()).isEqualTo(outcome);
        // of 500 and 503 whichever came first
        assertThat(result.sipCode()).isIn(code, code == 500 ? 503 : code);
        peers.forEach(Sipp::mustSucceed);
    }

    @Test
    void theCallerGivesUpAndAllAreCancelled() {
        List<Sipp> peers = kinds("R R X S R X R R R R").stream().map(kind -> answer(kind.scenario())).toList();
        CompletionStage<Dial> dialled = dialled("away", peers.stream().map(this::target).toList(), plan -> plan);
        SippScenario givesUp = SippScenario.start().invite().maybe(100).expect(180).pause(400).cancel().expect(200).expect(487).ackFailure();
        Sipp.in(folder).call("away", rig.port(), givesUp).mustSucceed();
        assertThat(get(get(dialled).done()).outcome()).isEqualTo(Outcome.CANCELED);
        peers.forEach(Sipp::mustSucceed);
        assertThat(peers).allSatisfy(peer -> assertThat(peer.messages()).contains("the caller went away"));
    }

    @Test
    void oneAfterAnotherWithRedirectionsAndEarlyMedia() {
        Sipp last = answer(Callee.A.scenario());
        SippScenario moved = SippScenario.start().takeInvite().respondToInvite("302 Moved Temporarily", "", "Contact: <sip:far@127.0.0.1:" + last.port() + ">")
                .takeRequest("ACK");
        Sipp busy = answer(Callee.BUSY.scenario());
        Sipp rings = answer(Callee.R.scenario());
        Sipp redirects = answer(moved);
        CompletionStage<Dial> dialled = dialled("turn", List.of(target(busy), target(rings), target(redirects)), plan -> plan.withSequential(true)
                .withTimes(Duration.ofSeconds(2), Duration.ofMinutes(1)).withRedirects(new Redirects(3, uri -> true))
                .withSide(new CallerSide(true, List.of(), "uk", false, false, false)));
        SippScenario waits = SippScenario.start();
        waits.invite().maybe(100).expectText(183, "m=audio").expect(200).ack().pause(300).endCaller();
        Sipp.in(folder).call("turn", rig.port(), waits).mustSucceed();
        DialResult result = get(get(dialled).over());
        assertThat(result.index()).isEqualTo(2);
        assertThat(result.bridged()).isTrue();
        callees.forEach(Sipp::mustSucceed);
    }

    @Test
    void credentialsAreForTheTargetTheyBelongTo() {
        SippScenario plain = Callee.R.scenario();
        SippScenario proxied = SippScenario.start().takeProxiedInvite();
        proxied.respond("180 Ringing").pause(300).respondWith("200 OK", proxied.sdp("sendrecv")).takeRequest("ACK").takeRequest("BYE").respond("200 OK");
        Sipp first = answer(plain);
        Sipp second = answer(proxied);
        try (Kamailio proxy = Kamailio.start(folder, "127.0.0.1:" + rig.port(), TestPki.create(folder))) {
            String way = "sip:127.0.0.1:" + proxy.port() + ";lr";
            OutboundLeg withCredentials = new OutboundLeg("sip:bob@127.0.0.1:" + second.port(), "sip:alice@secure.invalid", null, "alice", Kamailio.PASSWORD,
                    way, 0, SipHeaders.none());
            OutboundLeg without = new OutboundLeg("sip:bob@127.0.0.1:" + second.port(), "sip:alice@secure.invalid", null, null, null, way, 0,
                    SipHeaders.none());
            CompletionStage<Dial> dialled = dialled("proxy", List.of(target(first), target(without), target(withCredentials)), plan -> plan);
            SippScenario waits = SippScenario.start().invite().maybe(100, 180).expect(200).ack().pause(300).endCaller();
            Sipp.in(folder).call("proxy", rig.port(), waits).mustSucceed();
            DialResult result = get(get(dialled).over());
            assertThat(result.index()).isEqualTo(2);
            callees.forEach(Sipp::mustSucceed);
            assertThat(proxy.routed("BYE")).isEqualTo(1);
            assertThat(first.messages()).doesNotContain("Authorization").contains(ELSEWHERE);
            assertThat(second.messages()).doesNotContain(Kamailio.PASSWORD);
        }
    }

    @Test
    void anAnsweredCallerIsLeftAloneWithoutTheWinner() {
        Sipp callee = answer(hangsUp());
        CompletableFuture<Dial> started = new CompletableFuture<>();
        rig.on("stays", call -> call.execute(EngineRig.ANSWER).thenRun(() -> started.complete(rig.engine.dials().start(DialPlan.of(call,
                List.of(target(callee))).withSide(new CallerSide(true, List.of(), "us", false, true, false)), DialListener.NONE))));
        SippScenario stays = SippScenario.start().invite().maybe(100).expect(200).ack().takeRequest("BYE").respond("200 OK");
        Sipp caller = Sipp.in(folder).call("stays", rig.port(), stays);
        assertThat(get(get(started).over()).bridged()).isTrue();
        Call alice = rig.inbound();
        assertThat(alice.snapshot().state().isAnswered()).isTrue();
        assertThat(alice.snapshot().peerCallId()).isNull();
        EngineRig.run(alice, EngineRig.HANG_UP);
        caller.mustSucceed();
        callee.mustSucceed();
    }

    private static SippScenario hangsUp() {
        SippScenario s = SippScenario.start().takeInvite();
        return s.respond("180 Ringing").respondToInvite("200 OK", s.sdp("sendrecv")).takeRequest("ACK").pause(300).bye().expect(200);
    }
}
