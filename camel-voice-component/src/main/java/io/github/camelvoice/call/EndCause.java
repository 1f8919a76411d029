package io.github.camelvoice.call;

import java.util.Objects;

/**
 * Why a call ended, or why it never came to be. Expected failures are such values, not exceptions.
 *
 * @param kind    the class of the cause; it says whether a new attempt may help and under which tag it is counted
 * @param endedBy who ended the call
 * @param sipCode the SIP status that tells the cause on the wire, 0 where the end was a BYE without one
 * @param phrase  reason phrase of that status, or a plain sentence; never null, never holds secrets
 * @param reason  value of the {@code Reason} header (RFC 3326) that came or was sent, empty if there was none
 */
public record EndCause(Kind kind, Origin endedBy, int sipCode, String phrase, String reason) {

    /** Who ended the call. */
    public enum Origin {
        LOCAL, REMOTE, TIMEOUT, TRANSPORT
    }

    /** What happened, coarsely enough to branch on. */
    public enum Kind {
        NORMAL(200, false),
        BUSY(486, true),
        DECLINED(603, false),
        NO_ANSWER(408, true),
        CANCELLED(487, false),
        NOT_FOUND(404, false),
        UNAUTHORIZED(403, false),
        NOT_ACCEPTABLE(488, false),
        REDIRECTED(302, false),
        BAD_REQUEST(400, false),
        UNAVAILABLE(480, true),
        OVERLOADED(503, true),
        SERVER_ERROR(500, true),
        TRANSPORT(503, true),
        DIALOG_LOST(481, false),
        SESSION_EXPIRED(408, false),
        TIME_LIMIT(200, false),
        MEDIA_LOST(200, false),
        INTERRUPTED(500, true);

        private final int defaultCode;
        private final boolean retryable;

        Kind(int defaultCode, boolean retryable) {
            this.defaultCode = defaultCode;
            this.retryable = retryable;
        }

        public int defaultCode() {
            return defaultCode;
        }

        /** Whether another attempt, later or elsewhere, can succeed. */
        public boolean retryable() {
            return retryable;
        }

        /** Value of the {@code cause} tag in metrics. */
        public String tag() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** The class of a final SIP response (RFC 3261, section 21). */
        public static Kind ofStatus(int code) {
            return switch (code) {
                case 400, 405, 406, 410, 413, 414, 415, 416, 420, 421, 482, 483, 485, 493, 505, 513 ->
                    code == 410 ? NOT_FOUND : BAD_REQUEST;
                case 401, 402, 403, 407 -> UNAUTHORIZED;
                case 404, 484, 604 -> NOT_FOUND;
                case 408 -> NO_ANSWER;
                case 480 -> UNAVAILABLE;
                case 481 -> DIALOG_LOST;
                case 486, 600 -> BUSY;
                case 487 -> CANCELLED;
                case 488, 606 -> NOT_ACCEPTABLE;
                case 503 -> OVERLOADED;
                case 603, 607 -> DECLINED;
                default -> {
                    if (code >= 200 && code < 300) {
                        yield NORMAL;
                    }
                    if (code >= 300 && code < 400) {
                        yield REDIRECTED;
                    }
                    yield code >= 500 && code < 600 ? SERVER_ERROR : BAD_REQUEST;
                }
            };
        }
    }

    public EndCause {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(endedBy, "endedBy");
        phrase = phrase == null ? "" : phrase;
        reason = reason == null ? "" : reason;
    }

    public static EndCause of(Kind kind, Origin endedBy, String phrase) {
        return new EndCause(kind, endedBy, kind.defaultCode(), phrase, "");
    }

    public static EndCause ofStatus(int code, String phrase, Origin endedBy, String reason) {
        return new EndCause(Kind.ofStatus(code), endedBy, code, phrase, reason);
    }

    public boolean retryable() {
        return kind.retryable();
    }
}
