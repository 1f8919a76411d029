package io.github.camelvoice.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.document.RecordingStatus;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** What is known of a recording, as text. */
final class RecordingJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordingJson() {
    }

    static String write(RecordingInfo info) {
        ObjectNode json = JSON.createObjectNode();
        json.put("sid", info.sid()).put("callId", info.callId()).put("account", info.account()).put("status", info.status().word())
                .put("source", info.source()).put("channels", info.channels()).put("startedAt", info.startedAt().toString())
                .put("millis", info.millis()).put("detail", info.detail());
        RecordingInfo.Upload upload = info.upload();
        if (upload != null) {
            json.putObject("upload").put("target", upload.target()).put("method", upload.method()).put("state", upload.state())
                    .put("attempts", upload.attempts()).put("detail", upload.detail());
        }
        return json.toPrettyString() + "\n";
    }

    /** @throws IOException if it is no JSON; @throws IllegalArgumentException if something is missing */
    static RecordingInfo read(String text) throws IOException {
        JsonNode json = JSON.readTree(text);
        JsonNode upload = json.path("upload");
        try {
            return new RecordingInfo(need(json, "sid"), need(json, "callId"), json.path("account").asText(), RecordingStatus.of(need(json, "status")),
                    json.path("source").asText(), json.path("channels").asInt(1) == 2 ? 2 : 1, Instant.parse(need(json, "startedAt")),
                    Math.max(0, json.path("millis").asLong()), json.path("detail").asText(), !upload.isObject() ? null
                    : new RecordingInfo.Upload(need(upload, "target"), need(upload, "method"), need(upload, "state"), upload.path("attempts").asInt(),
                            upload.path("detail").asText()));
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("startedAt is no time", wrong);
        }
    }

    private static String need(JsonNode json, String name) {
        if (!json.path(name).isTextual()) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return json.path(name).asText();
    }
}
