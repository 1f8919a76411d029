package io.github.camelvoice.document.source;

import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.DocumentProblem;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a document, and what is odd about it, collected while it is read: the first twenty of each. For one thread. */
public final class Findings {

    private static final int MAX = 20;
    private static final int SHOWN = 40;

    private final List<DocumentProblem> problems = new ArrayList<>();
    private final List<DocumentProblem> warnings = new ArrayList<>();

    public void add(ProblemCode code, Place place, String message) {
        if (problems.size() < MAX) {
            problems.add(new DocumentProblem(code, place, message));
        }
    }

    public void warn(ProblemCode code, Place place, String message) {
        if (warnings.size() < MAX) {
            warnings.add(new DocumentProblem(code, place, message));
        }
    }

    /** In the order of their finding. */
    public List<DocumentProblem> warnings() {
        return List.copyOf(warnings);
    }

    public void throwAny() throws DocumentException {
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
    }

    /** Text of somebody else in an error: short, without control characters. */
    public static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > SHOWN ? clean.substring(0, SHOWN) + "…" : clean;
    }
}
