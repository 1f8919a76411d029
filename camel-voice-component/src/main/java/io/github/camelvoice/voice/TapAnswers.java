package io.github.camelvoice.voice;

import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapInfo;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What became of a tap, as headers. Some have the name of an option: those that we wrote ourselves are no orders for the next tap of the same
 * route, so the exchange keeps in mind which they are.
 */
final class TapAnswers {

    private static final String PROPERTY = "CamelVoiceTapAnswers";

    private TapAnswers() {
    }

    /** The values that we wrote, by header. */
    static Map<?, ?> written(Exchange exchange) {
        return exchange.getProperty(PROPERTY) instanceof Map<?, ?> written ? written : Map.of();
    }

    /** Sets headers whose names are those of options as well. */
    static void write(Exchange exchange, Map<String, Object> answers) {
        answers.forEach((name, value) -> Results.set(exchange.getMessage(), name, value));
        exchange.setProperty(PROPERTY, answers);
    }

    /** Fresh objects: a text that a route sets itself is never the same as one of ours. */
    static Map<String, Object> form(String controlId, String codec, int rate) {
        Map<String, Object> answers = new HashMap<>();
        answers.put(VoiceConstants.TAP_CONTROL_ID, fresh(controlId));
        answers.put(VoiceConstants.TAP_CODEC, fresh(codec));
        answers.put(VoiceConstants.TAP_RATE, Integer.valueOf(rate));
        return answers;
    }

    static String fresh(String text) {
        return text == null ? null : new String(text.toCharArray());
    }

    static void started(Exchange exchange, TapInfo tap) {
        Message message = exchange.getMessage();
        Map<String, Object> answers = form(tap.controlId(), tap.codec(), tap.rate());
        answers.put(VoiceConstants.TAP_URI, fresh(tap.uri()));
        write(exchange, answers);
        message.setHeader(VoiceConstants.TAP_RESULT, result(tap.success()));
        message.setHeader(VoiceConstants.TAP_PTIME, tap.ptimeMillis());
        Results.set(message, VoiceConstants.TAP_RTP_SRC_ADDR, tap.rtpSource() == null ? null : tap.rtpSource().getHostString());
        Results.set(message, VoiceConstants.TAP_RTP_SRC_PORT, tap.rtpSource() == null ? null : tap.rtpSource().getPort());
        about(message, tap);
    }

    static void stopped(Message message, TapInfo tap) {
        message.setHeader(VoiceConstants.STOP_TAP_RESULT, result(true));
        about(message, tap);
    }

    static void notStopped(Message message, String reason) {
        message.setHeader(VoiceConstants.STOP_TAP_RESULT, result(false));
        message.setHeader(VoiceConstants.TAP_REASON, reason);
        message.removeHeader(VoiceConstants.TAP_INFO);
    }

    static void about(Message message, TapInfo tap) {
        Results.set(message, VoiceConstants.TAP_REASON, tap.reason());
        message.setHeader(VoiceConstants.TAP_INFO, tap);
    }

    private static String result(boolean success) {
        return success ? "success" : "failed";
    }

    static VoiceException translate(String callId, TapException failure) {
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case BAD_REQUEST -> new VoiceRequestException(callId, message, failure);
            case FORBIDDEN -> new VoiceForbiddenException(callId, message, failure);
            case NO_SUCH_TAP -> new VoiceTapNotFoundException(callId, message, failure);
            case CONFLICT -> new VoiceCallStateException(callId, message, failure);
            case BUSY -> new VoiceUnavailableException(callId, message, failure);
        };
    }
}
