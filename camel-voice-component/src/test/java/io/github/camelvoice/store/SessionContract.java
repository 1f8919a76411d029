package io.github.camelvoice.store;

import static io.github.camelvoice.store.SessionSamples.account;
import static io.github.camelvoice.store.SessionSamples.kept;
import static io.github.camelvoice.store.SessionSamples.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.account.UserStore;
import io.github.camelvoice.account.Users;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.SessionStore;
import io.github.camelvoice.session.SessionStore.Kept;
import io.github.camelvoice.session.StatusType;
import io.github.camelvoice.store.secret.SecretBox;
import io.github.camelvoice.store.secret.SecretKeys;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store does with accounts and their histories. */
public abstract class SessionContract extends SubscriptionContract {

    private static final String ALICE = "alice@example.com:5070";
    private static final String BOB = "b\u00f6b@example.com";

    private final SecretBox secrets = SecretBox.ofThisProcess();

    private SessionStore sessions(FedLog log, int most) {
        return new StoredSessions(log, store, EngineClock.SYSTEM, new Keeping(secrets, most));
    }

    private static void put(SessionStore sessions, Kept kept) {
        sessions.put(kept).toCompletableFuture().join();
    }

    private static List<Long> sequences(List<SessionStatus> statuses) {
        return statuses.stream().map(SessionStatus::sequence).toList();
    }

    @Test
    void anAccountIsReadAsItWas() throws Exception {
        DirectLog log = log("node");
        SessionStore sessions = sessions(log, 10);
        Account bare = new Account(BOB, null, null, null, null, null, List.of(), 60, "t", "urn:uuid:2", "");
        put(sessions, new Kept(bare, false, 7, 0));
        put(sessions, kept(ALICE, "s3cret \u00e9"));
        assertThat(sessions.load()).containsExactly(new Kept(account(ALICE, "s3cret \u00e9"), true, -1, 0), new Kept(bare, false, 7, 0));

        put(sessions, new Kept(account(ALICE, ""), false, 3, 99, "", 41, Instant.ofEpochMilli(1_790_000_000_123L)));
        log.gathers = true;
        put(sessions, kept(BOB, "other"));
        put(sessions, kept("carol@example.com", "new"));
        sessions.remove("carol@example.com");
        sessions.remove("nobody");
        sessions.add(status(BOB, 4));
        log.feed();
        assertThat(sessions.load()).containsExactly(new Kept(account(ALICE, ""), false, 3, 0, "", 41,
                Instant.ofEpochMilli(1_790_000_000_123L)), new Kept(account(BOB, "other"), true, -1, 4));
        sessions.remove(ALICE).toCompletableFuture().join();
        put(sessions, kept(ALICE, "again"));
        sessions.remove(BOB).toCompletableFuture().join();
        log.feed();
        assertThat(sessions.load()).containsExactly(new Kept(account(ALICE, "again"), true, -1, 0));
    }

    @Test
    void aHistoryIsReadInOrderAndItsNewestAreKept() throws Exception {
        DirectLog log = log("node");
        SessionStore sessions = sessions(log, 5);
        put(sessions, kept(ALICE, "x"));
        for (int i = 1; i <= 3; i++) {
            sessions.add(status(ALICE, i));
        }
        sessions.add(status(BOB, 1));
        assertThat(sessions.history(ALICE, 0, 100)).containsExactly(status(ALICE, 1), status(ALICE, 2), status(ALICE, 3));
        assertThat(sequences(sessions.history(ALICE, 1, 100))).containsExactly(2L, 3L);
        assertThat(sequences(sessions.history(ALICE, 0, 2))).containsExactly(2L, 3L);
        assertThat(sessions.history(ALICE, 3, 2)).isEmpty();
        assertThat(sessions.history("nobody", 0, 2)).isEmpty();
        log.gathers = true;
        for (int i = 4; i <= 30; i++) {
            sessions.add(status(ALICE, i));
        }
        log.feed();
        log.gathers = false;
        assertThat(sequences(sessions.history(ALICE, 0, 100))).containsExactly(26L, 27L, 28L, 29L, 30L);
        sessions.add(status(ALICE, 31));
        assertThat(sequences(sessions.history(ALICE, 0, 100))).containsExactly(27L, 28L, 29L, 30L, 31L);
        assertThat(sequences(sessions.history(BOB, 0, 100))).containsExactly(1L);
        assertThat(sessions.load()).extracting(Kept::sequence).containsExactly(31L);
    }

