package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.VoiceJson;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.SipInfoJson;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;

/** Events, snapshots and records of calls as JSON in UTF-8. */
@Converter(generateLoader = true)
public final class VoiceConverters {

    private VoiceConverters() {
    }

    @Converter
    public static String toString(VoiceEvent event) {
        return VoiceJson.write(event);
    }

    @Converter
    public static byte[] toBytes(VoiceEvent event) {
        return bytes(VoiceJson.write(event));
    }

    @Converter
    public static InputStream toInputStream(VoiceEvent event) {
        return new ByteArrayInputStream(toBytes(event));
    }

    @Converter
    public static String toString(CallSnapshot call) {
        return VoiceJson.write(call);
    }

    @Converter
    public static byte[] toBytes(CallSnapshot call) {
        return bytes(VoiceJson.write(call));
    }

    @Converter
    public static InputStream toInputStream(CallSnapshot call) {
        return new ByteArrayInputStream(toBytes(call));
    }

    @Converter
    public static String toString(CallSnapshots calls) {
        return VoiceJson.write(calls);
    }

    @Converter
    public static byte[] toBytes(CallSnapshots calls) {
        return bytes(VoiceJson.write(calls));
    }

    @Converter
    public static InputStream toInputStream(CallSnapshots calls) {
        return new ByteArrayInputStream(toBytes(calls));
    }

    /** Secrets are masked, unless the record comes from an endpoint with {@code raw=true}. */
    @Converter
    public static String toString(SipInfo info, Exchange exchange) {
        return new String(toBytes(info, exchange), StandardCharsets.UTF_8);
    }

    @Converter
    public static byte[] toBytes(SipInfo info, Exchange exchange) {
        return SipInfoJson.write(info, SipInfoResult.isRaw(exchange));
    }

    @Converter
    public static InputStream toInputStream(SipInfo info, Exchange exchange) {
        return new ByteArrayInputStream(toBytes(info, exchange));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
