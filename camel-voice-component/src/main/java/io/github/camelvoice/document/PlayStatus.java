package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/** The status event of SWML's {@code play}, {@code calling.call.play}, as JSON. */
final class PlayStatus {

    static final String KIND = "play";
    static final String PLAYING = "playing";
    static final String FINISHED = "finished";
    static final String ERROR = "error";

    private PlayStatus() {
    }

    /** @param session id of the execution */
    static String json(String state, String session, String callId, String controlId, String node, String project, Instant now) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("event_type", "calling.call.play");
        event.put("event_channel", "swml:" + session);
        event.put("timestamp", BigDecimal.valueOf(now.toEpochMilli(), 3));
        event.put("project_id", project);
        event.put("space_id", project);
        ObjectNode params = event.putObject("params");
        params.put("call_id", callId);
        params.put("node_id", node);
        params.put("control_id", controlId);
        params.put("state", state);
        return event.toString();
    }
}
