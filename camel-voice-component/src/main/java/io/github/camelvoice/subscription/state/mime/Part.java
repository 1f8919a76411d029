package io.github.camelvoice.subscription.state.mime;

/**
 * A part of a body.
 *
 * @param contentType with its parameters; {@code text/plain} where it says none
 * @param contentId   without angle brackets, null without
 * @param body        decoded; not to be changed
 */
public record Part(String contentType, String contentId, byte[] body) {

    /** Without angle brackets, blanks and {@code cid:}. @return null of null */
    public static String plainId(String id) {
        if (id == null) {
            return null;
        }
        String plain = id.strip();
        if (plain.startsWith("<") && plain.endsWith(">") && plain.length() > 1) {
            plain = plain.substring(1, plain.length() - 1);
        }
        return plain.regionMatches(true, 0, "cid:", 0, 4) ? plain.substring(4) : plain;
    }
}
