package io.github.camelvoice.session;

import static io.github.camelvoice.session.SessionRig.ALICE;
import static io.github.camelvoice.session.SessionRig.file;
import static io.github.camelvoice.session.StatusType.MICROPHONE_MUTED;
import static io.github.camelvoice.session.StatusType.MICROPHONE_UNMUTED;
import static io.github.camelvoice.session.StatusType.MICROPHONE_WAV_FILES_PLAYED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_CONNECTED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_FINISHED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_INITIATED;
import static io.github.camelvoice.session.StatusType.READY;
import static io.github.camelvoice.session.StatusType.TRANSFER_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.TRANSFER_CALL_INITIATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.FakeLeg;
import io.github.camelvoice.call.FakeMedia;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.session.Sessions.BrokenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done in a call of a session: play, mute, transfer; and whom it can call. */
class SessionVerbsTest {

    private SessionRig rig = SessionRig.ready(-1);
    private FakeLeg leg;

    private FakeMedia.FakeMediaLeg talking() {
        leg = rig.calls();
        SessionRig.answers(leg);
        rig.types();
        return rig.bench.media.last();
    }

    @Test
    void listsArePlayedInTheirOrder() {
        FakeMedia.FakeMediaLeg media = talking();
        CompletionStage<SessionStatus> first = rig.sessions.play(ALICE, List.of(file("a"), file("b")));
        CompletionStage<SessionStatus> second = rig.sessions.play(ALICE, List.of(file("c")));
        assertThat(media.told).containsExactly("play a");
        media.played();
        assertThat(first.toCompletableFuture()).isNotDone();
        media.played();
        assertThat(rig.now(first).type()).isEqualTo(MICROPHONE_WAV_FILES_PLAYED);
        assertThat(media.told).containsExactly("play a", "play b", "play c");
        rig.now(rig.sessions.mute(ALICE));
        assertThat(media.playing).isNotNull();
        media.played();
        rig.now(second);
        rig.now(rig.sessions.unmute(ALICE));
        assertThat(media.told).contains("mute true", "mute false");
        assertThat(rig.types()).containsExactly(MICROPHONE_WAV_FILES_PLAYED, MICROPHONE_MUTED, MICROPHONE_WAV_FILES_PLAYED, MICROPHONE_UNMUTED);
    }

    @Test
    void aBrokenFileFailsAlone() {
        FakeMedia.FakeMediaLeg media = talking();
        CompletionStage<SessionStatus> played = rig.sessions.play(ALICE, List.of(file("a"), file("broken"), file("c")));
        media.played();
        media.played();
        assertThat(media.told).containsExactly("play a", "play c");
        assertThat(rig.now(played).description()).isEqualTo("broken: 2 (not a WAV file)");
        assertThat(rig.now(played).exceptionName()).isEqualTo("IOException");
        assertThat(rig.now(played).exceptionTraceback()).isEmpty();
        SessionException all = rig.failure(rig.sessions.play(ALICE, List.of(file("broken1"), file("broken2"))));
        assertThat(all.kind()).isEqualTo(SessionException.Kind.INVALID_ARGUMENT);
        assertThat(all).hasMessageContaining("1 (not a WAV file), 2 (");
        assertThat(rig.kind(rig.sessions.play(ALICE, List.of(file("a"), file("broken")), BrokenFiles.REFUSE))).isEqualTo("INVALID_ARGUMENT");
        assertThat(rig.kind(rig.sessions.play(ALICE, List.of()))).isEqualTo("INVALID_ARGUMENT");
        assertThat(media.told).hasSize(2);
    }

    @Test
    void notEverythingWaits() {
        FakeMedia.FakeMediaLeg media = talking();
        CompletionStage<SessionStatus> many = rig.sessions.play(ALICE, IntStream.range(0, 100).mapToObj(i -> file("f" + i)).toList());
        assertThat(rig.kind(rig.sessions.play(ALICE, List.of(file("one more"))))).isEqualTo("RESOURCE_EXHAUSTED");
        for (int i = 0; i < 100; i++) {
            media.played();
        }
        rig.now(many);
        assertThat(rig.kind(rig.sessions.play(ALICE, IntStream.range(0, 68).mapToObj(i -> file("big" + i)).toList()))).isEqualTo("RESOURCE_EXHAUSTED");
        rig.sessions.play(ALICE, List.of(file("a")));
        assertThat(media.told).endsWith("play a");
    }

