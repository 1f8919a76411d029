package io.github.camelvoice.tap.session;

/** Destinations as they may be shown. */
final class Uris {

    private Uris() {
    }

    /** Without user, password and query, which may be a credential too: {@code wss://host/path}. */
    static String shown(String uri) {
        String plain = withoutCredentials(uri);
        int query = plain.indexOf('?');
        return query < 0 ? plain : plain.substring(0, query);
    }

    /** {@code wss://user:password@host/path?query} becomes {@code wss://host/path?query}. */
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
