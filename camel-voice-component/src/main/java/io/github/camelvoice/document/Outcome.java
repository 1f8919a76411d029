package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the execution of a document came to.
 *
 * @param variables    as they were at the end; not to be changed
 * @param returned     value of {@code return}, null without one
 * @param problem      why it failed, null if it did not
 * @param instructions how many were begun
 */
public record Outcome(Ending ending, ObjectNode variables, JsonNode returned, DocumentProblem problem, int instructions) {
}
