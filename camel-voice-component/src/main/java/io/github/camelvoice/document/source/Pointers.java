package io.github.camelvoice.document.source;

/** JSON pointers (RFC 6901). */
final class Pointers {

    private static final int MAX_NAME = 64;

    private Pointers() {
    }

    static String below(String pointer, String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1").replaceAll("\\p{Cntrl}", "?");
        return pointer + "/" + (escaped.length() > MAX_NAME ? escaped.substring(0, MAX_NAME) + "…" : escaped);
    }

    static String below(String pointer, int index) {
        return pointer + "/" + index;
    }
}
