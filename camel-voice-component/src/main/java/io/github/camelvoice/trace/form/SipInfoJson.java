package io.github.camelvoice.trace.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A call as the proto3 JSON of the message {@code SipInfo}. Timestamps are RFC 3339 in UTC, durations are seconds, both with 0, 3, 6 or 9
 * digits behind the point; bytes are base64 with padding. {@code offsetDuration} is there even where it is {@code 0s}; {@code endTime} is
 * missing while the call lives. {@code name} is always the one with our call id, under whatever id the call was asked for. Thread-safe.
 */
public final class SipInfoJson {

    private static final JsonFactory JSON = QuietEscapes.factory();

    private SipInfoJson() {
    }

    /** UTF-8, with secrets masked. */
    public static byte[] write(SipInfo info) {
        return write(info, false);
    }

    /** @param raw leave secrets readable */
    public static byte[] write(SipInfo info, boolean raw) {
        SipInfo shown = raw ? info : Redaction.mask(info);
        byte[] pcap = Pcap.write(shown, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(3 * pcap.length + 512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, shown, pcap);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, SipInfo info, byte[] pcap) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", unicode(info.name()));
        json.writeStringField("startTime", info.startTime().toString());
        if (info.endTime() != null) {
            json.writeStringField("endTime", info.endTime().toString());
        }
        json.writeArrayFieldStart("messages");
        Instant start = info.startTime();
        for (SipMessage message : info.messages()) {
            write(json, message, start);
        }
        json.writeEndArray();
        json.writeStringField("sipCallId", unicode(info.call().sipCallId()));
        json.writeBinaryField("pcap", pcap);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SipMessage message, Instant start) throws IOException {
        MessageView view = MessageView.of(message.data());
        json.writeStartObject();
        json.writeStringField("offsetDuration", duration(Duration.between(start, message.time())));
        json.writeStringField("sourceIp", AddressText.ip(message.source()));
        json.writeNumberField("sourcePort", message.source().getPort());
        json.writeStringField("destinationIp", AddressText.ip(message.destination()));
        json.writeNumberField("destinationPort", message.destination().getPort());
        json.writeStringField("method", view.method());
        json.writeStringField("requestLine", view.line());
        json.writeStringField("data", view.text());
        json.writeEndObject();
    }

    /** {@code 0s}, {@code 0.150s}, {@code -1.000001s}. */
    static String duration(Duration duration) {
        Duration length = duration.abs();
        int nanos = length.getNano();
        String fraction = nanos == 0 ? "" : nanos % 1_000_000 == 0 ? String.format(".%03d", nanos / 1_000_000)
                : nanos % 1000 == 0 ? String.format(".%06d", nanos / 1000) : String.format(".%09d", nanos);
        return (duration.isNegative() ? "-" : "") + length.getSeconds() + fraction + "s";
    }

    /** Without halves of surrogate pairs, which no UTF-8 has. */
    private static String unicode(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
