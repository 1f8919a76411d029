package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.form.AddressText;
import io.github.camelvoice.trace.form.CallLegs;
import io.github.camelvoice.trace.form.EndReason;
import io.github.camelvoice.trace.form.MessageView;
import io.github.camelvoice.trace.form.QuietEscapes;
import io.github.camelvoice.trace.form.Redaction;
import io.github.camelvoice.trace.form.Repetitions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Records of calls as JSON, with the field names that live calls and events have. What has no value is left out. */
final class HistoryJson {

    private static final JsonFactory FACTORY = QuietEscapes.factory();

    private HistoryJson() {
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(int size, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] page(CallPage page) {
        return object(512 * page.calls().size() + 64, json -> {
            json.writeArrayFieldStart("calls");
            for (CallRecord call : page.calls()) {
                json.writeStartObject();
                call(json, call, EndReason.of(call));
                json.writeEndObject();
            }
            json.writeEndArray();
            text(json, "nextPageToken", page.nextPageToken());
        });
    }

    /** @param raw leave secrets readable */
    static byte[] record(SipInfo info, boolean raw) {
        List<SipMessage> shown = raw ? info.messages() : Redaction.mask(info).messages();
        int size = shown.stream().mapToInt(message -> message.data().length + 300).sum();
        return object(size + 1024, json -> {
            call(json, info.call(), EndReason.of(info));
            json.writeNumberField("dropped", info.dropped());
            json.writeArrayFieldStart("messages");
            BitSet repeated = Repetitions.of(info.messages());
            for (int i = 0; i < shown.size(); i++) {
                json.writeStartObject();
                message(json, shown.get(i), info.startTime(), repeated.get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * A call with all that belongs to it: the record, one record for each leg, and the messages of all in order of time.
     *
     * @param raw leave secrets readable
     */
    static byte[] legs(SipInfo info, CallLegs legs, boolean raw) {
        List<CallLegs.Said> said = legs.messages();
        SipInfo merged = legs.merged();
        List<SipMessage> shown = raw ? merged.messages() : Redaction.mask(merged).messages();
        int size = shown.stream().mapToInt(message -> message.data().length + 340).sum();
        return object(size + 1024 * (legs.legs().size() + 1), json -> {
            call(json, info.call(), EndReason.of(info));
            json.writeNumberField("dropped", legs.dropped());
            json.writeArrayFieldStart("legs");
            for (int leg = 0; leg < legs.legs().size(); leg++) {
                json.writeStartObject();
                call(json, legs.legs().get(leg).call(), EndReason.of(legs.legs().get(leg)));
                json.writeStringField("note", legs.note(leg));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("messages");
            BitSet repeated = Repetitions.of(merged.messages());
            for (int i = 0; i < shown.size(); i++) {
                json.writeStartObject();
                json.writeStringField("callId", legs.legs().get(said.get(i).leg()).call().callId());
                message(json, shown.get(i), merged.startTime(), repeated.get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void message(JsonGenerator json, SipMessage message, Instant start, boolean repeated) throws IOException {
        MessageView view = MessageView.of(message.data());
        time(json, "time", message.time());
        seconds(json, "offsetSeconds", Duration.between(start, message.time()));
        json.writeBooleanField("sent", message.sent());
        text(json, "transport", message.transport());
        text(json, "source", AddressText.ipAndPort(message.source()));
        text(json, "destination", AddressText.ipAndPort(message.destination()));
        json.writeStringField("method", view.method());
        json.writeStringField("requestLine", view.line());
        json.writeBooleanField("retransmission", repeated);
        json.writeStringField("data", view.text());
    }

    private static void call(JsonGenerator json, CallRecord call, String why) throws IOException {
        text(json, "callId", call.callId());
        text(json, "sipCallId", call.sipCallId());
        text(json, "project", call.project());
        word(json, "direction", call.direction());
        json.writeBooleanField("live", !call.isOver());
        text(json, "from", call.from());
        text(json, "to", call.to());
        text(json, "calledUri", call.target());
        text(json, "transport", call.transport());
        text(json, "remoteAddress", call.remoteAddress());
        text(json, "authenticatedUser", call.authenticatedUser());
        text(json, "peerCallId", call.peerCallId());
        text(json, "parentCallId", call.parentCallId());
        time(json, "createdAt", call.createdAt());
        time(json, "ringingAt", call.ringingAt());
        time(json, "answeredAt", call.answeredAt());
        time(json, "endedAt", call.endedAt());
        if (call.answeredAt() != null) {
            seconds(json, "setupTime", Duration.between(call.createdAt(), call.answeredAt()));
            if (call.isOver()) {
                seconds(json, "duration", Duration.between(call.answeredAt(), call.endedAt()));
            }
        }
        text(json, "codec", call.codec());
        cause(json, call.cause());
        text(json, "why", why);
        figures(json, "received", call.received());
        figures(json, "sent", call.sent());
    }

    private static void cause(JsonGenerator json, EndCause cause) throws IOException {
        if (cause == null) {
            return;
        }
        text(json, "cause", cause.kind().tag());
        word(json, "endedBy", cause.endedBy());
        if (cause.sipCode() != 0) {
            json.writeNumberField("sipCode", cause.sipCode());
        }
        text(json, "phrase", cause.phrase());
        text(json, "reason", cause.reason());
        json.writeBooleanField("retryable", cause.retryable());
    }

    private static void figures(JsonGenerator json, String prefix, MediaFigures figures) throws IOException {
        if (figures == null || figures.packets() == 0 && figures.discarded() == 0) {
            return;
        }
        json.writeNumberField(prefix + "Packets", figures.packets());
        json.writeNumberField(prefix + "Bytes", figures.bytes());
        json.writeNumberField(prefix + "Lost", figures.lost());
        json.writeNumberField(prefix + "Discarded", figures.discarded());
        json.writeNumberField(prefix + "JitterMillis", Math.round(figures.jitterMillis() * 1000) / 1000.0);
        if (figures.mos() > 0) {
            json.writeNumberField(prefix + "Mos", Math.round(figures.mos() * 1000) / 1000.0);
        }
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void word(JsonGenerator json, String name, Enum<?> value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void time(JsonGenerator json, String name, Instant value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static void seconds(JsonGenerator json, String name, Duration value) throws IOException {
        json.writeNumberField(name, new BigDecimal(BigDecimal.valueOf(value.toNanos() / 1000, 6).stripTrailingZeros().toPlainString()));
    }
}
