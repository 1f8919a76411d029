package io.github.camelvoice.notifier;

/**
 * What becomes of a watcher.
 *
 * @param code   of a refusal, 300 to 699
 * @param phrase of it, null for the usual one
 */
public record WatcherDecision(Kind kind, int code, String phrase) {

    public static final WatcherDecision ACCEPT = new WatcherDecision(Kind.ACCEPT, 200, null);
    /** It has a subscription and is told nothing until {@link Notifier#decide}. */
    public static final WatcherDecision PEND = new WatcherDecision(Kind.PEND, 200, null);

    /** What can be decided. */
    public enum Kind { ACCEPT, PEND, REJECT }

    public WatcherDecision {
        if (kind == Kind.REJECT && (code < 300 || code > 699)) {
            throw new IllegalArgumentException("a SUBSCRIBE is refused with 300 to 699: " + code);
        }
    }

    /** Ends a subscription that is there already with the reason {@code rejected}. */
    public static WatcherDecision reject(int code, String phrase) {
        return new WatcherDecision(Kind.REJECT, code, phrase);
    }
}
