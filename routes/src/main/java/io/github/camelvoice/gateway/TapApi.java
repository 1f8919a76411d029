package io.github.camelvoice.gateway;

import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapJson;
import io.github.camelvoice.voice.VoiceConstants;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the routes of the tap API cannot say in YAML: requests into the headers of {@code voice:tap}, and taps as JSON. Thread-safe. */
public final class TapApi {

    /** In a path it stands for the tap that was started last. */
    static final String LATEST = "latest";
    /** Header between the steps of the route that changes a tap. */
    static final String PAUSED = "paused";
    private static final String DESTINATION = "(?i)(rtp|wss?)://.+";

    private final CallApi calls;

    TapApi(CallApi calls) {
        this.calls = calls;
    }

    /** {@code POST /calls/{id}/taps}: path and body become headers. */
    public void start(Exchange exchange) {
        Message message = exchange.getMessage();
        calls.named(exchange);
        calls.apply(ApiFields.START_TAP, message);
        String uri = message.getHeader(VoiceConstants.TAP_URI, String.class);
        if (uri == null) {
            throw ApiException.badField("uri", "is missing");
        }
        if (!uri.matches(DESTINATION)) {
            throw ApiException.badField("uri", "must begin with rtp://, ws:// or wss://");
        }
        if (LATEST.equals(message.getHeader(VoiceConstants.TAP_CONTROL_ID, String.class))) {
            throw ApiException.badField("controlId", "must not be '" + LATEST + "', which stands for the tap that was started last");
        }
    }

    /** The tap as it was started: 201 and its place. */
    public void started(Exchange exchange) {
        Message message = exchange.getMessage();
        TapInfo tap = message.getHeader(VoiceConstants.TAP_INFO, TapInfo.class);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
        message.setHeader("Location", HttpGuard.API + "calls/" + encoded(tap.callId()) + "/taps/" + encoded(tap.controlId()));
        message.setBody(TapJson.write(tap));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Call and tap that the path names. */
    public void named(Exchange exchange) {
        Message message = exchange.getMessage();
        calls.named(exchange);
        String controlId = message.getHeader("controlId", String.class);
        if (LATEST.equals(controlId)) {
            message.removeHeader(VoiceConstants.TAP_CONTROL_ID);
        } else {
            message.setHeader(VoiceConstants.TAP_CONTROL_ID, controlId);
        }
    }

    /** {@code PATCH}: path and body become headers. */
    public void change(Exchange exchange) {
        Message message = exchange.getMessage();
        named(exchange);
        message.removeHeader(PAUSED);
        calls.apply(ApiFields.CHANGE_TAP, message);
        if (Stream.of(VoiceConstants.TAP_DIRECTION, PAUSED).allMatch(name -> message.getHeader(name) == null)) {
            throw new ApiException(400, "bad-field", "direction or paused must be there");
        }
    }

    /** The tap that was changed or stopped. */
    public void done(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(TapJson.write(message.getHeader(VoiceConstants.TAP_INFO, TapInfo.class)));
    }

    /** The taps of a call, in the order of their start. */
    public void ofCall(Exchange exchange) {
        list(exchange.getMessage(), taps(exchange), Integer.MAX_VALUE);
    }

    /** All taps, newest first, as the query asks. */
    public void all(Exchange exchange) {
        Message message = exchange.getMessage();
        int limit = CallApi.limit(message.getHeader("limit", String.class));
        List<TapInfo> newest = taps(exchange).stream().sorted(Comparator.comparing(TapInfo::startedAt).reversed()).toList();
        list(message, newest, limit);
    }

    @SuppressWarnings("unchecked")
    private static List<TapInfo> taps(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    private static void list(Message message, List<TapInfo> taps, int limit) {
        message.setBody(String.format(Locale.ROOT, "{\"count\":%d,\"taps\":%s}", taps.size(),
                TapJson.write(taps.subList(0, Math.min(limit, taps.size())))));
    }
}
