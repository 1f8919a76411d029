package io.github.camelvoice.gateway.access;

import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts that may use the APIs: those of {@code accounts.json}, and the one that settings name. Thread-safe; {@link #authenticate} touches
 * no file and takes the same time whether an account exists or not.
 */
public final class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final AccountsFile file;
    private final StoredAccount own;
    private final EngineClock clock;
    private final TokenHash nobody = TokenHash.ofNothing();
    private volatile List<StoredAccount> accounts = List.of();
    private AccountsFile.Stamp seen;
    private String complaint;

    private Accounts(AccountsFile file, StoredAccount own, EngineClock clock) {
        this.file = file;
        this.own = own;
        this.clock = clock;
    }

    /**
     * Those of the folder, and one with all permissions whose token a setting gives; it is not written down, and the one made at first start
     * rests meanwhile.
     *
     * @throws IOException saying what is wrong with the file
     */
    public static Accounts withSetting(Path folder, String sid, String token, EngineClock clock) throws IOException {
        Accounts accounts = new Accounts(new AccountsFile(folder), new StoredAccount(Account.ofAll(sid), TokenHash.of(token), null, true), clock);
        accounts.load();
        return accounts;
    }

    /**
     * Those of the folder; the first of them has all permissions and goes by {@code sid}.
     *
     * @param firstToken where the user keeps the token of the first account; asked when there is no such account yet, of its token a hash is kept
     * @throws IOException saying what is wrong with the file
     */
    public static Accounts withFirst(Path folder, String sid, TokenSource firstToken, EngineClock clock) throws IOException {
        AccountsFile file = new AccountsFile(folder);
        boolean known = file.read().stream().anyMatch(each -> each.first() && each.account().sid().equals(sid));
        if (!known) {
            file.update(stored -> withFirst(stored, sid, firstToken, clock));
        }
        Accounts accounts = new Accounts(file, null, clock);
        accounts.load();
        return accounts;
    }

    /** Where a token comes from. */
    @FunctionalInterface
    public interface TokenSource {
        String token();
    }

    private static List<StoredAccount> withFirst(List<StoredAccount> stored, String sid, TokenSource firstToken, EngineClock clock) {
        if (stored.stream().anyMatch(each -> !each.first() && each.account().sid().equals(sid))) {
            return stored;
        }
        List<StoredAccount> all = new ArrayList<>();
        boolean renamed = false;
        for (StoredAccount each : stored) {
            all.add(each.first() ? each.named(sid) : each);
            renamed |= each.first();
        }
        if (!renamed) {
            all.add(0, new StoredAccount(Account.ofAll(sid), TokenHash.of(firstToken.token()), clock.now(), true));
        }
        return all;
    }

    /** @param authorization value of the Authorization header, may be null. @return null if it opens nothing */
    public Account authenticate(String authorization) {
        Credentials credentials = Credentials.of(authorization);
        if (credentials == null) {
            return null;
        }
        StoredAccount found = credentials.sid() == null ? byToken(credentials.token()) : bySid(credentials);
        return found != null && found.account().isValid(clock.now()) ? found.account() : null;
    }

    /** All are compared: the time does not tell which one it was, or whether any. */
    private StoredAccount byToken(String token) {
        StoredAccount found = null;
        for (StoredAccount each : accounts) {
            if (each.token().matches(token)) {
                found = each;
            }
        }
        return found;
    }

    private StoredAccount bySid(Credentials credentials) {
        StoredAccount named = null;
        for (StoredAccount each : accounts) {
            if (each.account().sid().equals(credentials.sid())) {
                named = each;
            }
        }
        boolean right = (named == null ? nobody : named.token()).matches(credentials.token());
        return right ? named : null;
    }

    /** Whether there still is this account, with these permissions, not expired. */
    public boolean isCurrent(Account account) {
        return account.isValid(clock.now()) && accounts.stream().anyMatch(each -> each.account().equals(account));
    }

    /** Reads the file anew if it has changed. What it cannot read changes nothing, and is logged once. */
    public synchronized void refresh() {
        try {
            AccountsFile.Stamp now = file.stamp();
            if (!now.equals(seen)) {
                if (now.equals(AccountsFile.Stamp.NONE)) {
                    throw new IOException(file + " is gone");
                }
                load();
                LOG.info("{} has changed: {} accounts", file, accounts.size());
            }
        } catch (IOException e) {
            String message = e.getMessage();
            if (!message.equals(complaint)) {
                complaint = message;
                LOG.error("the accounts stay as they were: {}", message);
            }
        }
    }

    private synchronized void load() throws IOException {
        AccountsFile.Stamp stamp = file.stamp();
        List<StoredAccount> all = new ArrayList<>();
        for (StoredAccount each : file.read()) {
            if (own == null || !each.first() && !each.account().sid().equals(own.account().sid())) {
                all.add(each);
            }
        }
        if (own != null) {
            all.add(own);
        }
        accounts = List.copyOf(all);
        seen = stamp;
        complaint = null;
    }
}
