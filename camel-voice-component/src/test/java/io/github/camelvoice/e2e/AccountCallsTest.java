package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.AccountRig.account;
import static io.github.camelvoice.e2e.AccountRig.done;
import static io.github.camelvoice.session.StatusType.HARD_HANGUP_INITIATED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_CONNECTED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_FINISHED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_INITIATED;
import static io.github.camelvoice.session.StatusType.MICROPHONE_MUTED;
import static io.github.camelvoice.session.StatusType.MICROPHONE_UNMUTED;
import static io.github.camelvoice.session.StatusType.MICROPHONE_WAV_FILES_PLAYED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_CONNECTED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_FINISHED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_INITIATED;
import static io.github.camelvoice.session.StatusType.READY;
import static io.github.camelvoice.session.StatusType.REGISTERED;
import static io.github.camelvoice.session.StatusType.SESSION_STARTED;
import static io.github.camelvoice.session.StatusType.SOFT_HANGUP_INITIATED;
import static io.github.camelvoice.session.StatusType.TRANSFER_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.TRANSFER_CALL_INITIATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.KamailioRegistrar;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.Tones;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of accounts through Kamailio, where they are registered: with each other, and with baresip. */
@Tag("peer")
class AccountCallsTest {

    private static final double FROM_ALICE = 700;
    private static final double FROM_BOB = 1_200;

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static KamailioRegistrar registrar;
    private AccountRig ours;
    private final String alice = registrar.account("alice");
    private final String bob = registrar.account("bob");

    @BeforeAll
    static void server() {
        pki = TestPki.create(folder);
        registrar = KamailioRegistrar.in(folder, pki).users("alice", "bob", "carol", "dave").start();
    }

    @AfterAll
    static void end() {
        registrar.close();
    }

    @BeforeEach
    void open() {
        ours = AccountRig.start(config -> config);
    }

    /** A phone that had no time to leave would be one binding too many for the next one. */
    @AfterEach
    void close() {
        ours.close();
        List.of("bob", "carol", "dave").forEach(registrar::forget);
    }

    private void ready(String name, int autoAnswer) {
        ours.ready(account(name, Kamailio.PASSWORD), autoAnswer);
    }

    private SessionStatus call(String from, String to) {
        SessionStatus status = done(ours.sessions().call(from, to, SipHeaders.none()));
        assertThat(status.type()).isEqualTo(OUTGOING_CALL_INITIATED);
        return status;
    }

    /** Two accounts of one engine: one call out, the same call in, one Call-ID. Each hears the other; the one that is muted is not heard. */
    @Test
    void twoAccountsTalk() throws IOException {
        ready(alice, -1);
        ready(bob, 0);
        call(alice, "bob");
        ours.await(alice, OUTGOING_CALL_CONNECTED);
        SessionStatus incoming = ours.await(bob, INCOMING_CALL_CONNECTED);
        assertThat(incoming.callee()).contains("alice@");
        Path atBob = ours.record(bob, folder, 20);
        Path atAlice = ours.record(alice, folder, 20);
        var played = ours.sessions().play(alice, List.of(AccountRig.tone(folder, 44_100, FROM_ALICE, 1.5), AccountRig.tone(folder, 8_000, FROM_ALICE / 2, 1)));
        assertThat(done(ours.sessions().play(bob, List.of(AccountRig.tone(folder, 16_000, FROM_BOB, 1)))).type()).isEqualTo(MICROPHONE_WAV_FILES_PLAYED);
        assertThat(done(played).type()).isEqualTo(MICROPHONE_WAV_FILES_PLAYED);
        Tones.Audio bobHeard = ours.heard(bob, atBob);
        Tones.Audio aliceHeard = ours.heard(alice, atAlice);
        assertThat(bobHeard.amplitude(FROM_ALICE)).isGreaterThan(4000);
        assertThat(bobHeard.amplitude(FROM_ALICE / 2)).isGreaterThan(4000);
        assertThat(bobHeard.amplitude(FROM_BOB)).isLessThan(500);
        assertThat(aliceHeard.amplitude(FROM_BOB)).isGreaterThan(4000);

        assertThat(done(ours.sessions().mute(alice)).type()).isEqualTo(MICROPHONE_MUTED);
        Path whileMuted = ours.record(bob, folder, 20);
        done(ours.sessions().play(alice, List.of(AccountRig.tone(folder, 8_000, FROM_ALICE, 1))));
        assertThat(ours.heard(bob, whileMuted).amplitude(FROM_ALICE)).isLessThan(100);
        assertThat(done(ours.sessions().unmute(alice)).type()).isEqualTo(MICROPHONE_UNMUTED);
        Path unmuted = ours.record(bob, folder, 20);
        done(ours.sessions().play(alice, List.of(AccountRig.tone(folder, 8_000, FROM_ALICE, 1))));
        assertThat(ours.heard(bob, unmuted).amplitude(FROM_ALICE)).isGreaterThan(4000);

        assertThat(done(ours.sessions().hangup(alice, false)).type()).isEqualTo(SOFT_HANGUP_INITIATED);
        ours.await(alice, READY);
        ours.await(bob, READY);
        assertThat(ours.types(alice)).containsExactly(REGISTERED, SESSION_STARTED, READY, OUTGOING_CALL_INITIATED, OUTGOING_CALL_CONNECTED,
                MICROPHONE_WAV_FILES_PLAYED, MICROPHONE_MUTED, MICROPHONE_WAV_FILES_PLAYED, MICROPHONE_UNMUTED, MICROPHONE_WAV_FILES_PLAYED,
                SOFT_HANGUP_INITIATED, OUTGOING_CALL_FINISHED, READY);
        assertThat(ours.types(bob)).containsExactly(REGISTERED, SESSION_STARTED, READY, INCOMING_CALL_INITIATED, INCOMING_CALL_CONNECTED,
                MICROPHONE_WAV_FILES_PLAYED, INCOMING_CALL_FINISHED, READY);
        ours.mustBeWhole(alice);
        ours.mustBeWhole(bob);
    }

