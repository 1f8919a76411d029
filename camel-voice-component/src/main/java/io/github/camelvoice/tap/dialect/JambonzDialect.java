package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The verb {@code listen} of jambonz: one JSON text message, then linear audio as binary messages, little-endian. */
final class JambonzDialect extends Dialect {

    private static final String SUB_PROTOCOL = "audio.jambonz.org";
    private static final int MOST_FILES = 10;
    /** What the marks that are set begin with: one of our own behind each file, and those of the far end. */
    private static final String FILE = "f";
    private static final String MARK = "m";

    private final TapSpec spec;
    private final TapIdentity identity;
    private final OddBytes samples = new OddBytes();
    private int files;
    /** Of marks: what was set before {@code clearMarks} is not told. */
    private int generation;

    JambonzDialect(TapSpec spec, TapIdentity identity) {
        this.spec = spec;
        this.identity = identity;
        Rules.formats(spec, "L16/8000", "L16/16000", "L16/24000");
        Rules.subProtocol(spec);
        check(spec.direction());
        Rules.parameters(spec);
    }

    @Override
    public void check(TapDirection direction) {
        Rules.twoChannelsAreBoth(spec, direction);
    }

    @Override
    public AudioShape shape() {
        return new AudioShape("L16", spec.rate(), spec.channels() == 2 ? AudioShape.Layout.STEREO : AudioShape.Layout.MIX, spec.ptimeMillis(), false);
    }

    @Override
    public String subProtocol() {
        return SUB_PROTOCOL;
    }

    @Override
    public void opened(Wire wire) {
        files = 0;
        samples.reset();
        CallSnapshot call = identity.call();
        TreeMap<String, String> own = new TreeMap<>(spec.parameters());
        wire.text(Json.object(to -> {
            to.writeNumberField("sampleRate", spec.rate());
            to.writeStringField("mixType", spec.channels() == 2 ? "stereo" : spec.direction() == TapDirection.BOTH ? "mixed" : "mono");
            for (Map.Entry<String, String> attribute : attributes(call).entrySet()) {
                if (!own.containsKey(attribute.getKey())) {
                    to.writeStringField(attribute.getKey(), attribute.getValue());
                }
            }
            own.remove("sampleRate");
            own.remove("mixType");
            Json.strings(to, own);
        }));
    }

    private Map<String, String> attributes(CallSnapshot call) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("callSid", Names.uuid("call", identity.callId()));
        attributes.put("direction", call.direction() == CallDirection.INBOUND ? "inbound" : "outbound");
        attributes.put("from", Callers.number(call.from()));
        attributes.put("to", Callers.number(call.to()));
        attributes.put("callId", call.sipCallId());
        attributes.put("callStatus", call.answeredAt() == null ? "early-media" : "in-progress");
        attributes.put("callerId", call.from().displayName());
        attributes.put("accountSid", Names.uuid("account", String.valueOf(identity.projectId())));
        return attributes;
    }

    @Override
    public void frame(Wire wire, Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        wire.audio(frame, length);
    }

    /** The duration is in units of RTP, 8000 a second, and a string. */
    @Override
    public void digit(Wire wire, char digit, int durationMillis) {
        wire.text(Json.object(to -> {
            to.writeStringField("event", "dtmf");
            to.writeStringField("dtmf", String.valueOf(digit));
            to.writeStringField("duration", Long.toString(durationMillis * 8L));
        }));
    }

    @Override
    public void passed(Wire wire, String mark, boolean cleared) {
        if (mark.startsWith(FILE)) {
            files = Math.max(0, files - 1);
            if (!cleared) {
                wire.text(Json.object(to -> to.writeStringField("type", "playDone")));
            }
            return;
        }
        String current = MARK + generation + ':';
        if (!mark.startsWith(current)) {
            return;
        }
        wire.text(Json.object(to -> {
            to.writeStringField("type", "mark");
            Json.object(to, "data", data -> {
                data.writeStringField("name", mark.substring(current.length()));
                data.writeStringField("event", cleared ? "cleared" : "playout");
            });
        }));
    }

    @Override
    public void text(Wire wire, String message) throws BadMessage {
        JsonNode node = Json.read(message);
        String type = Json.required(node, "type", MediaStreams.LONGEST_NAME);
        if (type.equals("disconnect")) {
            wire.finish("stopped-by-far-end");
        } else if (wire.maySpeak()) {
            switch (type) {
                case "playAudio" -> play(wire, Json.object(node, "data"));
                case "killAudio" -> {
                    samples.reset();
                    wire.clear();
                }
                case "mark" -> wire.mark(MARK + generation + ':' + Json.required(Json.object(node, "data"), "name", MediaStreams.LONGEST_NAME));
                case "clearMarks" -> generation++;
                default -> {
                    // a command of a later version
                }
            }
        }
    }

    private void play(Wire wire, JsonNode data) throws BadMessage {
        if (files >= MOST_FILES) {
            throw new BadMessage("more than " + MOST_FILES + " files that wait to be played");
        }
        byte[] content = Json.base64(Json.required(data, "audioContent", Integer.MAX_VALUE));
        String type = Json.required(data, "audioContentType", 32).toLowerCase(Locale.ROOT);
        switch (type) {
            case "raw" -> {
                int rate = rate(Json.required(data, "sampleRate", 8));
                wire.speak("L16", rate, content, content.length & ~1);
            }
            case "wav", "wave" -> WavFile.speak(wire, content);
            default -> throw new BadMessage("audio that is neither raw nor wav");
        }
        files++;
        wire.mark(FILE);
    }

    static int rate(String text) throws BadMessage {
        return switch (text) {
            case "8000" -> 8000;
            case "16000" -> 16000;
            case "24000" -> 24000;
            default -> throw new BadMessage("a sample rate that is none of 8000, 16000, 24000");
        };
    }

    @Override
    public void binary(Wire wire, byte[] message) {
        if (wire.maySpeak()) {
            samples.speak(wire, spec.rate(), message);
        }
    }

    /** jambonz closes without a word. */
    @Override
    public void closing(Wire wire, String reason) {
        // the close frame says it
    }
}
