package io.github.camelvoice.call.guard;

import java.util.Objects;

/**
 * What a {@link FraudGuard} goes by.
 *
 * @param rules    destinations
 * @param limits   of an account that has none of its own
 * @param accounts limits of single accounts
 */
public record GuardPolicy(CallRules rules, GuardLimits limits, AccountLimits accounts) {

    /** No guard at all. */
    public static final GuardPolicy OPEN = new GuardPolicy(CallRules.ALL, GuardLimits.NONE, AccountLimits.NONE);

    public GuardPolicy {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(accounts, "accounts");
    }

    GuardLimits of(String account) {
        GuardLimits own = accounts.of(account);
        return own == null ? limits : own;
    }
}