    @Test
    void aPhoneCallsAnAccountThatAnswersAfterThreeSeconds() {
        ready(alice, 3);
        try (Baresip phone = Baresip.registered(folder, pki, "bob", registrar, "auto")) {
            phone.dial(registrar.uri("alice"));
            SessionStatus rings = ours.await(alice, INCOMING_CALL_INITIATED);
            phone.awaitEvent("CALL_RINGING", 1);
            SessionStatus answered = ours.await(alice, INCOMING_CALL_CONNECTED);
            assertThat(Duration.between(rings.time(), answered.time())).isBetween(Duration.ofMillis(2_900), Duration.ofMillis(4_500));
            Path heard = ours.record(alice, folder, 20);
            done(ours.sessions().play(alice, List.of(AccountRig.tone(folder, 8_000, FROM_ALICE, 2))));
            assertThat(ours.heard(alice, heard).amplitude(Baresip.TONE)).isGreaterThan(4000);
            phone.hangup();
            ours.await(alice, READY);
            assertThat(ours.types(alice)).endsWith(INCOMING_CALL_CONNECTED, MICROPHONE_WAV_FILES_PLAYED, INCOMING_CALL_FINISHED, READY);
            assertThat(phone.heard().amplitude(FROM_ALICE)).isGreaterThan(4000);
        }
    }

    @Test
    void anAccountThatNeverAnswersByItself() {
        ready(alice, -1);
        try (Baresip phone = Baresip.registered(folder, pki, "bob", registrar, "auto")) {
            phone.dial(registrar.uri("alice"));
            ours.await(alice, INCOMING_CALL_INITIATED);
            phone.hangup();
            ours.await(alice, READY);
            assertThat(ours.types(alice)).endsWith(INCOMING_CALL_INITIATED, INCOMING_CALL_FAILED, READY);
            phone.dial(registrar.uri("alice"));
            ours.await(alice, INCOMING_CALL_INITIATED);
            done(ours.sessions().answer(alice));
            ours.await(alice, INCOMING_CALL_CONNECTED);
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            assertThat(done(ours.sessions().hangup(alice, true)).type()).isEqualTo(HARD_HANGUP_INITIATED);
            ours.await(alice, READY);
            phone.awaitEvent("CALL_CLOSED", 2);
            assertThat(ours.types(alice)).endsWith(INCOMING_CALL_CONNECTED, HARD_HANGUP_INITIATED, INCOMING_CALL_FINISHED, READY);
        }
    }

    @Test
    void anAccountCallsAPhoneWithHeadersAndTransfersIt() {
        ready(alice, -1);
        try (Baresip phone = Baresip.registered(folder, pki, "bob", registrar, "auto");
                Baresip third = Baresip.registered(folder, pki, "carol", registrar, "auto")) {
            call(alice, registrar.uri("bob"));
            ours.await(alice, OUTGOING_CALL_CONNECTED);
            Path heard = ours.record(alice, folder, 20);
            done(ours.sessions().play(alice, List.of(AccountRig.tone(folder, 8_000, FROM_ALICE, 1))));
            assertThat(ours.heard(alice, heard).amplitude(Baresip.TONE)).isGreaterThan(4000);
            SessionStatus asked = done(ours.sessions().transfer(alice, registrar.uri("carol"), AccountRig.header("X-Reason", "sales")));
            assertThat(asked.type()).isEqualTo(TRANSFER_CALL_INITIATED);
            ours.await(alice, READY);
            assertThat(ours.types(alice)).endsWith(TRANSFER_CALL_INITIATED, OUTGOING_CALL_FINISHED, READY);
            SessionStatus finished = ours.told(alice).stream().filter(status -> status.type() == OUTGOING_CALL_FINISHED).findFirst().orElseThrow();
            assertThat(finished.transferTarget()).contains("carol");
            third.awaitEvent("CALL_ESTABLISHED", 1);
            phone.hangup();
        }
    }

