package io.github.camelvoice.tap.session;

/** Destinations as they may be shown. */
final class Uris {

    private Uris() {
    }

    /** {@code wss://user:password@host/path} becomes {@code wss://host/path}. */
    static String withoutCredentials(String uri) {
        int start = uri.indexOf("://");
        if (start < 0) {
            return uri;
        }
        int end = start + 3;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        int at = uri.lastIndexOf('@', end - 1);
        return at < start + 3 ? uri : uri.substring(0, start + 3) + uri.substring(at + 1);
    }
}
