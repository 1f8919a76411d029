package io.github.camelvoice.call.guard;

import java.time.Duration;

/**
 * What one account may have.
 *
 * @param perSecond  calls placed a second, twice as many at once; 0 for no limit
 * @param concurrent placed calls that live at a time; 0 for no limit
 * @param longest    time of a placed call once answered; null for no limit
 */
public record GuardLimits(int perSecond, int concurrent, Duration longest) {

    public static final GuardLimits NONE = new GuardLimits(0, 0, null);

    public GuardLimits {
        if (perSecond < 0 || concurrent < 0 || longest != null && (longest.isNegative() || longest.isZero())) {
            throw new IllegalArgumentException("limits of calls must not be negative, and a longest time more than 0");
        }
    }
}
