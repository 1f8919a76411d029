package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;

/** One JSON text message with what the stream is, then binary messages of audio and few JSON events; the same two ways, if asked. */
final class RawDialect extends Dialect {

    private final TapSpec spec;
    private final TapIdentity identity;
    private final AudioShape shape;
    private final OddBytes samples = new OddBytes();
    private boolean fresh;
    private long next;

    RawDialect(TapSpec spec, TapIdentity identity) {
        this.spec = spec;
        this.identity = identity;
        Rules.subProtocol(spec);
        check(spec.direction());
        Rules.parameters(spec);
        this.shape = new AudioShape(spec.codec(), spec.rate(), spec.channels() == 2 ? AudioShape.Layout.STEREO : AudioShape.Layout.MIX,
                spec.ptimeMillis(), false);
    }

    @Override
    public void check(TapDirection direction) {
        Rules.twoChannelsAreBoth(spec, direction);
    }

    @Override
    public AudioShape shape() {
        return shape;
    }

    private String contentType() {
        String name = switch (spec.codec()) {
            case "PCMU" -> "mulaw";
            case "PCMA" -> "alaw";
            default -> "l16";
        };
        return "audio/" + name + ";rate=" + spec.rate() + (spec.channels() == 2 ? ";channels=2" : "");
    }

    @Override
    public void opened(Wire wire) {
        fresh = true;
        samples.reset();
        wire.text(Json.object(to -> {
            to.writeStringField("content-type", contentType());
            to.writeStringField("call_id", identity.callId());
            to.writeStringField("control_id", identity.controlId());
            to.writeStringField("direction", spec.direction().word());
            to.writeNumberField("ptime", spec.ptimeMillis());
            to.writeNumberField("channels", spec.channels());
            to.writeBooleanField("bidirectional", spec.speaks());
            if (!spec.parameters().isEmpty()) {
                Json.object(to, "parameters", values -> Json.strings(values, spec.parameters()));
            }
        }));
    }

    @Override
    public void frame(Wire wire, Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        long missing = offsetMillis - next;
        if (missing > 0 && (afterGap || fresh && next > 0)) {
            wire.text(Json.object(to -> {
                to.writeStringField("event", "gap");
                to.writeNumberField("millis", missing);
            }));
        }
        fresh = false;
        next = offsetMillis + spec.ptimeMillis();
        wire.audio(frame, length);
    }

    @Override
    public void digit(Wire wire, char digit, int durationMillis) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "dtmf");
            to.writeStringField("digit", String.valueOf(digit));
            to.writeNumberField("duration", durationMillis);
        }));
    }

    @Override
    public void passed(Wire wire, String mark, boolean cleared) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "mark");
            to.writeStringField("name", mark);
            to.writeBooleanField("cleared", cleared);
        }));
    }

    @Override
    public void text(Wire wire, String message) throws BadMessage {
        if (!wire.maySpeak()) {
            return;
        }
        JsonNode node = Json.read(message);
        switch (Json.required(node, "event", MediaStreams.LONGEST_NAME)) {
            case "mark" -> wire.mark(Json.required(node, "name", MediaStreams.LONGEST_NAME));
            case "clear" -> {
                samples.reset();
                wire.clear();
            }
            case "dtmf" -> digits(wire, Json.required(node, "digits", 64));
            case "stop" -> wire.finish("stopped-by-far-end");
            default -> {
                // an event of a later version
            }
        }
    }

    private static void digits(Wire wire, String digits) throws BadMessage {
        if (!digits.matches("[0-9*#A-D]+")) {
            throw new BadMessage("digits that are none of 0-9, *, #, A-D");
        }
        wire.sendDigits(digits);
    }

    @Override
    public void binary(Wire wire, byte[] message) {
        if (!wire.maySpeak()) {
            return;
        }
        if (spec.codec().equals("L16")) {
            samples.speak(wire, spec.rate(), message);
        } else {
            wire.speak(spec.codec(), spec.rate(), message, message.length);
        }
    }

    @Override
    public void closing(Wire wire, String reason) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "stop");
            to.writeStringField("reason", reason);
        }));
    }
}
