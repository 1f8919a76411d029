package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Statuses and accounts as body and headers. Headers that have no value now are removed: none is left of an earlier status. */
final class SessionExchanges {

    private SessionExchanges() {
    }

    static void fill(Message message, SessionStatus status) {
        message.setBody(status);
        headers(message, status);
    }

    static void fill(Message message, SessionInfo info) {
        message.setBody(info);
        headers(message, info.status());
        set(message, VoiceConstants.CALL_ID, info.callId());
    }

    private static void headers(Message message, SessionStatus status) {
        message.setHeader(VoiceConstants.SESSION_ACCOUNT, status.account());
        message.setHeader(VoiceConstants.SESSION_STATUS, status.type().name());
        message.setHeader(VoiceConstants.SESSION_STATUS_NUMBER, status.type().number());
        message.setHeader(VoiceConstants.SESSION_SEQUENCE, status.sequence());
        set(message, VoiceConstants.CALL_ID, status.callId());
        set(message, VoiceConstants.SESSION_CALLEE, status.callee());
        set(message, VoiceConstants.SESSION_TRANSFER_TARGET, status.transferTarget());
        set(message, VoiceConstants.SESSION_DESCRIPTION, status.description());
        set(message, VoiceConstants.SESSION_EXCEPTION, status.exceptionName());
        Results.set(message, Exchange.MESSAGE_TIMESTAMP, status.time() == null ? null : status.time().toEpochMilli());
    }

    private static void set(Message message, String name, String value) {
        Results.set(message, name, Arguments.blankToNull(value));
    }
}
