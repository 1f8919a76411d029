package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * @param hangsUp whether the call ends with the document: without it the call goes on, for whoever gave it the document
 * @param params  what the document finds as {@code params}
 * @param role    what the document is there for, and those that it leads to
 * @param fallback asked where an action gives no document; null for nobody
 */
public record RunOptions(boolean hangsUp, ObjectNode params, Role role, Action fallback) {

    public RunOptions(boolean hangsUp, ObjectNode params) {
        this(hangsUp, params, Role.MAIN, null);
    }

    /** What a called party hears before it is connected. */
    public static RunOptions whisper() {
        return new RunOptions(false, JsonNodeFactory.instance.objectNode(), Role.WHISPER, null);
    }

    public RunOptions withFallback(Action action) {
        return new RunOptions(hangsUp, params, role, action);
    }

    /** As SWML has it: the call ends with its document. */
    public static RunOptions standard() {
        return new RunOptions(true, JsonNodeFactory.instance.objectNode());
    }
}
