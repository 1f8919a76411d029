package io.github.camelvoice.document;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A document, checked as a whole: what it asks for can be done, as far as that is known before a call.
 *
 * @param name     for log lines and errors: where it came from, without credentials
 * @param base     its URL, against which relative ones are resolved; null where it has none
 * @param warnings what it asks for and does not get, and what was put right: the document runs all the same
 * @param sections by name; {@link #MAIN} is one of them
 */
public record Document(String name, URI base, List<DocumentProblem> warnings, Map<String, List<Instruction>> sections) {

    /** The section with which a document begins. */
    public static final String MAIN = "main";

    public Document {
        warnings = List.copyOf(warnings);
        sections = Map.copyOf(sections);
        if (!sections.containsKey(MAIN)) {
            throw new IllegalArgumentException("a document needs a section " + MAIN);
        }
    }
}
