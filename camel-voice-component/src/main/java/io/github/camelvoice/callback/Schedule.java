package io.github.camelvoice.callback;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When a callback is tried again. The first attempts follow quickly: after the first failure comes a pause of {@code quickPause}, after the second
 * one twice as long, and so on. Then pauses begin with {@code backOff} and double up to {@code mostBackOff}, each drawn between half and the whole of
 * it. When the next attempt would be later than {@code expiry} after the callback was taken, it is given up.
 *
 * @param quick how many attempts follow quickly, the first included
 */
public record Schedule(int quick, Duration quickPause, Duration backOff, Duration mostBackOff, Duration expiry) {

    /** Three quick attempts, then 10 s doubled up to 30 min, for a day. */
    public static final Schedule DEFAULT = new Schedule(3, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(30), Duration.ofDays(1));

    /** A receiver can ask for no longer pause than this. */
    private static final Duration MOST_ASKED = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 30;

    public Schedule {
        if (quick < 1 || quick > 100) {
            throw new IllegalArgumentException("quick attempts must be 1 to 100: " + quick);
        }
        if (quickPause.isNegative() || backOff.isNegative() || backOff.isZero() || mostBackOff.compareTo(backOff) < 0 || expiry.isNegative()
                || expiry.isZero()) {
            throw new IllegalArgumentException("pauses must be positive, and the longest not shorter than the first");
        }
    }

    /**
     * The pause after a failed attempt.
     *
     * @param failures how many attempts failed, at least 1
     * @param asked    what the receiver asked for, null for nothing
     * @param random   from 0 to 1
     */
    Duration pause(int failures, Duration asked, DoubleSupplier random) {
        Duration own = failures < quick ? quickPause.multipliedBy(failures) : jittered(backOff(failures - quick), random.getAsDouble());
        if (asked == null || asked.compareTo(own) <= 0) {
            return own;
        }
        return asked.compareTo(MOST_ASKED) > 0 ? MOST_ASKED : asked;
    }

    private Duration backOff(int doublings) {
        Duration pause = backOff.multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS));
        return pause.compareTo(mostBackOff) > 0 ? mostBackOff : pause;
    }

    private static Duration jittered(Duration pause, double random) {
        return Duration.ofNanos((long) (pause.toNanos() * (0.5 + random / 2)));
    }
}