    @Test
    void aHistoryOutlivesItsAccountAndASequenceItsHistory() throws Exception {
        SessionStore sessions = sessions(log("node"), 100);
        put(sessions, kept(ALICE, "x"));
        LongStream.rangeClosed(1, 3).forEach(sequence -> sessions.add(status(ALICE, sequence)));
        sessions.remove(ALICE).toCompletableFuture().join();
        assertThat(sessions.load()).isEmpty();
        assertThat(sequences(sessions.history(ALICE, 0, 1))).containsExactly(3L);
        put(sessions, kept(ALICE, "y"));
        assertThat(sessions.load()).extracting(Kept::sequence).containsExactly(3L);
        SessionStatus otherwise = new SessionStatus(ALICE, 3, SessionSamples.START, StatusType.READY, "", "", "", Map.of(), "", "", "", "");
        sessions.add(otherwise);
        assertThat(sessions.history(ALICE, 2, 10)).containsExactly(otherwise);

        sessions.add(status(ALICE, 4));
        assertThat(store.purge(SessionSamples.START.plusMillis(3500), 2)).isEqualTo(2);
        assertThat(sequences(sessions.history(ALICE, 0, 10))).hasSize(2).contains(4L);
        assertThat(store.purge(SessionSamples.START.plusMillis(3500), 10)).isEqualTo(1);
        assertThat(sequences(sessions.history(ALICE, 0, 10))).containsExactly(4L);
        assertThat(store.purge(SessionSamples.START.plusSeconds(100), 10)).isEqualTo(1);
        put(sessions, kept(ALICE, "z"));
        assertThat(sessions.history(ALICE, 0, 10)).isEmpty();
        assertThat(sessions.load()).extracting(Kept::sequence).containsExactly(4L);
    }

    @Test
    void anotherKeyGivesTheAccountWithoutItsPassword() throws Exception {
        DirectLog log = log("node");
        SessionStore sessions = sessions(log, 5);
        put(sessions, kept(ALICE, "s3cret"));
        put(sessions, new Kept(account(BOB, null), false, 0, 0));
        SecretBox others = SecretKeys.of(Base64.getEncoder().encodeToString(new byte[32]), "voice.secret.key", null);
        SessionStore wrong = new StoredSessions(log, store, EngineClock.SYSTEM, new Keeping(others, 5));
        List<Kept> found = wrong.load();
        assertThat(found.get(0).account()).isEqualTo(account(ALICE, null));
        assertThat(found.get(0).trouble()).isEqualTo("the password was sealed with another key than that of voice.secret.key: register the account anew");
        assertThat(found.get(1).trouble()).isEmpty();
        put(wrong, kept(ALICE, "s3cret"));
        assertThat(wrong.load().get(0)).isEqualTo(kept(ALICE, "s3cret"));
    }

