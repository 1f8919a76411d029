package io.github.camelvoice.voice;

import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.DocumentProblem;
import java.util.List;

/** A document that could not be fetched, read or executed. */
public class VoiceDocumentException extends VoiceRequestException {

    private static final long serialVersionUID = 1L;

    private final transient List<DocumentProblem> problems;

    public VoiceDocumentException(String callId, DocumentException cause) {
        super(callId, cause.getMessage(), cause);
        this.problems = cause.problems();
    }

    /** What is wrong and where, one or more. */
    public List<DocumentProblem> getProblems() {
        return problems;
    }
}
