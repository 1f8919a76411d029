package io.github.camelvoice.session;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.camelvoice.registration.Account;

/** Where accounts, sessions and their histories are kept: a port of this room. Thread-safe; only what throws {@link IOException} waits. */
public interface SessionStore {

    /**
     * An account as it is kept; its password is sealed at rest.
     *
     * @param started            whether it has a session
     * @param autoAnswerInterval of the session
     * @param sequence           of its last status, 0 if there is none; filled in by {@link #load}
     * @param trouble            why the account cannot be used until it is made known anew, empty if it can: its password, which is null then, was
     *                           sealed with another key
     * @param since              what its present owner may read of the history comes after this sequence
     * @param used               when it was registered or started last
     */
    record Kept(Account account, boolean started, int autoAnswerInterval, long sequence, String trouble, long since, Instant used) {

        /** Of nobody before, and never used. */
        public Kept(Account account, boolean started, int autoAnswerInterval, long sequence) {
            this(account, started, autoAnswerInterval, sequence, "", 0, Instant.EPOCH);
        }

        public Kept withTrouble(String why) {
            return new Kept(account, started, autoAnswerInterval, sequence, why, since, used);
        }

        public Kept withSequence(long last) {
            return new Kept(account, started, autoAnswerInterval, last, trouble, since, used);
        }
    }

    /** Writes a new or changed account down; done when it survives the end of this process. Fails with {@link IOException}. */
    CompletionStage<Void> put(Kept account);

    /** Forgets the account, and not its history; done when it is forgotten for good. */
    CompletionStage<Void> remove(String account);

    /**
     * Keeps a status. The oldest of an account go when there are more than the history holds. The sequence of an account goes on where its history
     * ended, for one that was forgotten and is made known again, too; what is told once more under a sequence takes the place of what was there.
     */
    void add(SessionStatus status);

    /** Accounts of this node, by name. */
    List<Kept> load() throws IOException;

    /**
     * Statuses of an account, oldest first, all that were added before included.
     *
     * @param after only those with a higher sequence
     * @param most  how many of the newest that are left then
     */
    List<SessionStatus> history(String account, long after, int most) throws IOException;
}
