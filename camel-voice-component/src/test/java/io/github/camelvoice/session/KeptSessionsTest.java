package io.github.camelvoice.session;

import static io.github.camelvoice.session.SessionRig.ALICE;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.READY;
import static io.github.camelvoice.session.StatusType.REGISTERED;
import static io.github.camelvoice.session.StatusType.SESSION_REGISTRATION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.registration.RegistrationInfo.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What outlives the process, and whose accounts there may be. */
class KeptSessionsTest {

    private static RegisterAccount account(String name, String owner) {
        return new RegisterAccount(name, "secret", null, null, null, null, null, 0, owner);
    }

    private static SessionRig again(SessionRig before) {
        before.sessions.close();
        return new SessionRig(SessionSettings.DEFAULT, before.store, CallGuard.NONE);
    }

    @Test
    void accountsAndSessionsComeBack() {
        SessionRig rig = SessionRig.ready(7);
        rig.now(rig.sessions.register(account("bob@example.com", "AC1")));
        String token = rig.registrations.accounts.get(ALICE).token();
        SessionRig next = again(rig);
        assertThat(next.registrations.accounts.get(ALICE).token()).isEqualTo(token).hasSize(24);
        assertThat(next.told).filteredOn(status -> status.account().equals(ALICE)).extracting(SessionStatus::type).containsExactly(REGISTERED, READY);
        assertThat(next.told).filteredOn(status -> status.account().equals(ALICE)).extracting(SessionStatus::sequence).containsExactly(4L, 5L);
        SessionInfo info = next.sessions.get(ALICE).orElseThrow();
        assertThat(info.started()).isTrue();
        assertThat(info.autoAnswerInterval()).isEqualTo(7);
        assertThat(next.sessions.get("bob@example.com").orElseThrow().started()).isFalse();
        assertThat(next.sessions.get("bob@example.com").orElseThrow().owner()).isEqualTo("AC1");
        assertThat(next.comes().sent).containsExactly("180 Ringing");
    }

    @Test
    void aCallThatWasUpIsClosedInTheHistory() {
        SessionRig rig = SessionRig.ready(-1);
        SessionRig.answers(rig.calls());
        rig.comes();
        rig.now(rig.sessions.mute(ALICE));
        SessionRig next = again(rig);
        SessionStatus closed = next.told.get(0);
        assertThat(closed.type()).isEqualTo(OUTGOING_CALL_FAILED);
        assertThat(closed.description()).isEqualTo("interrupted");
        assertThat(closed.callee()).isEqualTo("bob");
        assertThat(next.types()).containsExactly(OUTGOING_CALL_FAILED, REGISTERED, READY);
        assertThat(again(next).types()).containsExactly(REGISTERED, READY);
        SessionRig ringing = SessionRig.ready(-1);
        ringing.comes();
        assertThat(again(ringing).types()).containsExactly(INCOMING_CALL_FAILED, REGISTERED, READY);
    }

    @Test
    void theStoreIsAwayAtFirst() {
        SessionRig rig = SessionRig.ready(-1);
        rig.store.fails = true;
        SessionRig next = again(rig);
        assertThat(next.sessions.list(null)).isEmpty();
        rig.store.fails = false;
        next.bench.pass(5);
        assertThat(next.status()).isEqualTo(READY);
    }

    @Test
    void aPasswordThatCannotBeUnsealed() {
        SessionRig rig = SessionRig.ready(-1);
        SessionStore.Kept kept = rig.store.kept.get(ALICE);
        rig.store.kept.put(ALICE, kept.withTrouble("sealed with another key"));
        SessionRig next = again(rig);
        assertThat(next.last().description()).isEqualTo("sealed with another key");
        assertThat(next.types()).containsExactly(SESSION_REGISTRATION_FAILED);
        assertThat(next.registrations.asked).isEmpty();
        next.now(next.sessions.end(ALICE));
        assertThat(rig.store.kept.get(ALICE).trouble()).isNotEmpty();
        next.now(next.sessions.register(SessionRig.alice()));
        assertThat(rig.store.kept.get(ALICE).trouble()).isEmpty();
    }

    @Test
    void aNameThatWasForgottenGoesOnInItsHistory() throws Exception {
        SessionRig rig = SessionRig.ready(-1);
        rig.now(rig.sessions.unregister(ALICE));
        assertThat(rig.now(rig.sessions.register(SessionRig.alice())).sequence()).isEqualTo(5);
        assertThat(rig.sessions.history("sip:" + ALICE, 3, 10)).extracting(SessionStatus::sequence).containsExactly(4L, 5L);
    }

    @Test
    void aNewOwnerOfANameReadsNothingOfTheOneBefore() throws Exception {
        SessionRig rig = new SessionRig();
        rig.now(rig.sessions.register(account("a@h", "AC1")));
        rig.now(rig.sessions.start("a@h", 0));
        rig.now(rig.sessions.unregister("a@h"));
        rig.now(rig.sessions.register(account("a@h", "AC2")));
        assertThat(rig.sessions.history("a@h", 0, 10)).extracting(SessionStatus::type).containsExactly(REGISTERED);
        assertThat(again(rig).sessions.history("a@h", 0, 10)).extracting(SessionStatus::type).containsExactly(REGISTERED, REGISTERED);
    }

