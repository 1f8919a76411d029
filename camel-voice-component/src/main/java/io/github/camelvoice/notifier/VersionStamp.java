package io.github.camelvoice.notifier;

/** Sets the version of a document's root element. The document is known to be well-formed. */
final class VersionStamp {

    private VersionStamp() {
    }

    /** @return the document as it is where its root element has no version */
    static String stamp(String document, long version) {
        int at = root(document);
        if (at < 0) {
            return document;
        }
        int i = at;
        while (i < document.length() && !isSpace(document.charAt(i)) && document.charAt(i) != '>' && document.charAt(i) != '/') {
            i++;
        }
        while (i < document.length()) {
            while (i < document.length() && isSpace(document.charAt(i))) {
                i++;
            }
            if (i >= document.length() || document.charAt(i) == '>' || document.charAt(i) == '/') {
                return document;
            }
            int name = i;
            while (i < document.length() && document.charAt(i) != '=' && !isSpace(document.charAt(i))) {
                i++;
            }
            String attribute = document.substring(name, i);
            int quote = firstQuote(document, i);
            int end = quote < 0 ? -1 : document.indexOf(document.charAt(quote), quote + 1);
            if (end < 0) {
                return document;
            }
            if (attribute.equals("version")) {
                return document.substring(0, quote + 1) + version + document.substring(end);
            }
            i = end + 1;
        }
        return document;
    }

    private static int firstQuote(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '"' || text.charAt(i) == '\'') {
                return i;
            }
        }
        return -1;
    }

    /** Where the first element begins: behind its angle bracket. */
    private static int root(String document) {
        int at = document.indexOf('<');
        while (at >= 0 && at + 1 < document.length()) {
            char next = document.charAt(at + 1);
            if (next == '?') {
                at = after(document, "?>", at);
            } else if (document.startsWith("<!--", at)) {
                at = after(document, "-->", at);
            } else {
                return next == '!' ? -1 : at + 1;
            }
        }
        return -1;
    }

    private static int after(String document, String mark, int from) {
        int end = document.indexOf(mark, from);
        return end < 0 ? -1 : document.indexOf('<', end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
