package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Telnyx media streaming over WebSockets, with RTP payloads in both directions (MP3 files are not taken). Linear audio is big-endian. */
final class TelnyxDialect extends MediaStreams {

    private static final DateTimeFormatter OCCURRED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final EngineClock clock;
    private final String streamId;
    private final String userId;
    private long chunk;

    TelnyxDialect(TapSpec spec, TapIdentity identity, EngineClock clock) {
        this(spec, identity, clock, Names.uuid("stream", identity.callId() + '\n' + identity.controlId()));
    }

    private TelnyxDialect(TapSpec spec, TapIdentity identity, EngineClock clock, String streamId) {
        super(spec, identity, "{\"event\":\"media\",\"sequence_number\":\"", "\"},\"stream_id\":\"" + streamId + "\"}");
        Rules.formats(spec, "PCMU/8000", "PCMA/8000", "L16/16000");
        this.clock = clock;
        this.streamId = streamId;
        this.userId = Names.uuid("account", String.valueOf(identity.projectId()));
    }

    @Override
    boolean bigEndian() {
        return true;
    }

    @Override
    long nextChunk(Track track) {
        return ++chunk;
    }

    @Override
    public void opened(Wire wire) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "connected");
            to.writeStringField("version", "1.0.0");
        }));
        wire.text(Json.object(to -> {
            to.writeStringField("event", "start");
            to.writeStringField("sequence_number", nextSequence());
            Json.object(to, "start", this::start);
            to.writeStringField("stream_id", streamId);
        }));
    }

    private void start(JsonGenerator to) throws IOException {
        CallSnapshot call = identity.call();
        to.writeStringField("user_id", userId);
        to.writeStringField("call_control_id", identity.callId());
        to.writeStringField("call_session_id", Names.uuid("call", identity.callId()));
        to.writeStringField("from", Callers.number(call.from()));
        to.writeStringField("to", Callers.number(call.to()));
        if (!spec.parameters().isEmpty()) {
            Json.object(to, "custom_parameters", values -> Json.strings(values, spec.parameters()));
        }
        Json.object(to, "media_format", format -> {
            format.writeStringField("encoding", spec.codec());
            format.writeNumberField("sample_rate", spec.rate());
            format.writeNumberField("channels", 1);
        });
    }

    @Override
    public void digit(Wire wire, char digit, int durationMillis) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "dtmf");
            to.writeStringField("stream_id", streamId);
            to.writeStringField("occurred_at", OCCURRED.format(clock.now()));
            to.writeStringField("sequence_number", nextSequence());
            Json.object(to, "dtmf", dtmf -> dtmf.writeStringField("digit", String.valueOf(digit)));
        }));
    }

    @Override
    public void passed(Wire wire, String mark, boolean cleared) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "mark");
            to.writeStringField("stream_id", streamId);
            to.writeStringField("sequence_number", nextSequence());
            Json.object(to, "mark", name -> name.writeStringField("name", mark));
        }));
    }

    @Override
    void addressed(JsonNode node) throws BadMessage {
        addressed(node, "stream_id", streamId);
    }

    @Override
    public void text(Wire wire, String message) throws BadMessage {
        try {
            super.text(wire, message);
        } catch (BadMessage bad) {
            if (wire.maySpeak()) {
                error(wire, 100003, "malformed_frame", "Received frame was not formed correctly");
            }
            throw bad;
        }
    }

    @Override
    void media(Wire wire, JsonNode node) throws BadMessage {
        String payload = Json.required(Json.object(node, "media"), "payload", Integer.MAX_VALUE);
        byte[] audio;
        try {
            audio = Json.base64(payload);
        } catch (BadMessage invalid) {
            error(wire, 100004, "invalid_media", "Media provided was not base64 encoded");
            return;
        }
        int length = audio.length;
        if (spec.codec().equals("L16")) {
            length &= ~1;
            for (int i = 0; i < length; i += 2) {
                byte high = audio[i];
                audio[i] = audio[i + 1];
                audio[i + 1] = high;
            }
        }
        wire.speak(spec.codec(), spec.rate(), audio, length);
    }

    private void error(Wire wire, int code, String title, String detail) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "error");
            Json.object(to, "payload", payload -> {
                payload.writeNumberField("code", code);
                payload.writeStringField("title", title);
                payload.writeStringField("detail", detail);
            });
            to.writeStringField("stream_id", streamId);
        }));
    }

    @Override
    public void closing(Wire wire, String reason) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "stop");
            to.writeStringField("sequence_number", nextSequence());
            Json.object(to, "stop", stop -> {
                stop.writeStringField("user_id", userId);
                stop.writeStringField("call_control_id", identity.callId());
            });
            to.writeStringField("stream_id", streamId);
        }));
    }
}
