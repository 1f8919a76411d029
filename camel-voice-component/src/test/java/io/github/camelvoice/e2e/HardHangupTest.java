package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.StatusType;
import io.github.camelvoice.testkit.RawSip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session at a server that registers everybody, answers INVITEs as it is told, and never answers a BYE or a CANCEL. */
class HardHangupTest {

    /** A request that nobody answers is sent again after 500 ms (RFC 3261, timer E). */
    private static final Duration SENT_AGAIN = Duration.ofMillis(1200);

    private final RawSip server = RawSip.open();
    private final String account = "alice@127.0.0.1:" + server.port();
    private volatile boolean answers = true;
    private AccountRig rig;

    @BeforeEach
    void register() {
        server.answering(request -> switch (request.method()) {
            case "REGISTER" -> request.answer(200, "OK", "Contact: " + request.header("Contact") + "\r\nExpires: 3600\r\n");
            case "INVITE" -> answers ? accepted(request) : request.answer(180, "Ringing", "");
            default -> null;
        });
        rig = AccountRig.start(config -> config);
        rig.registered(new RegisterAccount(account, null, null, null, "udp", null, null, 0, ""));
        rig.started(account, -1);
    }

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    private RawSip.Message accepted(RawSip.Message invite) {
        String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + server.port() + " RTP/AVP 0\r\n";
        String text = invite.answer(200, "OK", "Contact: <sip:bob@127.0.0.1:" + server.port() + ">\r\nContent-Type: application/sdp\r\n").text();
        return new RawSip.Message(text.replace("Content-Length: 0\r\n\r\n", "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp), invite.from());
    }

    private void connected() {
        AccountRig.done(rig.sessions().call(account, "bob", SipHeaders.none()));
        rig.await(account, StatusType.OUTGOING_CALL_CONNECTED);
    }

    private void nothingIsLeft() {
        Awaitility.await().atMost(AccountRig.PATIENCE).untilAsserted(() -> {
            assertThat(rig.engine.calls().count()).isZero();
            assertThat(rig.engine.figures().legs()).isZero();
            assertThat(rig.engine.figures().rtpPortsInUse()).isZero();
        });
    }

    private void sentOnce(String method) {
        Awaitility.await(method).atMost(AccountRig.PATIENCE).until(() -> !server.requests(method).isEmpty());
        Awaitility.await("no second " + method).during(SENT_AGAIN).atMost(AccountRig.PATIENCE).until(() -> server.requests(method).size() == 1);
    }

    @Test
    void anAnsweredCall() {
        connected();
        SessionStatus begun = AccountRig.done(rig.sessions().hangup(account, true));
        assertThat(begun.type()).isEqualTo(StatusType.HARD_HANGUP_INITIATED);
        rig.await(account, StatusType.READY);
        nothingIsLeft();
        sentOnce("BYE");
        assertThat(rig.types(account)).endsWith(StatusType.OUTGOING_CALL_INITIATED, StatusType.OUTGOING_CALL_CONNECTED, StatusType.HARD_HANGUP_INITIATED,
                StatusType.OUTGOING_CALL_FINISHED, StatusType.READY);
    }

    @Test
    void aSoftHangUpIsRepeated() {
        connected();
        AccountRig.done(rig.sessions().hangup(account, false));
        rig.await(account, StatusType.READY);
        Awaitility.await("BYE once more").atMost(AccountRig.PATIENCE).until(() -> server.requests("BYE").size() >= 2);
        assertThat(rig.engine.figures().legs()).isEqualTo(1);
    }

    @Test
    void aRingingCall() {
        answers = false;
        AccountRig.done(rig.sessions().call(account, "bob", SipHeaders.none()));
        Awaitility.await("it rings").atMost(AccountRig.PATIENCE)
                .until(() -> rig.callOf(account).snapshot().ringingAt() != null);
        AccountRig.done(rig.sessions().hangup(account, true));
        rig.await(account, StatusType.READY);
        assertThat(rig.engine.calls().count()).isZero();
        sentOnce("CANCEL");
        answers = true;
        connected();
    }

    @Test
    void aThousandCallsAtOnceAreOne() {
        List<CompletableFuture<SessionStatus>> asked = IntStream.range(0, 1000).parallel()
                .mapToObj(i -> rig.sessions().call(account, "bob", SipHeaders.none()).toCompletableFuture()).toList();
        Map<String, Long> came = asked.stream().collect(Collectors.groupingBy(HardHangupTest::outcome, Collectors.counting()));
        assertThat(came).isEqualTo(Map.of("OUTGOING_CALL_INITIATED", 1L, "FAILED_PRECONDITION", 999L));
        rig.await(account, StatusType.OUTGOING_CALL_CONNECTED);
        List<CompletionStage<SessionStatus>> mutes = IntStream.range(0, 1000).parallel().mapToObj(i -> rig.sessions().mute(account)).toList();
        mutes.forEach(AccountRig::done);
        AccountRig.done(rig.sessions().hangup(account, true));
        rig.await(account, StatusType.READY);
        List<SessionStatus> told = rig.told(account);
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i).sequence()).isEqualTo(i + 1L);
        }
        assertThat(server.requests("INVITE").stream().map(invite -> invite.header("Call-ID")).distinct()).hasSize(1);
        nothingIsLeft();
    }

    private static String outcome(CompletableFuture<SessionStatus> stage) {
        return stage.handle((status, failure) -> failure == null ? status.type().name() : ((SessionException) failure).kind().name()).join();
    }
}
