package io.github.camelvoice.document;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** URLs as documents have them. */
public final class Urls {

    private static final int MAX_LENGTH = 2048;

    private Urls() {
    }

    /**
     * An absolute URL with a host. User and password may stand in it.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    public static URI parse(String text, Set<String> schemes, String what) {
        URI uri;
        try {
            uri = new URI(text.trim());
        } catch (URISyntaxException wrong) {
            // the URL itself is left out: it may have a password
            throw new IllegalArgumentException("must be " + what + ", but is no URL: " + wrong.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme) || uri.getHost() == null || uri.getPort() > 65_535 || isMarked(uri, scheme)
                || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("must be " + what + ": " + label(uri));
        }
        return uri;
    }

    /** The fragment of a webhook's URL says what time it has ({@code #ct=2000&rt=5000}); a WebSocket has none (RFC 6455, section 3). */
    private static boolean isMarked(URI uri, String scheme) {
        return uri.getRawFragment() != null && !scheme.startsWith("http");
    }

    public static URI http(String text) {
        return parse(text, Set.of("http", "https"), "an http or https URL");
    }

    /** An http(s) URL, or the name of a target that the operator has. */
    public static String target(String text) {
        if (text.matches("[A-Za-z0-9._-]{1,64}")) {
            return text;
        }
        return parse(text, Set.of("http", "https"), "an http or https URL, or the name of a target").toString();
    }

    /** For people: without user, password, query and fragment. */
    public static String label(URI uri) {
        if (uri.isOpaque() || uri.getRawAuthority() == null) {
            return uri.getScheme() == null ? "a relative reference" : uri.getScheme() + ":";
        }
        String authority = uri.getRawAuthority();
        return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1) + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }
}