    @Test
    void theCallIsOverMeanwhile() {
        talking();
        CompletionStage<SessionStatus> first = rig.sessions.play(ALICE, List.of(file("a"), file("b")));
        CompletionStage<SessionStatus> second = rig.sessions.play(ALICE, List.of(file("c")));
        SessionRig.hangsUp(leg);
        assertThat(rig.kind(first)).isEqualTo("ABORTED");
        assertThat(rig.kind(second)).isEqualTo("ABORTED");
        assertThat(rig.types()).containsExactly(OUTGOING_CALL_FINISHED, READY);
        assertThat(rig.bench.timers.pending()).isZero();
    }

    @Test
    void aTransferThatWorksFinishesTheCall() {
        talking();
        SessionStatus begun = rig.now(rig.sessions.transfer(ALICE, "+49 30 123".replace(" ", ""), SipHeaders.of("X-Why", "lunch")));
        assertThat(begun.transferTarget()).isEqualTo("+4930123");
        assertThat(begun.headers()).containsEntry("X-Why", "lunch");
        assertThat(leg.sent).endsWith("REFER sip:+4930123@example.com");
        assertThat(rig.kind(rig.sessions.transfer(ALICE, "carol", SipHeaders.none()))).isEqualTo("FAILED_PRECONDITION");
        leg.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        leg.says(new SignalEvent.ReferProgress(200, "OK"));
        assertThat(leg.sent).endsWith("BYE");
        leg.says(new SignalEvent.Closed());
        assertThat(rig.told.get(1).transferTarget()).isEqualTo("+4930123");
        assertThat(rig.types()).containsExactly(TRANSFER_CALL_INITIATED, OUTGOING_CALL_FINISHED, READY);
    }

    @Test
    void aTransferThatFailsLeavesTheCall() {
        talking();
        rig.now(rig.sessions.transfer(ALICE, "carol", SipHeaders.none()));
        leg.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        leg.says(new SignalEvent.ReferProgress(486, "Busy Here"));
        assertThat(rig.last().description()).isEqualTo("486 Busy Here");
        rig.now(rig.sessions.transfer(ALICE, "dave", SipHeaders.none()));
        leg.says(new SignalEvent.ReferAnswered(603, "Decline", false));
        assertThat(rig.last().description()).isEqualTo("603 Decline");
        rig.now(rig.sessions.mute(ALICE));
        SessionRig.hangsUp(leg);
        assertThat(rig.told.get(5).transferTarget()).isEmpty();
        assertThat(rig.types()).containsExactly(TRANSFER_CALL_INITIATED, TRANSFER_CALL_FAILED, TRANSFER_CALL_INITIATED, TRANSFER_CALL_FAILED,
                MICROPHONE_MUTED, OUTGOING_CALL_FINISHED, READY);
    }

