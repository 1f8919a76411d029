package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;

/** WebSocket endpoints of Vonage's Voice API: linear audio as binary messages of 20 ms, little-endian, always one mono stream. */
final class VonageDialect extends Dialect {

    private static final int LONGEST_NOTE = 4_096;

    private final TapSpec spec;

    VonageDialect(TapSpec spec, TapIdentity identity) {
        this.spec = spec;
        Rules.formats(spec, "L16/8000", "L16/16000");
        Rules.twentyMillis(spec);
        Rules.mono(spec);
        Rules.subProtocol(spec);
        Rules.parameters(spec, "event", "content-type");
    }

    @Override
    public AudioShape shape() {
        return new AudioShape("L16", spec.rate(), AudioShape.Layout.MIX, 20, false);
    }

    @Override
    public void opened(Wire wire) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "websocket:connected");
            to.writeStringField("content-type", "audio/l16;rate=" + spec.rate());
            Json.strings(to, spec.parameters());
        }));
    }

    @Override
    public void frame(Wire wire, Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        wire.audio(frame, length);
    }

    @Override
    public void digit(Wire wire, char digit, int durationMillis) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "websocket:dtmf");
            to.writeStringField("digit", String.valueOf(digit));
            to.writeNumberField("duration", durationMillis);
        }));
    }

    /** The mark is the payload of {@code notify}, as JSON. What was cleared did not finish playing: nothing is told of it. */
    @Override
    public void passed(Wire wire, String mark, boolean cleared) {
        if (!cleared) {
            wire.text(Json.object(to -> {
                to.writeStringField("event", "websocket:notify");
                to.writeFieldName("payload");
                to.writeRawValue(mark);
            }));
        }
    }

    @Override
    public void text(Wire wire, String message) throws BadMessage {
        JsonNode node = Json.read(message);
        if (!wire.maySpeak()) {
            return;
        }
        String action = Json.text(node, "action");
        if ("clear".equals(action)) {
            wire.clear();
            wire.text(Json.object(to -> to.writeStringField("event", "websocket:cleared")));
        } else if ("notify".equals(action)) {
            String payload = Json.object(node, "payload").toString();
            if (payload.length() > LONGEST_NOTE) {
                throw new BadMessage("a payload of more than " + LONGEST_NOTE + " characters");
            }
            wire.mark(payload);
        }
    }

    @Override
    public void binary(Wire wire, byte[] message) {
        if (wire.maySpeak()) {
            wire.speak("L16", spec.rate(), message, message.length & ~1);
        }
    }

    /** Vonage closes without a word. */
    @Override
    public void closing(Wire wire, String reason) {
        // the close frame says it
    }
}