    /** Found before anything is played, named by their places; the others are played. */
    @Test
    void brokenFilesAreNamed() {
        ready(alice, -1);
        try (Baresip phone = Baresip.registered(folder, pki, "bob", registrar, "auto")) {
            call(alice, "bob");
            ours.await(alice, OUTGOING_CALL_CONNECTED);
            PlaySource good = AccountRig.tone(folder, 8_000, FROM_ALICE, 1);
            PlaySource cutOff = new PlaySource("cut off", () -> new ByteArrayInputStream(good.opener().open().readNBytes(8_044)), 1);
            PlaySource none = new PlaySource("none", () -> new ByteArrayInputStream("ID3".getBytes(StandardCharsets.US_ASCII)), 1);
            SessionStatus played = done(ours.sessions().play(alice, List.of(cutOff, good, none)));
            assertThat(played.type()).isEqualTo(MICROPHONE_WAV_FILES_PLAYED);
            assertThat(played.description()).contains("1 (WAV ends after 0.5 s of 1.0 s)", "3 (");
            assertThat(AccountRig.failed(ours.sessions().play(alice, List.of(none, cutOff)))).isEqualTo(SessionException.Kind.INVALID_ARGUMENT);
            done(ours.sessions().hangup(alice, false));
            ours.await(alice, READY);
            assertThat(phone.heard().amplitude(FROM_ALICE)).isGreaterThan(4000);
        }
    }

    @Test
    void aTransferThatFailsLeavesTheCall() {
        ready(alice, -1);
        try (Baresip phone = Baresip.registered(folder, pki, "bob", registrar, "auto")) {
            call(alice, "bob");
            ours.await(alice, OUTGOING_CALL_CONNECTED);
            done(ours.sessions().transfer(alice, "busy", SipHeaders.none()));
            SessionStatus failed = ours.await(alice, TRANSFER_CALL_FAILED);
            assertThat(failed.description()).contains("486");
            Path heard = ours.record(alice, folder, 20);
            done(ours.sessions().play(alice, List.of(AccountRig.tone(folder, 8_000, FROM_ALICE, 1))));
            assertThat(ours.heard(alice, heard).amplitude(Baresip.TONE)).isGreaterThan(4000);
            done(ours.sessions().hangup(alice, false));
            ours.await(alice, READY);
        }
    }

    @Test
    void whoIsBusyOrNotThereIsToldByItsCode() {
        ready(alice, -1);
        call(alice, "busy");
        assertThat(ours.await(alice, OUTGOING_CALL_FAILED, 1).description()).isEqualTo("486 Busy Here");
        ours.await(alice, READY);
        call(alice, "sip:carol@127.0.0.1:" + registrar.port());
        assertThat(ours.await(alice, OUTGOING_CALL_FAILED, 2).description()).isEqualTo("404 Not Found");
        ours.await(alice, READY);
    }

    /** Headers, From and display name as they come to the far end; hard hang-up while it rings. */
    @Test
    void whatTheFarEndSees() {
        ours.ready(new RegisterAccount(alice, Kamailio.PASSWORD, null, null, null, "Alice, \"the\" first", List.of(), 60, ""), -1);
        try (RawSip far = RawSip.open().answering(request -> request.method().equals("INVITE") ? request.answer(180, "Ringing", "") : request.answer(200, "OK", ""))) {
            assertThat(far.request("REGISTER", "sip:127.0.0.1:" + registrar.port()).from(registrar.uri("dave")).to(registrar.uri("dave")).with("Expires: 60")
                    .as("dave", Kamailio.PASSWORD).send(registrar.port()).code()).isEqualTo(200);
            SessionStatus status = done(ours.sessions().call(alice, "dave", SipHeaders.of("X-Tenant", "acme", "User-to-User", "cafe;encoding=hex")));
            assertThat(status.headers()).containsEntry("X-Tenant", "acme");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !far.requests("INVITE").isEmpty());
            RawSip.Message invite = far.requests("INVITE").get(0);
            assertThat(invite.header("X-Tenant")).isEqualTo("acme");
            assertThat(invite.header("User-to-User")).isEqualTo("cafe;encoding=hex");
            assertThat(invite.header("From")).startsWith("\"Alice, \\\"the\\\" first\" <sip:alice@127.0.0.1");
            assertThat(invite.head()).doesNotContain("Authorization");
            done(ours.sessions().hangup(alice, true));
            ours.await(alice, READY);
            assertThat(ours.types(alice)).endsWith(OUTGOING_CALL_INITIATED, HARD_HANGUP_INITIATED, OUTGOING_CALL_FINISHED, READY);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !far.requests("CANCEL").isEmpty());
        }
    }

    @Test
    void aSecondCallIsTurnedAway() {
        ready(alice, 0);
        ready(bob, 0);
        try (Baresip phone = Baresip.registered(folder, pki, "carol", registrar, "auto")) {
            phone.dial(registrar.uri("alice"));
            ours.await(alice, INCOMING_CALL_CONNECTED);
            call(bob, "alice");
            assertThat(ours.await(bob, OUTGOING_CALL_FAILED, 1).description()).isEqualTo("486 Busy Here");
            assertThat(ours.types(alice)).endsWith(INCOMING_CALL_CONNECTED, INCOMING_CALL_FAILED);
            assertThat(done(ours.sessions().status(alice)).type()).isEqualTo(INCOMING_CALL_CONNECTED);
            phone.hangup();
            ours.await(alice, READY);
        }
    }
}
