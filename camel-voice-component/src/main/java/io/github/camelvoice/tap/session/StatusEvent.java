package io.github.camelvoice.tap.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;

/** The status event of SWML's {@code tap}, {@code calling.call.tap}, as JSON. There are two states, {@code tapping} and {@code finished}. */
final class StatusEvent {

    private static final JsonFactory FACTORY = new JsonFactory();

    private StatusEvent() {
    }

    /** @param reason why it failed, null where nothing did: a field that the document does not have */
    static String json(String state, TapSpec spec, TapIdentity identity, TapInfo info, Instant now, String reason) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator to = FACTORY.createGenerator(text)) {
            to.writeStartObject();
            to.writeStringField("event_type", "calling.call.tap");
            to.writeStringField("event_channel", "swml:" + (spec.sessionId() == null ? info.callId() : spec.sessionId()));
            to.writeNumberField("timestamp", BigDecimal.valueOf(now.toEpochMilli(), 3));
            to.writeStringField("project_id", identity.projectId());
            to.writeStringField("space_id", identity.projectId());
            to.writeObjectFieldStart("params");
            to.writeStringField("call_id", info.callId());
            to.writeStringField("node_id", identity.nodeId());
            if (spec.tag() != null) {
                to.writeStringField("tag", spec.tag());
            }
            to.writeStringField("control_id", info.controlId());
            to.writeStringField("state", state);
            if (reason != null) {
                to.writeStringField("reason", reason);
            }
            to.writeObjectFieldStart("tap");
            to.writeStringField("type", "audio");
            to.writeObjectFieldStart("params");
            to.writeStringField("direction", info.direction().word());
            to.writeEndObject();
            to.writeEndObject();
            device(to, spec, info);
            to.writeEndObject();
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void device(JsonGenerator to, TapSpec spec, TapInfo info) throws IOException {
        boolean rtp = info.protocol() == TapProtocol.RTP;
        to.writeObjectFieldStart("device");
        to.writeStringField("type", rtp ? "rtp" : info.protocol() == TapProtocol.ROUTE ? "route" : "ws");
        to.writeObjectFieldStart("params");
        if (info.remote() != null) {
            InetAddress address = info.remote().getAddress();
            to.writeStringField("addr", address == null ? info.remote().getHostString() : address.getHostAddress());
            to.writeNumberField("port", info.remote().getPort());
        }
        to.writeStringField("codec", info.codec());
        if (rtp) {
            to.writeNumberField("ptime", info.ptimeMillis());
        } else {
            to.writeStringField("uri", Uris.withoutCredentials(spec.uri()));
        }
        to.writeEndObject();
        to.writeEndObject();
    }
}
