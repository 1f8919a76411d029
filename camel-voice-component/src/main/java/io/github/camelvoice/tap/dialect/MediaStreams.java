package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;

/**
 * What the dialects have in common that carry audio as base64 in JSON: {@code connected}, {@code start}, {@code media}, {@code dtmf},
 * {@code mark}, {@code stop} one way, {@code media}, {@code mark}, {@code clear} the other. Counters are strings.
 */
abstract class MediaStreams extends Dialect {

    static final int LONGEST_NAME = 1_024;
    private static final byte[] CHUNK_INBOUND = Ascii.of("\",\"media\":{\"track\":\"inbound\",\"chunk\":\"");
    private static final byte[] CHUNK_OUTBOUND = Ascii.of("\",\"media\":{\"track\":\"outbound\",\"chunk\":\"");
    private static final byte[] TIMESTAMP = Ascii.of("\",\"timestamp\":\"");
    private static final byte[] PAYLOAD = Ascii.of("\",\"payload\":\"");

    final TapSpec spec;
    final TapIdentity identity;
    private final Ascii out = new Ascii();
    private final byte[] head;
    private final byte[] tail;
    private long sequence;

    /**
     * @param head of a media message up to the digits of its sequence number
     * @param tail of a media message from the quote that ends the payload
     */
    MediaStreams(TapSpec spec, TapIdentity identity, String head, String tail) {
        this.spec = spec;
        this.identity = identity;
        this.head = Ascii.of(head);
        this.tail = Ascii.of(tail);
        Rules.twentyMillis(spec);
        Rules.mono(spec);
        Rules.subProtocol(spec);
        Rules.parameters(spec);
    }

    @Override
    public final AudioShape shape() {
        return new AudioShape(spec.codec(), spec.rate(), AudioShape.Layout.TRACKS, spec.ptimeMillis(), bigEndian());
    }

    boolean bigEndian() {
        return false;
    }

    /** The number of the next message, which begins with 1 and goes on through reconnections. */
    final String nextSequence() {
        return Long.toString(++sequence);
    }

    /** Number of this media message: the vendors count differently. */
    abstract long nextChunk(Track track);

    final String[] tracks() {
        TapDirection direction = spec.direction();
        return direction == TapDirection.BOTH ? new String[] {"inbound", "outbound"}
                : new String[] {direction == TapDirection.SPEAK ? "inbound" : "outbound"};
    }

    @Override
    public final void frame(Wire wire, Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        out.clear().put(head).put(++sequence).put(track == Track.INBOUND ? CHUNK_INBOUND : CHUNK_OUTBOUND).put(nextChunk(track))
                .put(TIMESTAMP).put(Math.max(0, offsetMillis)).put(PAYLOAD).putBase64(frame, length).put(tail);
        wire.audioText(out.bytes(), out.length());
    }

    @Override
    public void text(Wire wire, String message) throws BadMessage {
        JsonNode node = Json.read(message);
        String event = Json.required(node, "event", LONGEST_NAME);
        if (!wire.maySpeak()) {
            return;
        }
        addressed(node);
        switch (event) {
            case "media" -> media(wire, node);
            case "mark" -> wire.mark(Json.required(Json.object(node, "mark"), "name", LONGEST_NAME));
            case "clear" -> wire.clear();
            default -> other(wire, event, node);
        }
    }

    void media(Wire wire, JsonNode node) throws BadMessage {
        byte[] audio = audio(Json.required(Json.object(node, "media"), "payload", Integer.MAX_VALUE));
        wire.speak(spec.codec(), spec.rate(), audio, spec.codec().equals("L16") ? audio.length & ~1 : audio.length);
    }

    byte[] audio(String payload) throws BadMessage {
        return Json.base64(payload);
    }

    /** Whether the message is for this stream. */
    abstract void addressed(JsonNode node) throws BadMessage;

    /** Messages beyond the three that all have. */
    void other(Wire wire, String event, JsonNode node) throws BadMessage {
        // a message that only a later version of the dialect has
    }

    final void addressed(JsonNode node, String name, String stream) throws BadMessage {
        String asked = Json.text(node, name);
        if (asked != null && !asked.equals(stream)) {
            throw new BadMessage("a message with another \"" + name + "\"");
        }
    }

    @Override
    public final void binary(Wire wire, byte[] message) throws BadMessage {
        throw new BadMessage("a binary message, where there are text messages only");
    }
}
