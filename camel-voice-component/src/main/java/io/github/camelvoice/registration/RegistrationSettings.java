package io.github.camelvoice.registration;

import java.time.Duration;

/**
 * How accounts are kept registered.
 *
 * @param perSecond    first REGISTERs a second that one next hop gets, 1 to 100,000; refreshes come at times of their own
 * @param burst        how many of them it may get at once, 1 or more
 * @param firstPause   about how long is waited after the first failure; doubled with each further one (RFC 5626, section 4.5)
 * @param longestPause most that is waited after failures that pass
 * @param slowPause    how long is waited after a refusal that does not pass by itself: 401, 403, 404
 * @param leaveLimit   how long is waited for the answer when an account is unregistered
 * @param keepAlive    seconds between signs of life to a server that names none (Flow-Timer), 5 to 3,600, or 0 for none
 * @param rewrite      whether our Contact over UDP becomes the address that the server sees us at
 */
public record RegistrationSettings(int perSecond, int burst, Duration firstPause, Duration longestPause, Duration slowPause, Duration leaveLimit,
                                   int keepAlive, boolean rewrite) {

    public static final RegistrationSettings DEFAULT = new RegistrationSettings(100, 50, Duration.ofSeconds(5), Duration.ofMinutes(5),
            Duration.ofMinutes(30), Duration.ofSeconds(10), 25, false);

    public RegistrationSettings {
        require(perSecond >= 1 && perSecond <= 100_000, "perSecond must be 1 to 100000: " + perSecond);
        require(burst >= 1, "burst must be 1 or more: " + burst);
        require(firstPause.toMillis() >= 1, "firstPause must be 1 ms or more: " + firstPause);
        require(longestPause.compareTo(firstPause) >= 0, "longestPause must not be less than firstPause: " + longestPause);
        require(slowPause.toMillis() >= 1, "slowPause must be 1 ms or more: " + slowPause);
        require(leaveLimit.toMillis() >= 1, "leaveLimit must be 1 ms or more: " + leaveLimit);
        require(keepAlive == 0 || keepAlive >= 5 && keepAlive <= 3_600, "keepAlive must be 0 or 5 to 3600 seconds: " + keepAlive);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public RegistrationSettings withPace(int everySecond, int atOnce) {
        return new RegistrationSettings(everySecond, atOnce, firstPause, longestPause, slowPause, leaveLimit, keepAlive, rewrite);
    }

    public RegistrationSettings withPauses(Duration first, Duration longest, Duration slow) {
        return new RegistrationSettings(perSecond, burst, first, longest, slow, leaveLimit, keepAlive, rewrite);
    }

    public RegistrationSettings withLeaveLimit(Duration value) {
        return new RegistrationSettings(perSecond, burst, firstPause, longestPause, slowPause, value, keepAlive, rewrite);
    }

    public RegistrationSettings withKeepAlive(int seconds) {
        return new RegistrationSettings(perSecond, burst, firstPause, longestPause, slowPause, leaveLimit, seconds, rewrite);
    }

    public RegistrationSettings withRewrite(boolean value) {
        return new RegistrationSettings(perSecond, burst, firstPause, longestPause, slowPause, leaveLimit, keepAlive, value);
    }
}
