package io.github.camelvoice.tap;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Set;

/**
 * A tap as it is now.
 *
 * @param uri       without user, password and query
 * @param rtpSource where our RTP comes from, null for other protocols
 * @param remote    the address that we are connected or sending to, null before it is known
 * @param reason    why it is over: {@code stopped}, {@code call-ended}, or what failed; null while it runs
 */
public record TapInfo(String callId, String controlId, String uri, TapProtocol protocol, TapDirection direction, String codec, int rate,
                      int ptimeMillis, int channels, boolean speaks, State state, boolean paused, InetSocketAddress rtpSource,
                      InetSocketAddress remote, Instant startedAt, Instant endedAt, String reason, TapFigures figures) {

    /** Where a tap stands. */
    public enum State {
        CONNECTING, TAPPING, RECONNECTING, FINISHED, FAILED
    }

    /** Reasons of those that ended as somebody wanted it. */
    private static final Set<String> ORDERLY = Set.of("stopped", "call-ended", "closed-by-far-end", "stopped-by-far-end");

    /** Whether it is over, and not since its sink was lost or something failed. */
    public boolean endedInOrder() {
        return state == State.FINISHED && ORDERLY.contains(reason);
    }

    /** {@code tap_result} of the document. */
    public boolean success() {
        return state != State.FAILED;
    }
}
