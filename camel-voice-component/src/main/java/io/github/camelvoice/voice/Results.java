package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.EndCause;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Message;

/** What is known about a call or an operation, as headers. Those that have no value now are removed: none is left of an earlier call. */
final class Results {

    private static final double NANOS = 1e9;

    private Results() {
    }

    static void call(Message message, CallSnapshot call) {
        message.setHeader(VoiceConstants.CALL_STATE, call.state().name());
        message.setHeader(VoiceConstants.DIRECTION, call.direction().name());
        set(message, VoiceConstants.SIP_CALL_ID, call.sipCallId());
        set(message, VoiceConstants.CODEC, call.media() == null ? null : call.media().codec());
        set(message, VoiceConstants.SRTP_SUITE, call.media() == null ? null : call.media().srtp());
        times(message, call.createdAt(), call.answeredAt(), call.endedAt());
        end(message, call.cause());
    }

    static void times(Message message, Instant createdAt, Instant answeredAt, Instant endedAt) {
        set(message, VoiceConstants.SETUP_TIME, between(createdAt, answeredAt));
        set(message, VoiceConstants.DURATION, between(answeredAt, endedAt));
    }

    static void end(Message message, EndCause cause) {
        set(message, VoiceConstants.SIP_CODE, cause == null || cause.sipCode() == 0 ? null : cause.sipCode());
        set(message, VoiceConstants.SIP_PHRASE, cause == null ? null : cause.phrase());
        set(message, VoiceConstants.SIP_REASON, cause == null || cause.reason().isEmpty() ? null : cause.reason());
        set(message, VoiceConstants.ENDED_BY, cause == null ? null : cause.endedBy().name());
        set(message, VoiceConstants.CAUSE, cause == null ? null : cause.kind().tag());
        set(message, VoiceConstants.RETRYABLE, cause == null ? null : cause.retryable());
    }

    static void operation(Message message, CommandResult result) {
        call(message, result.call());
        set(message, VoiceConstants.OPERATION_ID, result.operationId());
        set(message, VoiceConstants.OUTCOME, result.outcome());
        set(message, VoiceConstants.LENGTH, result.length() == null ? null : seconds(result.length()));
        if (result.file() != null) {
            message.setHeader(VoiceConstants.RECORDING, result.file().toString());
        }
    }

    private static Double between(Instant start, Instant end) {
        return start == null || end == null ? null : seconds(Duration.between(start, end));
    }

    private static Double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    static void set(Message message, String name, Object value) {
        if (value == null) {
            message.removeHeader(name);
        } else {
            message.setHeader(name, value);
        }
    }
}
