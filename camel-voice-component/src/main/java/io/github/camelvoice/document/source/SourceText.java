package io.github.camelvoice.document.source;

import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;

/** Reads JSON or YAML, whichever it is: what begins with a brace is JSON. */
public final class SourceText {

    /** The longest document, in characters. */
    public static final int MAX_LENGTH = 65_536;
    /** Objects and lists within each other. */
    static final int MAX_DEPTH = 32;

    private SourceText() {
    }

    /** @throws DocumentException naming line and column of what is no JSON or YAML, or out of bounds */
    public static SourceNode read(String text) throws DocumentException {
        if (text.length() > MAX_LENGTH) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "has " + text.length() + " characters; it may have " + MAX_LENGTH);
        }
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (clean.isBlank()) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "is empty");
        }
        return clean.stripLeading().startsWith("{") ? new JsonSource(clean).read() : new YamlSource(clean).read();
    }

    static DocumentException tooDeep(Place place) {
        return new DocumentException(ProblemCode.NESTED_TOO_DEEP, place, "is nested deeper than " + MAX_DEPTH);
    }

    static DocumentException twice(Place place, String name) {
        return new DocumentException(ProblemCode.PARSE_ERROR, place, "has '" + name + "' twice");
    }
}
