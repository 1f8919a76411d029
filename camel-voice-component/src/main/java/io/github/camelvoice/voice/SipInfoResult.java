package io.github.camelvoice.voice;

import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.form.EndReason;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The record of a call as body and headers. */
final class SipInfoResult {

    /** Exchange property that says that secrets were asked for: the converters leave them in as well. */
    static final String RAW = "CamelVoiceRawSipInfo";

    private SipInfoResult() {
    }

    /** Whether secrets of the record in this exchange were asked for. */
    static boolean isRaw(Exchange exchange) {
        return exchange != null && exchange.getProperty(RAW) == Boolean.TRUE;
    }

    static void set(Exchange exchange, SipInfo info, SipInfoFormat format, boolean raw) {
        Message message = exchange.getMessage();
        message.setBody(format.of(info, raw));
        if (raw) {
            exchange.setProperty(RAW, Boolean.TRUE);
        } else {
            exchange.removeProperty(RAW);
        }
        put(message, Exchange.CONTENT_TYPE, format.contentType());
        headers(message, info.call());
        message.setHeader(VoiceConstants.END_REASON, EndReason.of(info));
    }

    private static void headers(Message message, CallRecord call) {
        message.setHeader(VoiceConstants.CALL_ID, call.callId());
        put(message, VoiceConstants.SIP_CALL_ID, call.sipCallId());
        put(message, VoiceConstants.DIRECTION, call.direction() == null ? null : call.direction().name());
        put(message, VoiceConstants.FROM_URI, call.from());
        put(message, VoiceConstants.TO_URI, call.to());
        put(message, VoiceConstants.CALLED_URI, call.target());
        put(message, VoiceConstants.TRANSPORT, call.transport());
        put(message, VoiceConstants.REMOTE_ADDRESS, call.remoteAddress());
        put(message, VoiceConstants.AUTHENTICATED_USER, call.authenticatedUser());
        put(message, VoiceConstants.BRIDGED_CALL_ID, call.peerCallId());
        put(message, VoiceConstants.CODEC, call.codec());
        Results.times(message, call.createdAt(), call.answeredAt(), call.endedAt());
        Results.end(message, call.cause());
        Instant time = call.isOver() ? call.endedAt() : call.createdAt();
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, time.toEpochMilli());
    }

    private static void put(Message message, String name, String value) {
        Results.set(message, name, value == null || value.isEmpty() ? null : value);
    }
}
