package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.voice.VoiceConstants;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Message;

/** What a request to the HTTP API may say, and which headers of {@code voice:call} or {@code voice:tap} it becomes. What is not listed is refused. */
enum ApiFields {
    PLACE(null, Map.ofEntries(Map.entry("to", ApiField.text(VoiceConstants.TARGET)), Map.entry("from", ApiField.text(VoiceConstants.FROM)),
            Map.entry("fromDisplay", ApiField.text(VoiceConstants.FROM_DISPLAY)), Map.entry("codecs", ApiField.words(VoiceConstants.CODECS)),
            Map.entry("srtp", ApiField.oneOf(VoiceConstants.SRTP, "never", "optional", "required")),
            Map.entry("ringTimeoutSeconds", ApiField.seconds(VoiceConstants.RING_TIMEOUT, 3600)),
            Map.entry("timeLimitSeconds", ApiField.seconds(VoiceConstants.TIME_LIMIT, 86_400)), Map.entry("headers", ApiField.headers()))),
    ANSWER("answer", Map.of("codecs", ApiField.words(VoiceConstants.CODECS), "headers", ApiField.headers())),
    RING("ring", Map.of("code", ApiField.number(VoiceConstants.CODE, 699), "earlyMedia", ApiField.flag(VoiceConstants.EARLY_MEDIA),
            "reliable", ApiField.flag(VoiceConstants.RELIABLE), "headers", ApiField.headers())),
    REJECT("reject", Map.of("code", ApiField.number(VoiceConstants.CODE, 699), "phrase", ApiField.text(VoiceConstants.PHRASE),
            "headers", ApiField.headers())),
    REDIRECT("redirect", Map.of("contacts", ApiField.words(VoiceConstants.CONTACTS), "headers", ApiField.headers())),
    HANGUP("hangup", Map.of("reason", ApiField.text(VoiceConstants.REASON), "headers", ApiField.headers())),
    PLAY("play", Map.of("source", ApiField.text(VoiceConstants.SOURCE), "repeat", ApiField.number(VoiceConstants.REPEAT, 1_000_000))),
    STOP_PLAY("stopPlay", Map.of()),
    START_RECORDING("startRecording", Map.of("file", ApiField.text(VoiceConstants.FILE), "layout", ApiField.text(VoiceConstants.LAYOUT),
            "limitSeconds", ApiField.seconds(VoiceConstants.RECORD_LIMIT, 86_400))),
    STOP_RECORDING("stopRecording", Map.of()),
    PAUSE_RECORDING("pauseRecording", Map.of()),
    RESUME_RECORDING("resumeRecording", Map.of()),
    MUTE("mute", Map.of()),
    UNMUTE("unmute", Map.of()),
    SEND_DTMF("sendDtmf", Map.of("digits", ApiField.text(VoiceConstants.DIGITS), "method", ApiField.text(VoiceConstants.DTMF_METHOD),
            "toneMillis", ApiField.number(VoiceConstants.TONE_LENGTH, 5000), "gapMillis", ApiField.number(VoiceConstants.TONE_GAP, 5000))),
    HOLD("hold", Map.of()),
    RESUME("resume", Map.of()),
    ECHO("echo", Map.of()),
    STOP_ECHO("stopEcho", Map.of()),
    BRIDGE("bridge", Map.of("callId", ApiField.text(VoiceConstants.BRIDGED_CALL_ID))),
    UNBRIDGE("unbridge", Map.of()),
    SEND_INFO("sendInfo", Map.of("contentType", ApiField.text(VoiceConstants.CONTENT_TYPE), "body", ApiField.body())),
    START_TAP(null, Map.ofEntries(Map.entry("uri", ApiField.text(VoiceConstants.TAP_URI)),
            Map.entry("controlId", ApiField.text(VoiceConstants.TAP_CONTROL_ID)),
            Map.entry("direction", ApiField.oneOf(VoiceConstants.TAP_DIRECTION, "speak", "listen", "hear", "both")),
            Map.entry("codec", ApiField.oneOf(VoiceConstants.TAP_CODEC, "PCMU", "PCMA", "L16")),
            Map.entry("rate", ApiField.oneOf(VoiceConstants.TAP_RATE, 8000, 16_000, 24_000)),
            Map.entry("rtpPtime", ApiField.tens(VoiceConstants.TAP_RTP_PTIME, 120)),
            Map.entry("protocol", ApiField.oneOf(VoiceConstants.TAP_PROTOCOL, "raw", "twilio", "signalwire", "telnyx", "vonage", "jambonz")),
            Map.entry("channels", ApiField.oneOf(VoiceConstants.TAP_CHANNELS, 1, 2)),
            Map.entry("bidirectional", ApiField.flag(VoiceConstants.TAP_BIDIRECTIONAL)),
            Map.entry("statusUrl", ApiField.text(VoiceConstants.TAP_STATUS_URL)), Map.entry("tag", ApiField.text(VoiceConstants.TAP_TAG)),
            Map.entry("onSinkLoss", ApiField.oneOf(VoiceConstants.TAP_ON_SINK_LOSS, "continue", "hangup")),
            Map.entry("reconnect", ApiField.flag(VoiceConstants.TAP_RECONNECT)),
            Map.entry("bufferMillis", ApiField.number(VoiceConstants.TAP_BUFFER, 10_000)),
            Map.entry("subProtocol", ApiField.text(VoiceConstants.TAP_SUB_PROTOCOL)),
            Map.entry("parameters", ApiField.texts(VoiceConstants.TAP_PARAMETER, "[A-Za-z0-9._-]{1,64}")),
            Map.entry("headers", ApiField.texts(VoiceConstants.TAP_HEADER, ApiField.HEADER_NAME)),
            Map.entry("credentials", ApiField.credentials()))),
    CHANGE_TAP(null, Map.of("direction", ApiField.oneOf(VoiceConstants.TAP_DIRECTION, "speak", "listen", "hear", "both"),
            "paused", ApiField.flag(TapApi.PAUSED))),
    REGISTER_ACCOUNT(null, Map.of("password", ApiField.text(VoiceConstants.SESSION_PASSWORD), "authUsername", ApiField.text(VoiceConstants.SESSION_AUTH_USERNAME),
            "outboundProxy", ApiField.text(VoiceConstants.OUTBOUND_PROXY), "transport", ApiField.oneOf(VoiceConstants.SESSION_TRANSPORT, "udp", "tcp", "tls"),
            "displayName", ApiField.text(VoiceConstants.SESSION_DISPLAY_NAME), "contacts", ApiField.words(VoiceConstants.CONTACTS),
            "expires", ApiField.secondsFrom(VoiceConstants.EXPIRES, 60, 86_400))),
    START_SESSION(null, Map.of("autoAnswerInterval", ApiField.whole(VoiceConstants.SESSION_AUTO_ANSWER_INTERVAL, -1, 170))),
    START_CALL(null, Map.of("callee", ApiField.text(VoiceConstants.TARGET), "headers", ApiField.headers())),
    TRANSFER_CALL(null, Map.of("target", ApiField.text(VoiceConstants.TARGET), "headers", ApiField.headers())),
    PLAY_FILES(null, Map.of("files", SessionFiles.FIELD)),
    NOTHING(null, Map.of());

    private final String operation;
    private final Map<String, ApiField> fields;

    ApiFields(String operation, Map<String, ApiField> fields) {
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
            ApiField field = fields.get(each.getKey());
            if (field == null) {
                throw ApiException.badField("'" + ApiException.quote(each.getKey()) + "'", "is unknown here; there are " + fields.keySet()
                        .stream().sorted().toList());
            }
            if (!each.getValue().isNull()) {
                field.apply(each.getKey(), each.getValue(), message);
            }
        }
    }
}
