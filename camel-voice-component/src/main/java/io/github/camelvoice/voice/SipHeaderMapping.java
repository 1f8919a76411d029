package io.github.camelvoice.voice;

import io.github.camelvoice.call.SipHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;

/** SIP headers to message headers and back, through a filter both ways. */
final class SipHeaderMapping {

    private SipHeaderMapping() {
    }

    /** Puts {@code CamelVoiceSipHeader.Name} for each header that passes; several of one name make a list. */
    static void read(SipHeaders from, Exchange exchange, HeaderFilterStrategy filter) {
        Message message = exchange.getMessage();
        for (SipHeaders.Field field : from) {
            if (filter.applyFilterToExternalHeaders(field.name(), field.value(), exchange)) {
                continue;
            }
            String name = VoiceConstants.SIP_HEADER + field.name();
            Object earlier = message.getHeader(name);
            if (earlier == null) {
                message.setHeader(name, field.value());
            } else {
                message.setHeader(name, with(earlier, field.value()));
            }
        }
    }

    private static List<String> with(Object earlier, String value) {
        List<String> all = new ArrayList<>();
        if (earlier instanceof List<?> list) {
            list.forEach(each -> all.add((String) each));
        } else {
            all.add((String) earlier);
        }
        all.add(value);
        return all;
    }

    /** Removes what {@link #read} of an earlier message left. */
    static void forget(Exchange exchange) {
        exchange.getMessage().removeHeaders(VoiceConstants.SIP_HEADER + "*");
    }

    /** @throws VoiceRequestException for a value with a line break */
    static SipHeaders write(Exchange exchange, HeaderFilterStrategy filter) throws VoiceRequestException {
        if (!exchange.getMessage().hasHeaders()) {
            return SipHeaders.none();
        }
        List<SipHeaders.Field> fields = new ArrayList<>();
        String prefix = VoiceConstants.SET_SIP_HEADER;
        for (Map.Entry<String, Object> header : exchange.getMessage().getHeaders().entrySet()) {
            String key = header.getKey();
            if (!key.regionMatches(true, 0, prefix, 0, prefix.length()) || header.getValue() == null) {
                continue;
            }
            if (key.length() == prefix.length()) {
                throw new VoiceRequestException("header " + key + " names no SIP header");
            }
            String name = key.substring(prefix.length());
            if (filter.applyFilterToCamelHeaders(name, header.getValue(), exchange)) {
                continue;
            }
            Collection<?> values = header.getValue() instanceof Collection<?> several ? several : List.of(header.getValue());
            for (Object value : values) {
                fields.add(new SipHeaders.Field(name, clean(key, text(exchange, value))));
            }
        }
        return SipHeaders.of(fields);
    }

    /** The headers that a map names, of texts and lists of texts; null for none. */
    static SipHeaders of(Object named) throws VoiceRequestException {
        if (named == null) {
            return SipHeaders.none();
        }
        if (!(named instanceof Map<?, ?> map)) {
            throw new VoiceRequestException("headers of a target must be a map");
        }
        List<SipHeaders.Field> fields = new ArrayList<>();
        for (Map.Entry<?, ?> header : map.entrySet()) {
            Collection<?> values = header.getValue() instanceof Collection<?> several ? several : List.of(String.valueOf(header.getValue()));
            for (Object value : values) {
                String name = String.valueOf(header.getKey());
                fields.add(new SipHeaders.Field(clean(name, name), clean(name, String.valueOf(value))));
            }
        }
        return SipHeaders.of(fields);
    }

    private static String text(Exchange exchange, Object value) {
        return exchange.getContext().getTypeConverter().convertTo(String.class, exchange, value);
    }

    private static String clean(String key, String value) throws VoiceRequestException {
        if (value == null || value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new VoiceRequestException("header " + key + " must be text without line breaks");
        }
        return value;
    }
}
