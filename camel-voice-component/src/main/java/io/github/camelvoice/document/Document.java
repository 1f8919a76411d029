package io.github.camelvoice.document;

import java.util.List;
import java.util.Map;

/**
 * A document, checked as a whole: what it asks for can be done, as far as that is known before a call.
 *
 * @param name     for log lines and errors: where it came from, without credentials
 * @param sections by name; {@link #MAIN} is one of them
 */
public record Document(String name, Map<String, List<Instruction>> sections) {

    /** The section with which a document begins. */
    public static final String MAIN = "main";

    public Document {
        sections = Map.copyOf(sections);
        if (!sections.containsKey(MAIN)) {
            throw new IllegalArgumentException("a document needs a section " + MAIN);
        }
    }
}
