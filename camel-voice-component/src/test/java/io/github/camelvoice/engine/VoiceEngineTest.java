package io.github.camelvoice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two engines call each other over loopback: every room, no fakes. */
class VoiceEngineTest {

    private static final CallCommand ANSWER = new CallCommand.Answer(List.of(), SipHeaders.none());
    private static final CallCommand HANGUP = new CallCommand.Hangup(null, SipHeaders.none());

    private final BlockingQueue<Call> received = new LinkedBlockingQueue<>();
    private VoiceEngine alice;
    private VoiceEngine bob;

    @BeforeEach
    void start() throws Exception {
        alice = engine("a", 30000);
        bob = engine("b", 32000);
        bob.calls().receive(0, new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return call.called().user().equals("bob");
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return false;
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                received.add(call);
            }
        });
    }

    private static VoiceEngine engine(String node, int rtp) throws EngineStartException {
        VoiceEngine engine = new VoiceEngine(EngineConfig.builder().nodeId(node).sipPort(0).rtpPorts(rtp, rtp + 1000).build());
        engine.start();
        return engine;
    }

    @AfterEach
    void stop() {
        alice.stop();
        bob.stop();
        assertThat(alice.figures()).extracting(EngineFigures::liveCalls, EngineFigures::legs, EngineFigures::mediaLegs, EngineFigures::rtpPortsInUse)
                .containsExactly(0, 0, 0, 0);
    }

    private Call place(String user) throws Exception {
        return alice.calls().place(new PlaceCall(new OutboundLeg("sip:" + user + "@127.0.0.1:" + bob.bindings().sipPort(), null, null, null, null,
                null, 0, SipHeaders.of("X-Test", "yes")), List.of(), Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    private static CallSnapshot reached(Call call, Milestone milestone) throws Exception {
        return call.reached(milestone).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void run(Call call, CallCommand command) throws Exception {
        call.execute(command).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void callIsAnsweredTalksAndEnds() throws Exception {
        try (EventBus.Subscription events = bob.events().subscribe(100, e -> true)) {
            Call atAlice = place("bob");
            Call atBob = received.poll(10, TimeUnit.SECONDS);
            assertThat(atBob).isNotNull();
            assertThat(atBob.snapshot().responseHeaders().first("X-Test")).contains("yes");
            run(atBob, new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none()));
            assertThat(reached(atAlice, Milestone.RINGING).cause()).isNull();
            run(atBob, ANSWER);
            assertThat(reached(atAlice, Milestone.ANSWERED).media().codec()).isEqualTo("PCMU");
            run(atBob, new CallCommand.Echo(true));
            run(atAlice, new CallCommand.SendDtmf("5", 100, 50, CallCommand.DtmfMethod.RFC4733));
            run(atAlice, HANGUP);
            assertThat(reached(atAlice, Milestone.COMPLETED).cause().endedBy()).isEqualTo(EndCause.Origin.LOCAL);
            assertThat(reached(atBob, Milestone.COMPLETED).cause().endedBy()).isEqualTo(EndCause.Origin.REMOTE);
            List<VoiceEvent> told = new ArrayList<>();
            events.drainTo(told, 100);
            assertThat(told).extracting(e -> e.kind().label()).containsExactly("call-received", "call-ringing", "call-answered", "echo-started",
                    "dtmf", "call-ended");
            assertThat(told.get(5)).isInstanceOfSatisfying(VoiceEvent.CallEnded.class,
                    ended -> assertThat(ended.received().packets()).isPositive());
        }
        await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> assertThat(bob.figures().legs() + bob.figures().mediaLegs()).isZero());
    }

    @Test
    void rejectedUnknownAndCancelledCallsSayWhy() throws Exception {
        assertThat(reached(place("nobody"), Milestone.ANSWERED).cause().sipCode()).isEqualTo(404);
        Call busy = place("bob");
        run(received.poll(10, TimeUnit.SECONDS), new CallCommand.Reject(486, "Busy Here", SipHeaders.none()));
        assertThat(reached(busy, Milestone.ANSWERED).cause().kind()).isEqualTo(EndCause.Kind.BUSY);
        Call given = place("bob");
        Call atBob = received.poll(10, TimeUnit.SECONDS);
        run(given, HANGUP);
        assertThat(reached(atBob, Milestone.COMPLETED).cause().kind()).isEqualTo(EndCause.Kind.CANCELLED);
    }

    @Test
    void nobodyThereIsTheEndOfTheRingTimeoutAndNotOfTheTransaction() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Call call = alice.calls().place(new PlaceCall(new OutboundLeg("sip:x@127.0.0.1:" + silent.getLocalPort(), null, null, null, null,
                    null, 0, SipHeaders.none()), List.of(), Duration.ofMillis(300), Duration.ofMinutes(1)));
            EndCause cause = reached(call, Milestone.COMPLETED).cause();
            assertThat(cause.kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
            assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TIMEOUT);
            DatagramPacket invite = new DatagramPacket(new byte[4096], 4096);
            silent.receive(invite);
            String late = new String(invite.getData(), 0, invite.getLength(), StandardCharsets.UTF_8).lines()
                    .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq):.*"))
                    .map(line -> line.startsWith("To:") ? line + ";tag=late" : line)
                    .collect(Collectors.joining("\r\n", "SIP/2.0 404 Not Found\r\n", "\r\nContent-Length: 0\r\n\r\n"));
            byte[] bytes = late.getBytes(StandardCharsets.UTF_8);
            silent.send(new DatagramPacket(bytes, bytes.length, invite.getSocketAddress()));
            await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> assertThat(alice.figures().legs()).isZero());
        }
    }

    @Test
    void holdIsAgreedWithTheFarEnd() throws Exception {
        Call atAlice = place("bob");
        Call atBob = received.poll(10, TimeUnit.SECONDS);
        run(atBob, ANSWER);
        reached(atAlice, Milestone.ANSWERED);
        run(atAlice, new CallCommand.Hold());
        await().atMost(5, TimeUnit.SECONDS).until(() -> atBob.snapshot().media().heldByRemote());
        run(atAlice, new CallCommand.Resume());
        await().atMost(5, TimeUnit.SECONDS).until(() -> !atBob.snapshot().media().heldByRemote());
    }

    @Test
    void drainLetsCallsEndAndTakesNoNew() throws Exception {
        Call atAlice = place("bob");
        run(received.poll(10, TimeUnit.SECONDS), ANSWER);
        reached(atAlice, Milestone.ANSWERED);
        var drained = bob.drain(Duration.ofSeconds(30)).toCompletableFuture();
        assertThat(reached(place("bob"), Milestone.ANSWERED).cause().sipCode()).isEqualTo(503);
        assertThat(drained).isNotDone();
        run(atAlice, HANGUP);
        drained.get(10, TimeUnit.SECONDS);
    }

    @Test
    void callerProvesItselfWithSha256() throws Exception {
        VoiceEngine strict = new VoiceEngine(EngineConfig.builder().nodeId("s").sipPort(0).rtpPorts(34000, 34100).requireAuth(true)
                .digestAlgorithms(List.of("SHA-256")).digestUsers(java.util.Map.of("alice", "secret")).build());
        strict.start();
        try {
            strict.calls().receive(0, answering());
            assertThat(reached(place(strict, "alice", "secret"), Milestone.ANSWERED).cause()).isNull();
            assertThat(reached(place(strict, "alice", "wrong"), Milestone.ANSWERED).cause().kind()).isEqualTo(EndCause.Kind.UNAUTHORIZED);
            assertThat(reached(place(strict, null, null), Milestone.ANSWERED).cause().kind()).isEqualTo(EndCause.Kind.UNAUTHORIZED);
        } finally {
            strict.stop();
        }
    }

    private Call place(VoiceEngine to, String username, String password) throws Exception {
        return alice.calls().place(new PlaceCall(new OutboundLeg("sip:x@127.0.0.1:" + to.bindings().sipPort(), null, null, username, password,
                null, 0, SipHeaders.none()), List.of(), Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    private static Calls.Receiver answering() {
        return new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return true;
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return false;
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                call.execute(ANSWER);
            }
        };
    }

    @Test
    void takenPortIsSaid() {
        assertThatThrownBy(() -> new VoiceEngine(EngineConfig.builder().sipPort(bob.bindings().sipPort()).rtpPorts(34000, 34010).build()).start())
                .isInstanceOf(EngineStartException.class).hasMessageContaining(String.valueOf(bob.bindings().sipPort()));
    }
}