    @ParameterizedTest
    @CsvSource({"bob,sip:bob@example.com", "+4930123,sip:+4930123@example.com", "bob@other.org,sip:bob@other.org", "bob@other.org:5070,sip:bob@other.org:5070",
        "sip:bob@other.org;transport=tcp,sip:bob@other.org;transport=tcp", "tel:+49-30-123,sip:+4930123@example.com;user=phone", "*21#,sip:*21%23@example.com",
        "sip:carol@[::1]:5070,sip:carol@[::1]:5070"})
    void whoCanBeCalled(String callee, String uri) {
        rig.now(rig.sessions.call(ALICE, callee, SipHeaders.none()));
        assertThat(rig.bench.leg().spec.target()).isEqualTo(uri);
        assertThat(rig.last().callee()).isEqualTo(callee);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "bob smith", "sip:", "sip:bob@", "bob@host:0", "bob@host:70000", "bob\r\nVia: x", "<sip:bob@host>", "sip:bob@host?Via=x",
        "tel:+49;ext=3", "tel:", "bob@ho st", "http://evil/", "sip:bob@host>;x", "\u0000"})
    void whoCannot(String callee) {
        assertThat(rig.kind(rig.sessions.call(ALICE, callee, SipHeaders.none()))).isEqualTo("INVALID_ARGUMENT");
        assertThat(rig.types()).isEmpty();
        assertThat(rig.bench.legs).isEmpty();
    }

    @Test
    void headersThatBelongToTheCallAreRefused() {
        for (SipHeaders headers : List.of(SipHeaders.of("Via", "x"), SipHeaders.of("Call-ID", "x"), SipHeaders.of("t", "x"), SipHeaders.of("X-A", "b\r\nVia: c"),
                SipHeaders.of("X A", "b"), SipHeaders.of("", "b"), SipHeaders.of("Route", "<sip:evil>"), SipHeaders.of("X-A", "b\u0000"))) {
            assertThat(rig.kind(rig.sessions.call(ALICE, "bob", headers))).isEqualTo("INVALID_ARGUMENT");
        }
        assertThat(rig.bench.legs).isEmpty();
    }

    @Test
    void theAccountsServerAloneGetsItsPassword() {
        rig.now(rig.sessions.call(ALICE, "bob@elsewhere.org", SipHeaders.none()));
        assertThat(rig.bench.leg().spec.password()).isNull();
        assertThat(rig.bench.leg().spec.from()).isEqualTo("sip:alice@example.com");
        SessionRig other = SessionRig.ready(-1);
        other.registrations.serviceRoute = List.of("sip:edge.example.com;lr", "sip:core.example.com;lr");
        other.now(other.sessions.register(new RegisterAccount("alice@example.com", "secret", "al", "edge.example.com", "tcp", null, null, 0, "")));
        other.now(other.sessions.call(ALICE, "bob@elsewhere.org", SipHeaders.none()));
        assertThat(other.bench.leg().spec.outboundProxy()).isEqualTo("sip:edge.example.com;transport=tcp");
        assertThat(other.bench.leg().spec.route()).containsExactly("sip:core.example.com;lr");
        assertThat(other.bench.leg().spec.username()).isEqualTo("al");
        assertThat(other.bench.leg().spec.password()).isEqualTo("secret");
    }

    @Test
    void theGuardIsAskedInTheNameOfTheOwner() {
        List<String> asked = new ArrayList<>();
        CallGuard guard = new CallGuard() {
            @Override
            public void check(String account, String callId, String uri) {
                asked.add(account + " " + uri);
            }

            @Override
            public Admission admit(String account, String callId, Party to, String proxy, boolean ours) throws CallException {
                asked.add(account + " " + to.user());
                throw new CallException(CallException.Kind.FORBIDDEN, null, "nobody may be called there");
            }
        };
        rig = new SessionRig(SessionSettings.DEFAULT, new FakeStore(), guard);
        rig.now(rig.sessions.register(new RegisterAccount(ALICE, "secret", null, null, null, null, null, 0, "AC1")));
        rig.now(rig.sessions.start(ALICE, 0));
        rig.types();
        assertThat(rig.kind(rig.sessions.call(ALICE, "0900123", SipHeaders.none()))).isEqualTo("PERMISSION_DENIED");
        // The far end as the fake leg names it.
        assertThat(asked).containsExactly("AC1 bob");
        assertThat(rig.types()).isEmpty();
        assertThat(rig.status()).isEqualTo(READY);
    }

    @Test
    void commandsInARow() {
        leg = rig.calls();
        List<CompletionStage<SessionStatus>> hangups = IntStream.range(0, 1000).mapToObj(i -> rig.sessions.call(ALICE, "bob", SipHeaders.none())).toList();
        assertThat(hangups).allSatisfy(stage -> assertThat(rig.kind(stage)).isEqualTo("FAILED_PRECONDITION"));
        SessionRig.answers(leg);
        assertThat(rig.types()).containsExactly(OUTGOING_CALL_INITIATED, OUTGOING_CALL_CONNECTED);
        assertThat(rig.bench.legs).hasSize(1);
    }
}
