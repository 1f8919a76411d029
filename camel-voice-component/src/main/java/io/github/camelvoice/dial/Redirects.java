package io.github.camelvoice.dial;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * Whether a 3xx is followed: its contacts are then tried in turn in place of the target.
 *
 * @param most    how many contacts may be tried for each target, 0 to 20; 0: none, a 3xx is a failure like others
 * @param allowed whether this SIP URI may be called
 */
public record Redirects(int most, Predicate<String> allowed) {

    /** Not followed. */
    public static final Redirects NONE = new Redirects(0, uri -> true);

    public Redirects {
        if (most < 0 || most > 20) {
            throw new IllegalArgumentException("0 to 20 redirections can be followed, not " + most);
        }
        Objects.requireNonNull(allowed, "allowed");
    }
}
