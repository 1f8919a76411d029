package io.github.camelvoice.document.swml;

import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.DocumentProblem;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a document, collected while it is read: the first twenty. */
final class Findings {

    private static final int MAX = 20;

    private final List<DocumentProblem> problems = new ArrayList<>();

    void add(ProblemCode code, Place place, String message) {
        if (problems.size() < MAX) {
            problems.add(new DocumentProblem(code, place, message));
        }
    }

    void throwAny() throws DocumentException {
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
    }
}
