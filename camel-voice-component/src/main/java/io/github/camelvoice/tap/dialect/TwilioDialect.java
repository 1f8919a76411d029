package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;
import java.io.IOException;

/** Twilio Media Streams: "WebSocket Messages" of Twilio's documentation. */
final class TwilioDialect extends MediaStreams {

    private final String streamSid;
    private final String callSid;
    private final String accountSid;
    private long chunk;

    TwilioDialect(TapSpec spec, TapIdentity identity) {
        this(spec, identity, Names.sid("MZ", "stream", identity.callId() + '\n' + identity.controlId()));
    }

    private TwilioDialect(TapSpec spec, TapIdentity identity, String streamSid) {
        super(spec, identity, "{\"event\":\"media\",\"sequenceNumber\":\"", "\"},\"streamSid\":\"" + streamSid + "\"}");
        Rules.formats(spec, "PCMU/8000");
        check(spec.direction());
        this.streamSid = streamSid;
        this.callSid = Names.sid("CA", "call", identity.callId());
        this.accountSid = Names.sid("AC", "account", String.valueOf(identity.projectId()));
    }

    @Override
    public void check(TapDirection direction) {
        Rules.twoWaysMeansInbound(spec, direction);
    }

    @Override
    long nextChunk(Track track) {
        return ++chunk;
    }

    @Override
    public void opened(Wire wire) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "connected");
            to.writeStringField("protocol", "Call");
            to.writeStringField("version", "1.0.0");
        }));
        wire.text(Json.object(to -> {
            to.writeStringField("event", "start");
            to.writeStringField("sequenceNumber", nextSequence());
            Json.object(to, "start", this::start);
            to.writeStringField("streamSid", streamSid);
        }));
    }

    private void start(JsonGenerator to) throws IOException {
        to.writeStringField("accountSid", accountSid);
        to.writeStringField("streamSid", streamSid);
        to.writeStringField("callSid", callSid);
        to.writeFieldName("tracks");
        to.writeArray(tracks(), 0, tracks().length);
        Json.object(to, "mediaFormat", format -> {
            format.writeStringField("encoding", "audio/x-mulaw");
            format.writeNumberField("sampleRate", 8000);
            format.writeNumberField("channels", 1);
        });
        Json.object(to, "customParameters", values -> Json.strings(values, spec.parameters()));
    }

    /** Twilio tells digits on bidirectional streams only. */
    @Override
    public void digit(Wire wire, char digit, int durationMillis) {
        if (spec.speaks()) {
            wire.text(Json.object(to -> {
                to.writeStringField("event", "dtmf");
                to.writeStringField("streamSid", streamSid);
                to.writeStringField("sequenceNumber", nextSequence());
                Json.object(to, "dtmf", dtmf -> {
                    dtmf.writeStringField("track", "inbound_track");
                    dtmf.writeStringField("digit", String.valueOf(digit));
                });
            }));
        }
    }

    @Override
    public void passed(Wire wire, String mark, boolean cleared) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "mark");
            to.writeStringField("sequenceNumber", nextSequence());
            to.writeStringField("streamSid", streamSid);
            Json.object(to, "mark", name -> name.writeStringField("name", mark));
        }));
    }

    @Override
    void addressed(JsonNode node) throws BadMessage {
        addressed(node, "streamSid", streamSid);
    }

    @Override
    public void closing(Wire wire, String reason) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "stop");
            to.writeStringField("sequenceNumber", nextSequence());
            Json.object(to, "stop", stop -> {
                stop.writeStringField("accountSid", accountSid);
                stop.writeStringField("callSid", callSid);
            });
            to.writeStringField("streamSid", streamSid);
        }));
    }
}
