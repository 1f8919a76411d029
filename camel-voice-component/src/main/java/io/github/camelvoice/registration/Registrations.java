package io.github.camelvoice.registration;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps accounts registered at their servers. Thread-safe; nothing here waits. */
public interface Registrations {

    /**
     * Registers, and keeps registered until {@link #unregister}. An account of that name gives way to this one.
     *
     * @return done at the first final result: registered, or refused, or failed and to be tried again
     * @throws IllegalArgumentException naming what is wrong in the account
     */
    CompletionStage<RegistrationInfo> register(Account account);

    /** Unregisters and forgets; done when the server knows, or does not answer. Done at once where there is none of that name. */
    CompletionStage<Void> unregister(String name);

    Optional<RegistrationInfo> get(String name);

    /** By name. */
    List<RegistrationInfo> list();

    /** The account with this token in its Contact, and an address that its server has: whose call comes in. */
    Optional<Account> called(String token);

    /** Changes of state from now on, refreshes included, in order per account, on the mailbox of the account: to return at once. */
    Following follow(Listener listener);

    /** Hears changes. */
    interface Listener {
        void changed(RegistrationInfo info);
    }

    /** Somebody who hears changes. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
