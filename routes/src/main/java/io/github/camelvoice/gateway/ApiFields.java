package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.voice.VoiceConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Message;

/** What a request to the HTTP API may say, and which headers of {@code voice:call} it becomes. What is not listed is refused. */
enum ApiFields {
    PLACE(null, Map.ofEntries(Map.entry("to", Field.text(VoiceConstants.TARGET)), Map.entry("from", Field.text(VoiceConstants.FROM)),
            Map.entry("fromDisplay", Field.text(VoiceConstants.FROM_DISPLAY)), Map.entry("codecs", Field.words(VoiceConstants.CODECS)),
            Map.entry("ringTimeoutSeconds", Field.seconds(VoiceConstants.RING_TIMEOUT, 3600)),
            Map.entry("timeLimitSeconds", Field.seconds(VoiceConstants.TIME_LIMIT, 86_400)), Map.entry("headers", Field.headers()))),
    ANSWER("answer", Map.of("codecs", Field.words(VoiceConstants.CODECS), "headers", Field.headers())),
    RING("ring", Map.of("code", Field.number(VoiceConstants.CODE, 699), "earlyMedia", Field.flag(VoiceConstants.EARLY_MEDIA),
            "reliable", Field.flag(VoiceConstants.RELIABLE), "headers", Field.headers())),
    REJECT("reject", Map.of("code", Field.number(VoiceConstants.CODE, 699), "phrase", Field.text(VoiceConstants.PHRASE),
            "headers", Field.headers())),
    REDIRECT("redirect", Map.of("contacts", Field.words(VoiceConstants.CONTACTS), "headers", Field.headers())),
    HANGUP("hangup", Map.of("reason", Field.text(VoiceConstants.REASON), "headers", Field.headers())),
    PLAY("play", Map.of("source", Field.text(VoiceConstants.SOURCE), "repeat", Field.number(VoiceConstants.REPEAT, 1_000_000))),
    STOP_PLAY("stopPlay", Map.of()),
    START_RECORDING("startRecording", Map.of("file", Field.text(VoiceConstants.FILE), "layout", Field.text(VoiceConstants.LAYOUT),
            "limitSeconds", Field.seconds(VoiceConstants.RECORD_LIMIT, 86_400))),
    STOP_RECORDING("stopRecording", Map.of()),
    PAUSE_RECORDING("pauseRecording", Map.of()),
    RESUME_RECORDING("resumeRecording", Map.of()),
    MUTE("mute", Map.of()),
    UNMUTE("unmute", Map.of()),
    SEND_DTMF("sendDtmf", Map.of("digits", Field.text(VoiceConstants.DIGITS), "method", Field.text(VoiceConstants.DTMF_METHOD),
            "toneMillis", Field.number(VoiceConstants.TONE_LENGTH, 5000), "gapMillis", Field.number(VoiceConstants.TONE_GAP, 5000))),
    HOLD("hold", Map.of()),
    RESUME("resume", Map.of()),
    ECHO("echo", Map.of()),
    STOP_ECHO("stopEcho", Map.of()),
    BRIDGE("bridge", Map.of("callId", Field.text(VoiceConstants.BRIDGED_CALL_ID))),
    UNBRIDGE("unbridge", Map.of()),
    SEND_INFO("sendInfo", Map.of("contentType", Field.text(VoiceConstants.CONTENT_TYPE), "body", Field.body()));

    private final String operation;
    private final Map<String, Field> fields;

    ApiFields(String operation, Map<String, Field> fields) {
        this.operation = operation;
        this.fields = fields;
    }

    /** @return null if there is no such operation on a call */
    static ApiFields ofOperation(String operation) {
        for (ApiFields each : values()) {
            if (each.operation != null && each.operation.equals(operation)) {
                return each;
            }
        }
        return null;
    }

    String operation() {
        return operation;
    }

    /** Names of the fields of the request's body. */
    Set<String> names() {
        return fields.keySet();
    }

    void apply(JsonNode body, Message message) {
        for (Map.Entry<String, JsonNode> each : body.properties()) {
            Field field = fields.get(each.getKey());
            if (field == null) {
                throw ApiException.badField("'" + ApiException.quote(each.getKey()) + "'", "is unknown here; there are " + fields.keySet()
                        .stream().sorted().toList());
            }
            if (!each.getValue().isNull()) {
                field.apply(each.getKey(), each.getValue(), message);
            }
        }
    }

    /** Reads one field; fails with a {@link ApiException} that names it. */
    @FunctionalInterface
    private interface Field {

        int MAX_TEXT = 1024;
        int MAX_LIST = 32;

        void apply(String name, JsonNode value, Message message);

        static Field text(String header) {
            return (name, value, message) -> message.setHeader(header, string(name, value));
        }

        static Field body() {
            return (name, value, message) -> string(name, value);
        }

        static Field flag(String header) {
            return (name, value, message) -> {
                if (!value.isBoolean()) {
                    throw ApiException.badField(name, "must be true or false");
                }
                message.setHeader(header, value.booleanValue());
            };
        }

        static Field number(String header, int most) {
            return (name, value, message) -> message.setHeader(header, integer(name, value, most));
        }

        static Field seconds(String header, int most) {
            return (name, value, message) -> message.setHeader(header, integer(name, value, most) * 1000L);
        }

        static Field words(String header) {
            return (name, value, message) -> {
                List<String> words = new ArrayList<>();
                if (!value.isArray() || value.size() > MAX_LIST) {
                    throw ApiException.badField(name, "must be a list of at most " + MAX_LIST + " texts");
                }
                value.forEach(each -> words.add(string(name, each)));
                message.setHeader(header, String.join(",", words));
            };
        }

        static Field headers() {
            return (name, value, message) -> {
                if (!value.isObject() || value.size() > MAX_LIST) {
                    throw ApiException.badField(name, "must be an object of at most " + MAX_LIST + " texts");
                }
                value.properties().forEach(each -> {
                    if (!each.getKey().matches("[A-Za-z0-9-]{1,64}") || each.getKey().regionMatches(true, 0, "Camel", 0, 5)) {
                        throw ApiException.badField(name, "has a name that is none: " + ApiException.quote(each.getKey()));
                    }
                    message.setHeader(VoiceConstants.SET_SIP_HEADER + each.getKey(), string(name, each.getValue()));
                });
            };
        }

        private static String string(String name, JsonNode value) {
            if (!value.isTextual() || value.textValue().length() > MAX_TEXT) {
                throw ApiException.badField(name, "must be a text of at most " + MAX_TEXT + " characters");
            }
            if (value.textValue().chars().anyMatch(c -> c < ' ' || c == 0x7f) && !name.equals("body")) {
                throw ApiException.badField(name, "has a control character");
            }
            return value.textValue();
        }

        private static int integer(String name, JsonNode value, int most) {
            if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0 || value.intValue() > most) {
                throw ApiException.badField(name, "must be a whole number from 0 to " + most);
            }
            return value.intValue();
        }
    }
}
