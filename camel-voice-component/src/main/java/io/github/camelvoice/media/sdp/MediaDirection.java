package io.github.camelvoice.media.sdp;

import java.util.Locale;

/** Which way media may flow, seen from the side that says it (RFC 8866, section 6.7). */
public enum MediaDirection {
    INACTIVE(false, false),
    RECVONLY(false, true),
    SENDONLY(true, false),
    SENDRECV(true, true);

    private final boolean sends;
    private final boolean receives;

    MediaDirection(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    public boolean sends() {
        return sends;
    }

    public boolean receives() {
        return receives;
    }

    /** The same as the other side sees it. */
    public MediaDirection reverse() {
        return of(receives, sends);
    }

    public MediaDirection and(MediaDirection other) {
        return of(sends && other.sends, receives && other.receives);
    }

    public static MediaDirection of(boolean sends, boolean receives) {
        return sends ? receives ? SENDRECV : SENDONLY : receives ? RECVONLY : INACTIVE;
    }

    /** Name of the attribute. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The direction that an attribute of this name says, null if it is none of them. */
    static MediaDirection ofAttribute(String name) {
        return switch (name) {
            case "sendrecv" -> SENDRECV;
            case "sendonly" -> SENDONLY;
            case "recvonly" -> RECVONLY;
            case "inactive" -> INACTIVE;
            default -> null;
        };
    }
}
