package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.Calls;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What to dial.
 *
 * @param caller      the call that the called leg is connected with; null: nobody, the called leg then stands alone
 * @param targets     1 to {@link #MOST_TARGETS}
 * @param sequential  one after another; otherwise all at once
 * @param ringTimeout how long all together may ring, or each one where they are called in turn; redirections included
 * @param timeLimit   how long the called leg may live once answered
 * @param screenLimit how long a screening may take; then it is a no
 */
public record DialPlan(Call caller, List<DialTarget> targets, boolean sequential, Duration ringTimeout, Duration timeLimit, Duration screenLimit,
                       Redirects redirects, CallerSide side) {

    /** The most targets of a dial. */
    public static final int MOST_TARGETS = 10;

    public DialPlan {
        targets = List.copyOf(targets);
        if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
            throw new IllegalArgumentException("a dial has 1 to " + MOST_TARGETS + " targets, not " + targets.size());
        }
        positive("ringTimeout", ringTimeout);
        positive("timeLimit", timeLimit);
        positive("screenLimit", screenLimit);
        Objects.requireNonNull(redirects, "redirects");
        Objects.requireNonNull(side, "side");
    }

    private static void positive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " must be more than 0: " + time.toMillis() + " ms");
        }
    }

    /**
     * The plan with a target for each place where a user of ours is registered: one of equals, as far as there is room.
     */
    DialPlan spread(Calls calls) {
        int each = MOST_TARGETS / targets.size();
        List<DialTarget> all = targets.stream()
                .flatMap(target -> calls.places(target.call()).stream().limit(each).map(target::withCall)).toList();
        return new DialPlan(caller, all, sequential, ringTimeout, timeLimit, screenLimit, redirects, side);
    }

    /** All at once for up to a minute, four hours of talk, two minutes of screening, no redirections. */
    public static DialPlan of(Call caller, List<DialTarget> targets) {
        return new DialPlan(caller, targets, false, Duration.ofSeconds(60), Duration.ofHours(4), Duration.ofMinutes(2),
                Redirects.NONE, CallerSide.DEFAULT);
    }

    public DialPlan withSequential(boolean inTurn) {
        return new DialPlan(caller, targets, inTurn, ringTimeout, timeLimit, screenLimit, redirects, side);
    }

    public DialPlan withTimes(Duration ring, Duration talk) {
        return new DialPlan(caller, targets, sequential, ring, talk, screenLimit, redirects, side);
    }

    public DialPlan withScreenLimit(Duration limit) {
        return new DialPlan(caller, targets, sequential, ringTimeout, timeLimit, limit, redirects, side);
    }

    public DialPlan withRedirects(Redirects followed) {
        return new DialPlan(caller, targets, sequential, ringTimeout, timeLimit, screenLimit, followed, side);
    }

    public DialPlan withSide(CallerSide heard) {
        return new DialPlan(caller, targets, sequential, ringTimeout, timeLimit, screenLimit, redirects, heard);
    }
}
