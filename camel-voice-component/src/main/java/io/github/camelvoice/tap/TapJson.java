package io.github.camelvoice.tap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * The one JSON form of taps, for APIs and routes: flat objects, times in ISO 8601 (UTC), nothing where there is no value. What SWML has as
 * variables is here by the same name, without {@code tap_} and in camel case: {@code uri}, {@code result}, {@code controlId},
 * {@code rtpSrcAddr}, {@code rtpSrcPort}, {@code ptime}, {@code codec}, {@code rate}. Thread-safe.
 */
public final class TapJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private TapJson() {
    }

    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator generator) throws IOException;
    }

    public static String write(TapInfo tap) {
        return text(generator -> object(generator, tap));
    }

    /** An array. */
    public static String write(List<TapInfo> taps) {
        return text(generator -> {
            generator.writeStartArray();
            for (TapInfo tap : taps) {
                object(generator, tap);
            }
            generator.writeEndArray();
        });
    }

    private static void object(JsonGenerator to, TapInfo tap) throws IOException {
        to.writeStartObject();
        to.writeStringField("callId", tap.callId());
        to.writeStringField("controlId", tap.controlId());
        to.writeStringField("uri", tap.uri());
        to.writeStringField("protocol", tap.protocol().word());
        to.writeStringField("direction", tap.direction().word());
        to.writeStringField("codec", tap.codec());
        to.writeNumberField("rate", tap.rate());
        to.writeNumberField("ptime", tap.ptimeMillis());
        to.writeNumberField("channels", tap.channels());
        to.writeBooleanField("bidirectional", tap.speaks());
        to.writeStringField("state", tap.state().name().toLowerCase(Locale.ROOT));
        to.writeBooleanField("paused", tap.paused());
        to.writeStringField("result", tap.success() ? "success" : "failed");
        text(to, "reason", tap.reason());
        if (tap.rtpSource() != null) {
            to.writeStringField("rtpSrcAddr", tap.rtpSource().getHostString());
            to.writeNumberField("rtpSrcPort", tap.rtpSource().getPort());
        }
        text(to, "remoteAddress", address(tap.remote()));
        text(to, "startedAt", tap.startedAt() == null ? null : tap.startedAt().toString());
        text(to, "endedAt", tap.endedAt() == null ? null : tap.endedAt().toString());
        figures(to, tap.figures());
        to.writeEndObject();
    }

    private static void figures(JsonGenerator to, TapFigures figures) throws IOException {
        to.writeNumberField("frames", figures.frames());
        to.writeNumberField("bytes", figures.bytes());
        to.writeNumberField("dropped", figures.dropped());
        to.writeNumberField("filled", figures.filled());
        to.writeNumberField("reconnects", figures.reconnects());
        to.writeNumberField("spokenMillis", figures.spokenMillis());
        to.writeNumberField("spokenDroppedMillis", figures.spokenDropped());
        to.writeNumberField("inboundLevel", figures.inboundLevel());
        to.writeNumberField("outboundLevel", figures.outboundLevel());
    }

    private static String address(InetSocketAddress address) {
        if (address == null) {
            return null;
        }
        String host = address.getHostString();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static void text(JsonGenerator to, String name, String value) throws IOException {
        if (value != null) {
            to.writeStringField(name, value);
        }
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
}