    @Test
    void sealedBytesOfOneAccountDoNotFitAnother() throws Exception {
        byte[] details = SessionForm.pack(kept("alice@example.com", "s3cret"), secrets);
        byte[] name = "alice@example.com".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int at = new String(details, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("alice@example.com");
        System.arraycopy("mal1c@example.com".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, details, at, name.length);
        Kept moved = SessionForm.unpack(new SessionRows.AccountRow(0, details), secrets).kept();
        assertThat(moved.account().name()).isEqualTo("mal1c@example.com");
        assertThat(moved.account().password()).isNull();
        assertThat(moved.trouble()).contains("damaged, or another's");
    }

    @Test
    void nodesHaveAccountsOfTheirOwn() throws Exception {
        SessionStore one = sessions(log("one"), 5);
        SessionStore two = sessions(new DirectLog("two", store, 400_000), 5);
        put(one, kept(ALICE, "x"));
        one.add(status(ALICE, 1));
        if (isOfOneNode()) {
            return;
        }
        assertThat(two.load()).isEmpty();
        assertThat(two.history(ALICE, 0, 5)).isEmpty();
        put(two, kept(ALICE, "y"));
        two.add(status(ALICE, 2));
        two.remove(ALICE).toCompletableFuture().join();
        assertThat(one.load()).extracting(kept -> kept.account().password()).containsExactly("x");
        assertThat(sequences(one.history(ALICE, 0, 5))).containsExactly(1L);
    }

    /** A store in memory has one log. */
    protected boolean isOfOneNode() {
        return false;
    }

    @Test
    void accountsThatCannotBeWrittenAreSaidAtOnceAndStatusesWait() throws Exception {
        DirectLog log = log("node");
        SessionStore sessions = sessions(log, 5);
        put(sessions, kept(ALICE, "x"));
        log.trouble = "the disk is full";
        assertThatThrownBy(() -> put(sessions, kept(BOB, "y"))).hasRootCauseInstanceOf(IOException.class).hasMessageContaining("the disk is full");
        log.trouble = null;
        log.full = true;
        assertThatThrownBy(() -> sessions.remove(ALICE).toCompletableFuture().join()).hasMessageContaining("no room");
        sessions.add(status(ALICE, 1));
        sessions.add(status(ALICE, 2));
        assertThatThrownBy(() -> sessions.history(ALICE, 0, 5)).isInstanceOf(IOException.class);
        log.full = false;
        sessions.add(status(ALICE, 3));
        assertThat(sequences(sessions.history(ALICE, 0, 5))).containsExactly(1L, 2L, 3L);
        sessions.add(status(ALICE, 4));
        assertThat(sequences(sessions.history(ALICE, 0, 5))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatIsTooLargeIsRefusedOrCut() throws Exception {
        SessionStore sessions = sessions(log("node"), 5);
        assertThatThrownBy(() -> put(sessions, kept(ALICE, "x".repeat(300_000)))).hasMessageContaining("too large");
        put(sessions, kept(ALICE, "x"));
        SessionStatus large = new SessionStatus(ALICE, 1, SessionSamples.START, StatusType.OUTGOING_CALL_FAILED, "c", "b", "",
                Map.of("X", "y".repeat(400_000)), "d".repeat(5_000), "e", "t".repeat(100_000), "");
        sessions.add(large);
        SessionStatus kept = sessions.history(ALICE, 0, 1).get(0);
        assertThat(kept.headers()).isEmpty();
        assertThat(kept.description()).hasSize(4_000);
        assertThat(kept.exceptionTraceback()).isEmpty();
        assertThat(kept.type()).isEqualTo(StatusType.OUTGOING_CALL_FAILED);
    }

    @Test
    void usersAreKeptByTheirHashesForAllNodes() throws Exception {
        UserStore users = new StoredUsers(store);
        long before = users.version();
        StoredUser alice = Users.of("alice", "voice", "w0nder");
        users.put(Users.of("bob", "voice", "x"));
        users.put(Users.of("alice", "other", "y"));
        users.put(alice);
        assertThat(users.users()).containsExactly(alice, Users.of("bob", "voice", "x"));
        long then = users.version();
        assertThat(then).isGreaterThan(before);
        assertThat(users.remove("bob")).isTrue();
        assertThat(users.remove("bob")).isFalse();
        assertThat(users.version()).isGreaterThan(then);
        assertThat(new StoredUsers(store).users()).containsExactly(alice);
        assertThat(alice.ha1().of("SHA-512-256")).isEqualTo(users.users().get(0).ha1().of("SHA-512-256"));
    }
}
