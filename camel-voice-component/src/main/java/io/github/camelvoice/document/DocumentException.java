package io.github.camelvoice.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document that cannot be executed, with the places of what is wrong. */
public final class DocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<DocumentProblem> problems;

    /** @param problems one or more */
    public DocumentException(List<DocumentProblem> problems) {
        super(problems.stream().map(DocumentProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public DocumentException(ProblemCode code, Place place, String message) {
        this(List.of(new DocumentProblem(code, place, message)));
    }

    /** In the order of the document. */
    public List<DocumentProblem> problems() {
        return problems;
    }

    public DocumentProblem first() {
        return problems.get(0);
    }
}
