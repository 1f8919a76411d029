package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;
import java.io.IOException;

/** SignalWire's {@code <Stream>}: "Stream" of the cXML reference in SignalWire's documentation. */
final class SignalWireDialect extends MediaStreams {

    private final String streamSid;
    private long inbound;
    private long outbound;

    SignalWireDialect(TapSpec spec, TapIdentity identity) {
        super(spec, identity, "{\"event\":\"media\",\"sequenceNumber\":\"", "\"}}");
        Rules.formats(spec, "PCMU/8000", "L16/16000", "L16/24000");
        check(spec.direction());
        this.streamSid = Names.uuid("stream", identity.callId() + '\n' + identity.controlId());
    }

    @Override
    public void check(TapDirection direction) {
        Rules.twoWaysMeansInbound(spec, direction);
    }

    /** Counted apart for each track. */
    @Override
    long nextChunk(Track track) {
        return track == Track.INBOUND ? ++inbound : ++outbound;
    }

    @Override
    public void opened(Wire wire) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "connected");
            to.writeStringField("protocol", "Call");
            to.writeStringField("version", "0.2.0");
        }));
        wire.text(Json.object(to -> {
            to.writeStringField("event", "start");
            to.writeStringField("sequenceNumber", nextSequence());
            Json.object(to, "start", this::start);
        }));
    }

    private void start(JsonGenerator to) throws IOException {
        to.writeStringField("streamSid", streamSid);
        to.writeStringField("accountSid", Names.uuid("account", String.valueOf(identity.projectId())));
        to.writeStringField("callSid", Names.uuid("call", identity.callId()));
        to.writeFieldName("tracks");
        to.writeArray(tracks(), 0, tracks().length);
        Json.object(to, "customParameters", values -> Json.strings(values, spec.parameters()));
        Json.object(to, "mediaFormat", format -> {
            format.writeStringField("encoding", spec.codec().equals("L16") ? "audio/x-L16" : "audio/x-mulaw");
            format.writeNumberField("sampleRate", spec.rate());
            format.writeNumberField("channels", 1);
        });
    }

    @Override
    public void digit(Wire wire, char digit, int durationMillis) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "dtmf");
            to.writeStringField("sequenceNumber", nextSequence());
            if (spec.speaks()) {
                to.writeStringField("streamSid", streamSid);
            }
            Json.object(to, "dtmf", dtmf -> {
                dtmf.writeStringField("digit", String.valueOf(digit));
                dtmf.writeNumberField("duration", durationMillis);
            });
        }));
    }

    @Override
    public void passed(Wire wire, String mark, boolean cleared) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "mark");
            to.writeStringField("streamSid", streamSid);
            Json.object(to, "mark", name -> name.writeStringField("name", mark));
        }));
    }

    @Override
    void addressed(JsonNode node) throws BadMessage {
        addressed(node, "streamSid", streamSid);
    }

    @Override
    void other(Wire wire, String event, JsonNode node) throws BadMessage {
        if (event.equals("dtmf")) {
            String digit = Json.required(Json.object(node, "dtmf"), "digit", 1);
            if ("0123456789*#ABCD".indexOf(digit.charAt(0)) < 0) {
                throw new BadMessage("a digit that is none of 0-9, *, #, A-D");
            }
            wire.sendDigits(digit);
        }
    }

    @Override
    public void closing(Wire wire, String reason) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "stop");
            to.writeStringField("sequenceNumber", nextSequence());
        }));
    }
}
