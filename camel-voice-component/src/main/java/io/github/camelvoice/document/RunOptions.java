package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * @param hangsUp whether the call ends with the document: without it the call goes on, for whoever gave it the document
 * @param params  what the document finds as {@code params}
 */
public record RunOptions(boolean hangsUp, ObjectNode params) {

    /** As SWML has it: the call ends with its document. */
    public static RunOptions standard() {
        return new RunOptions(true, JsonNodeFactory.instance.objectNode());
    }
}
