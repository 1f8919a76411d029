package io.github.camelvoice.session;

import java.time.Duration;

/**
 * Bounds of sessions.
 *
 * @param perOwner     accounts of one owner, 1 or more; the operator's are not counted
 * @param inAll        accounts of this node, 1 or more
 * @param expires      seconds that a registration is asked for where nobody says otherwise, 60 to 86,400
 * @param ringTimeout  how long a call of ours may ring
 * @param timeLimit    longest time of a call of ours once answered
 * @param mostFiles    WAVs that may wait to be played in one call, 1 or more
 * @param mostBytes    of all of them together, 1 or more
 * @param tracebacks   whether statuses have the stack trace of what went wrong
 */
public record SessionSettings(int perOwner, int inAll, int expires, Duration ringTimeout, Duration timeLimit, int mostFiles, long mostBytes,
                              boolean tracebacks) {

    public static final SessionSettings DEFAULT = new SessionSettings(100, 10_000, 3600, Duration.ofSeconds(60), Duration.ofHours(4), 100,
            64L << 20, false);

    public SessionSettings {
        require(perOwner >= 1, "perOwner must be 1 or more: " + perOwner);
        require(inAll >= 1, "inAll must be 1 or more: " + inAll);
        require(expires >= 60 && expires <= 86_400, "expires must be 60 to 86400: " + expires);
        require(!ringTimeout.isNegative() && !ringTimeout.isZero(), "ringTimeout must be more than 0: " + ringTimeout);
        require(!timeLimit.isNegative() && !timeLimit.isZero(), "timeLimit must be more than 0: " + timeLimit);
        require(mostFiles >= 1, "mostFiles must be 1 or more: " + mostFiles);
        require(mostBytes >= 1, "mostBytes must be 1 or more: " + mostBytes);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public SessionSettings withAccounts(int ofOneOwner, int ofAll) {
        return new SessionSettings(ofOneOwner, ofAll, expires, ringTimeout, timeLimit, mostFiles, mostBytes, tracebacks);
    }

    public SessionSettings withTimes(Duration ring, Duration talk) {
        return new SessionSettings(perOwner, inAll, expires, ring, talk, mostFiles, mostBytes, tracebacks);
    }

    public SessionSettings withPrompts(int files, long bytes) {
        return new SessionSettings(perOwner, inAll, expires, ringTimeout, timeLimit, files, bytes, tracebacks);
    }

    public SessionSettings withTracebacks(boolean on) {
        return new SessionSettings(perOwner, inAll, expires, ringTimeout, timeLimit, mostFiles, mostBytes, on);
    }
}
