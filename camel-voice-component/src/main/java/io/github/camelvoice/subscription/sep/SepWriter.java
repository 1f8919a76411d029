package io.github.camelvoice.subscription.sep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes subscriptions: as XML, well-formed and valid (docs/sep.xsd, RFC 4662), and as JSON. UTF-8. */
public final class SepWriter {

    /** Of lists of resources and their instances. */
    public static final String RLMI = "urn:ietf:params:xml:ns:rlmi";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);
    private static final JsonFactory FACTORY = new JsonFactory();

    private SepWriter() {
    }

    /**
     * One of several subscriptions.
     *
     * @param href  where it is
     * @param state {@code pending}, {@code active} or {@code failed}
     * @param size  how many resources there are
     */
    public record Summary(String href, String event, String state, long version, int size, String receiver, Instant expires) {
    }

    /** {@code 2009-06-01T18:00:00+00:00}; a second that has begun counts whole. */
    public static String time(Instant time) {
        Instant whole = time.truncatedTo(ChronoUnit.SECONDS);
        return TIME.format(whole.equals(time) ? whole : whole.plusSeconds(1));
    }

    public static byte[] xml(SepDocument document) {
        SepXml out = new SepXml();
        out.start("subscription").namespace(SepReader.NAMESPACE).attribute("event", document.event());
        out.start("list").namespace(RLMI).attribute("uri", document.listUri()).attribute("version", Long.toString(document.version()))
                .attribute("fullState", Boolean.toString(document.fullState()));
        for (SepDocument.Resource resource : document.resources()) {
            out.start("resource").attribute("uri", resource.uri());
            if (resource.displayName() != null) {
                out.start("name").text(resource.displayName()).end();
            }
            resource.instances().forEach(instance -> instance(out, instance));
            out.end();
        }
        out.end();
        end(out, document.receiver(), document.expires());
        return out.end().bytes();
    }

    private static void instance(SepXml out, SepDocument.Instance instance) {
        out.start("instance").attribute("id", instance.id()).attribute("state", instance.state()).attribute("reason", instance.reason());
        if (instance.body() != null && !instance.body().isEmpty() && !out.inline(instance.body(), instance.contentType())) {
            out.start("body").namespace(SepReader.NAMESPACE).attribute("content-type", instance.contentType()).text(instance.body()).end();
        }
        out.end();
    }

    private static void end(SepXml out, String receiver, Instant expires) {
        if (receiver != null) {
            out.start("notify").attribute("url", receiver).end();
        }
        if (expires != null) {
            out.start("expires").text(time(expires)).end();
        }
    }

    public static byte[] xml(List<Summary> subscriptions) {
        SepXml out = new SepXml();
        out.start("subscriptions").namespace(SepReader.NAMESPACE);
        for (Summary each : subscriptions) {
            out.start("subscription").attribute("event", each.event()).attribute("href", each.href()).attribute("state", each.state())
                    .attribute("version", Long.toString(each.version())).attribute("resources", Integer.toString(each.size()));
            end(out, each.receiver(), each.expires());
            out.end();
        }
        return out.end().bytes();
    }

    /** What fills an object. */
    private interface Fields {
        void write(JsonGenerator to) throws IOException;
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
            to.writeStartObject();
            fields.write(to);
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    public static byte[] json(SepDocument document) {
        return object(to -> {
            to.writeStringField("event", document.event());
            to.writeObjectFieldStart("list");
            to.writeStringField("uri", document.listUri());
            to.writeNumberField("version", document.version());
            to.writeBooleanField("fullState", document.fullState());
            to.writeArrayFieldStart("resources");
            for (SepDocument.Resource resource : document.resources()) {
                json(to, resource);
            }
            to.writeEndArray();
            to.writeEndObject();
            end(to, document.receiver(), document.expires());
        });
    }

    private static void json(JsonGenerator to, SepDocument.Resource resource) throws IOException {
        to.writeStartObject();
        to.writeStringField("uri", resource.uri());
        text(to, "name", resource.displayName());
        to.writeArrayFieldStart("instances");
        for (SepDocument.Instance instance : resource.instances()) {
            to.writeStartObject();
            to.writeStringField("id", instance.id());
            to.writeStringField("state", instance.state());
            text(to, "reason", instance.reason());
            text(to, "contentType", instance.contentType());
            text(to, "body", instance.body());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private static void end(JsonGenerator to, String receiver, Instant expires) throws IOException {
        text(to, "notify", receiver);
        text(to, "expires", expires == null ? null : time(expires));
    }

    private static void text(JsonGenerator to, String name, String value) throws IOException {
        if (value != null) {
            to.writeStringField(name, value);
        }
    }

    public static byte[] json(List<Summary> subscriptions) {
        return object(to -> {
            to.writeArrayFieldStart("subscriptions");
            for (Summary each : subscriptions) {
                to.writeStartObject();
                to.writeStringField("event", each.event());
                to.writeStringField("href", each.href());
                to.writeStringField("state", each.state());
                to.writeNumberField("version", each.version());
                to.writeNumberField("resources", each.size());
                end(to, each.receiver(), each.expires());
                to.writeEndObject();
            }
            to.writeEndArray();
        });
    }

    static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
