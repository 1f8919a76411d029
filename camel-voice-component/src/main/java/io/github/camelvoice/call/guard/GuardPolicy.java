package io.github.camelvoice.call.guard;

import java.util.Objects;
import java.util.function.Function;

/**
 * What a {@link FraudGuard} goes by.
 *
 * @param rules    destinations
 * @param limits   of an account that has none of its own
 * @param accounts limits of an account, null where it has none of its own; asked for each call, must be quick
 */
public record GuardPolicy(CallRules rules, GuardLimits limits, Function<String, GuardLimits> accounts) {

    /** No guard at all. */
    public static final GuardPolicy OPEN = new GuardPolicy(CallRules.ALL, GuardLimits.NONE, account -> null);

    public GuardPolicy {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(accounts, "accounts");
    }

    GuardLimits of(String account) {
        GuardLimits own = accounts.apply(account);
        return own == null ? limits : own;
    }
}
