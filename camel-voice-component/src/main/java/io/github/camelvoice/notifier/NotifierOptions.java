package io.github.camelvoice.notifier;

import java.time.Duration;

/**
 * How others are served that watch; immutable.
 *
 * @param minExpires    shortest subscription and publication, seconds, 1 to 3600: below it 423 (fetches are always answered)
 * @param maxExpires    longest, seconds: more is cut
 * @param interval      least time between two NOTIFYs of a subscription, zero for none; SUBSCRIBEs are answered at once
 * @param maxWatchers   subscriptions of all watchers
 * @param maxPerWatcher subscriptions of one user, of one address where nobody was asked who they are
 * @param maxListSize   resources on a list
 * @param maxPublished  publications that are kept
 */
public record NotifierOptions(int minExpires, int maxExpires, Duration interval, int maxWatchers, int maxPerWatcher,
                              int maxListSize, int maxPublished) {

    public static final NotifierOptions DEFAULT = new NotifierOptions(60, 7200, Duration.ofMillis(500), 20_000, 1_000, 1_000, 100_000);

    public NotifierOptions {
        require(minExpires >= 1 && minExpires <= 3600, "the shortest subscription must be 1 to 3600 seconds: " + minExpires);
        require(maxExpires >= minExpires && maxExpires <= 604_800, "the longest subscription must be up to 604800 seconds, and not below the shortest: "
                + maxExpires);
        require(!interval.isNegative() && interval.compareTo(Duration.ofMinutes(1)) <= 0, "the interval between NOTIFYs must be 0 to 60 seconds");
        require(maxWatchers > 0 && maxPerWatcher > 0 && maxListSize > 0 && maxPublished > 0, "limits of watchers must be 1 or more");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public NotifierOptions withExpires(int min, int max) {
        return new NotifierOptions(min, max, interval, maxWatchers, maxPerWatcher, maxListSize, maxPublished);
    }

    public NotifierOptions withInterval(Duration value) {
        return new NotifierOptions(minExpires, maxExpires, value, maxWatchers, maxPerWatcher, maxListSize, maxPublished);
    }

    public NotifierOptions withLimits(int inAll, int perWatcher, int listSize) {
        return new NotifierOptions(minExpires, maxExpires, interval, inAll, perWatcher, listSize, maxPublished);
    }
}