    @Test
    void whichAccountAnOwnerUsedLastIsKnownAfterwards() {
        SessionRig rig = new SessionRig();
        for (String name : List.of("b@h", "a@h", "c@h")) {
            rig.now(rig.sessions.register(account(name, "AC1")));
            rig.bench.pass(1);
        }
        assertThat(again(rig).sessions.current("AC1")).contains("c@h");
        rig.now(rig.sessions.start("a@h", 0));
        assertThat(again(rig).sessions.current("AC1")).contains("a@h");
    }

    @Test
    void whatIsNotWrittenDownIsNotThere() {
        SessionRig rig = new SessionRig();
        rig.store.fails = true;
        assertThat(rig.kind(rig.sessions.register(SessionRig.alice()))).isEqualTo("UNAVAILABLE");
    }

    @Test
    void anAccountBelongsToWhoMadeItKnown() {
        SessionRig rig = new SessionRig(SessionSettings.DEFAULT.withAccounts(2, 3), new FakeStore(), CallGuard.NONE);
        rig.now(rig.sessions.register(account("a@h", "AC1")));
        assertThat(rig.sessions.current("AC1")).contains("a@h");
        assertThat(rig.kind(rig.sessions.register(account("a@h", "AC2")))).isEqualTo("PERMISSION_DENIED");
        rig.now(rig.sessions.register(account("a@H", "")));
        assertThat(rig.sessions.get("a@h").orElseThrow().owner()).isEqualTo("AC1");
        rig.now(rig.sessions.register(account("b@h", "AC1")));
        assertThat(rig.sessions.current("AC1")).contains("b@h");
        rig.sessions.named("AC1", "a@h");
        assertThat(rig.sessions.current("AC1")).contains("a@h");
        assertThat(rig.sessions.current("AC2")).isEmpty();
        assertThat(rig.kind(rig.sessions.register(account("c@h", "AC1")))).isEqualTo("RESOURCE_EXHAUSTED");
        rig.now(rig.sessions.register(account("c@h", "AC2")));
        assertThat(rig.kind(rig.sessions.register(account("d@h", "AC3")))).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(rig.sessions.list("AC1")).extracting(SessionInfo::account).containsExactly("a@h", "b@h");
        assertThat(rig.sessions.list(null)).hasSize(3);
        rig.now(rig.sessions.unregister("a@h"));
        assertThat(rig.sessions.current("AC1")).contains("b@h");
    }

    @Test
    void namesThatAreNone() {
        SessionRig rig = new SessionRig();
        for (String name : new String[] {null, "", "alice", "@host", "alice@", "alice@host:99999", "alice@host\r\nVia: x", "al ice@host", "alice@ho<st",
            "alice@host;x", "\u0000@host"}) {
            assertThat(rig.kind(rig.sessions.register(account(name, "")))).as(name).isEqualTo("INVALID_ARGUMENT");
        }
        for (RegisterAccount wrong : List.of(new RegisterAccount(ALICE, "se\r\ncret", null, null, null, null, null, 0, ""),
                new RegisterAccount(ALICE, null, "a\nb", null, null, null, null, 0, ""), new RegisterAccount(ALICE, null, null, "host\r\n", null, null, null, 0, ""),
                new RegisterAccount(ALICE, null, null, "not an address", null, null, null, 0, ""),
                new RegisterAccount(ALICE, null, null, null, "sctp", null, null, 0, ""), new RegisterAccount(ALICE, null, null, null, null, "\u0007", null, 0, ""),
                new RegisterAccount(ALICE, null, null, null, null, null, null, 5, ""))) {
            assertThat(rig.kind(rig.sessions.register(wrong))).isEqualTo("INVALID_ARGUMENT");
        }
        assertThat(rig.sessions.list(null)).isEmpty();
        assertThat(rig.store.kept).isEmpty();
        assertThat(rig.registrations.accounts).isEmpty();
        assertThat(rig.kind(rig.sessions.start("nobody@h", 0))).isEqualTo("NOT_FOUND");
        rig.now(rig.sessions.register(SessionRig.alice()));
        assertThat(rig.kind(rig.sessions.start(ALICE, 171))).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void tracebacksOnlyIfWanted() {
        SessionRig rig = new SessionRig(SessionSettings.DEFAULT.withTracebacks(true), new FakeStore(), CallGuard.NONE);
        rig.now(rig.sessions.register(SessionRig.alice()));
        rig.now(rig.sessions.start(ALICE, -1));
        SessionRig.answers(rig.calls());
        rig.sessions.play(ALICE, List.of(SessionRig.file("a"), SessionRig.file("broken")));
        rig.bench.media.last().played();
        assertThat(rig.last().exceptionTraceback()).contains("IOException: not a WAV file");
        rig.registrations.says(ALICE, State.REFUSED, 403, "Forbidden");
        rig.sessions.call(ALICE, "bob", SipHeaders.none());
    }
}
