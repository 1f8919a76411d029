package io.github.camelvoice.document;

/** One thing that is wrong with a document, and where. */
public record DocumentProblem(ProblemCode code, Place place, String message) {

    /** {@code /sections/main/2 (line 7, column 5): there is no method 'plaz'} */
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
