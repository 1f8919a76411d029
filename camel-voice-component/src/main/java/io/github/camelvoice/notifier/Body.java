package io.github.camelvoice.notifier;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A body of a NOTIFY or PUBLISH. @param contentType with its parameters */
record Body(String contentType, byte[] bytes) {

    static Body of(String contentType, String text) {
        return new Body(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** In lower case, without parameters. */
    String type() {
        return type(contentType);
    }

    static String type(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
