package io.github.camelvoice.voice;

import io.github.camelvoice.callback.Form;
import io.github.camelvoice.callback.Signature;
import io.github.camelvoice.outbound.HttpAnswer;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.HttpFailure;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * A step of a route from voice:callbacks: posts the callback to its URL with the one HTTP client of the engine, which checks where it goes,
 * redirects included. The receiver has taken it when it answers 2xx. An answer 410, a URL or a redirect that the policy for outbound connections
 * refuses, and more than three redirects give the callback up; all else is tried again. Thread-safe; waits for the answer.
 */
public final class VoiceCallbackPost implements Processor {

    /** The header by which the receiver knows what it has had already. */
    static final String KEY_HEADER = "Idempotency-Key";
    private static final String ATTEMPT_HEADER = "X-Callback-Attempt";
    private static final int GONE = 410;

    /** @throws VoiceCallbackRefusedException if it will never be taken */
    @Override
    public void process(Exchange exchange) throws Exception {
        if (!(exchange.getFromEndpoint() instanceof VoiceEndpoint endpoint) || endpoint.kind() != VoiceResource.CALLBACKS) {
            throw new IllegalStateException("this is a step of routes from voice:callbacks");
        }
        Message message = exchange.getMessage();
        String url = message.getHeader(VoiceConstants.CALLBACK_URL, String.class);
        if (url == null) {
            throw new VoiceCallbackRefusedException("the callback has no URL, but the target "
                    + message.getHeader(VoiceConstants.CALLBACK_TARGET, String.class));
        }
        post(endpoint, call(endpoint, url, message));
    }

    private static HttpCall call(VoiceEndpoint endpoint, String url, Message message) {
        VoiceConfiguration options = endpoint.getConfiguration();
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        byte[] content = message.getBody(byte[].class);
        boolean get = "GET".equals(message.getHeader(VoiceConstants.CALLBACK_METHOD, String.class));
        HttpCall call = (get ? HttpCall.get(url).withQuery(new String(content, StandardCharsets.US_ASCII)).discarding(HttpCall.RECEIPT_LIMIT)
                : HttpCall.notify(url, type, content)).withTimes(times(options)).withCredentials(true)
                .withHeader(KEY_HEADER, message.getHeader(VoiceConstants.CALLBACK_ID, String.class))
                .withHeader(ATTEMPT_HEADER, message.getHeader(VoiceConstants.CALLBACK_ATTEMPT, String.class));
        String key = Arguments.blankToNull(options.getSecretKey());
        if (key == null || message.getHeader(VoiceConstants.CALLBACK_SIGNATURE) == null) {
            return call;
        }
        return call.withSigner(Form.MEDIA_TYPE.equals(type) ? (method, where, body) -> Signature.formHeaders(key, where, body)
                : (method, where, body) -> Map.of(Signature.HEADER, Signature.json(key, where, body)));
    }

    /** @throws IllegalArgumentException naming the time that is out of range */
    static HttpCall.Times times(VoiceConfiguration options) {
        Duration connect = Duration.ofMillis(options.getConnectTimeout());
        Duration read = Duration.ofMillis(options.getReadTimeout());
        return new HttpCall.Times(connect, read, connect.plus(read).multipliedBy(2));
    }

    private static void post(VoiceEndpoint endpoint, HttpCall call) throws Exception {
        HttpAnswer answer;
        try {
            answer = endpoint.engine().http().call(call).toCompletableFuture().get();
        } catch (ExecutionException wrapped) {
            Throwable failure = wrapped.getCause();
            if (failure instanceof HttpFailure http && !http.isRetryable()) {
                throw new VoiceCallbackRefusedException(http.getMessage(), http);
            }
            throw new VoiceCallbackFailedException(failure.getMessage(), null, failure);
        }
        if (answer.isSuccess()) {
            return;
        }
        String said = "the receiver answered " + answer.status();
        if (answer.status() == GONE) {
            throw new VoiceCallbackRefusedException(said);
        }
        throw new VoiceCallbackFailedException(said, retryAfter(answer.header("Retry-After"), Instant.now()), null);
    }

    /** RFC 9110, section 10.2.3: seconds, or a date. @return null for none, and for what is neither */
    static Duration retryAfter(String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration left = Duration.between(now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return left.isNegative() ? null : left;
        } catch (DateTimeException neither) {
            return null;
        }
    }
}
