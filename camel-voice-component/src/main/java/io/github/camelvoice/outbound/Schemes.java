package io.github.camelvoice.outbound;

import java.util.Set;

/** The schemes that something may be sent to, by use. */
public final class Schemes {

    /** Documents and status callbacks. */
    public static final Set<String> HTTP = Set.of("http", "https");
    /** Taps over a WebSocket. */
    public static final Set<String> WEBSOCKET = Set.of("ws", "wss");
    /** Taps of any kind. */
    public static final Set<String> MEDIA = Set.of("rtp", "ws", "wss");

    private Schemes() {
    }

    /** 80 or 443; -1 for {@code rtp}, which has none. */
    public static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> -1;
        };
    }

    /** Whether the scheme is one over TLS. */
    public static boolean isSecure(String scheme) {
        return scheme.equals("https") || scheme.equals("wss");
    }
}
