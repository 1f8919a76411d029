package io.github.camelvoice.call.guard;

/** Limits of single accounts. Asked for each call that is placed: must be quick. */
@FunctionalInterface
public interface AccountLimits {

    /** No account has limits of its own. */
    AccountLimits NONE = account -> null;

    /** @return null where the account has none of its own: those of all hold then */
    GuardLimits of(String account);
}
