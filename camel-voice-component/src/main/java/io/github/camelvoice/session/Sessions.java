package io.github.camelvoice.session;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.registration.Account;

/**
 * Accounts of ours as phones: registered at their servers, with at most one session each, with at most one call each. Each stage ends with the status
 * that came of it, and fails with {@link SessionException}. Thread-safe; nothing here waits, but for {@link #history}.
 */
public interface Sessions {

    /**
     * Makes an account known and registers it.
     *
     * @return REGISTERED or SESSION_REGISTRATION_FAILED; the latter is tried again where that makes sense
     */
    CompletionStage<SessionStatus> register(RegisterAccount request);

    /** Ends its session, unregisters it and forgets it; its history is kept. */
    CompletionStage<SessionStatus> unregister(String account);

    /** SESSION_STARTED, and READY follows. @param autoAnswerInterval seconds until an incoming call is answered; 0 at once, negative never */
    CompletionStage<SessionStatus> start(String account, int autoAnswerInterval);

    /** SESSION_ENDED; a call is hung up first. */
    CompletionStage<SessionStatus> end(String account);

    /** OUTGOING_CALL_INITIATED; how it goes on is told to followers. @param callee SIP URI, {@code user@host}, or a user or number at the account's own server */
    CompletionStage<SessionStatus> call(String account, String callee, SipHeaders headers);

    /** Answers the call that rings. */
    CompletionStage<SessionStatus> answer(String account);

    /** SOFT_HANGUP_INITIATED or HARD_HANGUP_INITIATED. @param hard the call is over here without waiting for anybody */
    CompletionStage<SessionStatus> hangup(String account, boolean hard);

    /** TRANSFER_CALL_INITIATED. */
    CompletionStage<SessionStatus> transfer(String account, String target, SipHeaders headers);

    /**
     * Plays WAVs one after the other, after those that were asked for before.
     *
     * @return MICROPHONE_WAV_FILES_PLAYED when the last one was played
     */
    CompletionStage<SessionStatus> play(String account, List<PlaySource> files, BrokenFiles broken);

    /** Plays what can be played. */
    default CompletionStage<SessionStatus> play(String account, List<PlaySource> files) {
        return play(account, files, BrokenFiles.SKIP);
    }

    /** What becomes of a list that has files which are no WAVs. */
    enum BrokenFiles {
        /** They are named by their places in the status; the others are played. INVALID_ARGUMENT if that leaves none. */
        SKIP,
        /** INVALID_ARGUMENT, and nothing is played. */
        REFUSE
    }

    CompletionStage<SessionStatus> mute(String account);

    CompletionStage<SessionStatus> unmute(String account);

    /** The current status; NO_SESSION for an account without a session that is not registered. Fails with NOT_FOUND. */
    CompletionStage<SessionStatus> status(String account);

    /**
     * Oldest first, without what other owners of the name did before; the operator's accounts have all. Waits for the store: not to be called on a
     * mailbox.
     *
     * @param after only those with a higher sequence
     */
    List<SessionStatus> history(String account, long after, int most) throws IOException;

    Optional<SessionInfo> get(String account);

    /** The account with its password, for calls in its name. */
    Optional<Account> account(String name);

    /** By name. @param owner null for all */
    List<SessionInfo> list(String owner);

    /** The account that this owner registered or named last: whose account it is where a caller names none. */
    Optional<String> current(String owner);

    /** This owner named that account: it is its {@link #current} one from now on. Nothing where the account is not known. */
    void named(String owner, String account);

    /** Statuses from now on, in order per account. @param account null for all */
    Following follow(String account, Listener listener);

    /** Hears statuses, on the mailbox of the session: to return at once. */
    interface Listener {
        void told(SessionStatus status);
    }

    /** Somebody who hears statuses. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
