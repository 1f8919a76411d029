package io.github.camelvoice.gateway.access;

import java.time.Instant;

/**
 * An account as the file has it.
 *
 * @param first whether it is the one made at first start: it goes by the name that the settings say
 */
record StoredAccount(Account account, TokenHash token, Instant createdAt, boolean first) {

    StoredAccount named(String sid) {
        return new StoredAccount(new Account(sid, account.projects(), account.expiresAt()), token, createdAt, first);
    }

    StoredAccount with(TokenHash other) {
        return new StoredAccount(account, other, createdAt, first);
    }
}
