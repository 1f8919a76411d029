package io.github.camelvoice.gateway;

import java.util.Arrays;

/** Entity tags of subscriptions (RFC 9110, section 8.8.3): the version, and the form that it has. */
final class SepTags {

    private SepTags() {
    }

    static String of(long version, String form) {
        return "\"" + version + "-" + form + "\"";
    }

    /** If-None-Match (RFC 9110, section 13.1.2). @param header null for none */
    static boolean matches(String header, String tag) {
        return header != null && (header.strip().equals("*") || list(header).anyMatch(each -> plain(each).equals(tag)));
    }

    /** If-Match (RFC 9110, section 13.1.1): a tag of whatever form, since a change goes by the version. */
    static boolean isVersion(String header, long version) {
        return header.strip().equals("*") || list(header).anyMatch(each -> each.startsWith("\"" + version + "-") && each.endsWith("\""));
    }

    private static java.util.stream.Stream<String> list(String header) {
        return Arrays.stream(header.split(",")).map(String::strip);
    }

    /** A weak comparison. */
    private static String plain(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
