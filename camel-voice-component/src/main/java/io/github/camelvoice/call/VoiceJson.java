package io.github.camelvoice.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The one JSON form of events and calls: flat objects, times in ISO 8601 (UTC), durations in seconds with decimals, nothing where there is
 * no value. An event names itself in {@code type}. Thread-safe.
 */
public final class VoiceJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private VoiceJson() {
    }

    /** Something that writes an object's fields. */
    @FunctionalInterface
    private interface Body {
        void write(Fields fields) throws IOException;
    }

    public static String write(VoiceEvent event) {
        return text(generator -> object(generator, fields -> VoiceEventJson.write(event, fields)));
    }

    public static String write(CallSnapshot call) {
        return text(generator -> object(generator, fields -> snapshot(call, fields)));
    }

    /** An array. */
    public static String write(List<CallSnapshot> calls) {
        return text(generator -> {
            generator.writeStartArray();
            for (CallSnapshot call : calls) {
                object(generator, fields -> snapshot(call, fields));
            }
            generator.writeEndArray();
        });
    }

    private static void snapshot(CallSnapshot call, Fields to) throws IOException {
        to.text("callId", call.callId());
        to.text("sipCallId", call.sipCallId());
        to.word("direction", call.direction());
        to.word("state", call.state());
        to.text("from", call.from() == null ? null : call.from().uri());
        to.text("fromName", call.from() == null ? null : call.from().displayName());
        to.text("to", call.to() == null ? null : call.to().uri());
        to.text("calledUri", call.calledUri());
        to.text("transport", call.transport());
        to.text("remoteAddress", call.remoteAddress());
        to.text("authenticatedUser", call.authenticatedUser());
        to.time("createdAt", call.createdAt());
        to.time("ringingAt", call.ringingAt());
        to.time("answeredAt", call.answeredAt());
        to.time("endedAt", call.endedAt());
        to.text("codec", call.media() == null ? null : call.media().codec());
        to.text("srtp", call.media() == null ? null : call.media().srtp());
        to.flag("held", call.held());
        to.flag("muted", call.muted());
        to.flag("recording", call.recording());
        to.text("peerCallId", call.peerCallId());
        to.text("parentCallId", call.parentCallId());
        to.text("account", call.account());
        to.cause(call.cause());
    }

    private static void object(JsonGenerator generator, Body body) throws IOException {
        generator.writeStartObject();
        body.write(new Fields(generator));
        generator.writeEndObject();
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator generator) throws IOException;
    }

    private static String text(Content content) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            content.write(generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** Writes the fields of one object; what has no value is left out. */
    static final class Fields {

        private final JsonGenerator generator;

        Fields(JsonGenerator generator) {
            this.generator = generator;
        }

        void text(String name, String value) throws IOException {
            if (value != null && !value.isEmpty()) {
                generator.writeStringField(name, value);
            }
        }

        void word(String name, Enum<?> value) throws IOException {
            if (value != null) {
                generator.writeStringField(name, value.name().toLowerCase(Locale.ROOT));
            }
        }

        void time(String name, Instant value) throws IOException {
            if (value != null) {
                generator.writeStringField(name, value.toString());
            }
        }

        void seconds(String name, Duration value) throws IOException {
            if (value != null) {
                generator.writeNumberField(name, BigDecimal.valueOf(value.toMillis(), 3).stripTrailingZeros());
            }
        }

        void number(String name, long value) throws IOException {
            generator.writeNumberField(name, value);
        }

        void decimal(String name, double value) throws IOException {
            generator.writeNumberField(name, Math.round(value * 1000) / 1000.0);
        }

        void flag(String name, boolean value) throws IOException {
            generator.writeBooleanField(name, value);
        }

        void cause(EndCause cause) throws IOException {
            if (cause == null) {
                return;
            }
            text("cause", cause.kind().tag());
            word("endedBy", cause.endedBy());
            if (cause.sipCode() != 0) {
                number("sipCode", cause.sipCode());
            }
            text("phrase", cause.phrase());
            text("reason", cause.reason());
            flag("retryable", cause.retryable());
        }

        /** {@code receivedPackets}, {@code receivedLost} …; nothing where no packet was counted. */
        void figures(String prefix, MediaFigures figures) throws IOException {
            if (figures == null || figures.packets() == 0 && figures.discarded() == 0) {
                return;
            }
            number(prefix + "Packets", figures.packets());
            number(prefix + "Bytes", figures.bytes());
            number(prefix + "Lost", figures.lost());
            number(prefix + "Discarded", figures.discarded());
            decimal(prefix + "JitterMillis", figures.jitterMillis());
            if (figures.mos() > 0) {
                decimal(prefix + "Mos", figures.mos());
            }
        }
    }
}
