package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.tap.TapSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes exchanges of one tap's audio. What is the same in all of them is put together once. */
final class TapExchanges {

    private final String callId;
    private final Map<String, Object> common = new LinkedHashMap<>();
    private final Map<String, Object> answers;

    TapExchanges(CallSnapshot call, TapSpec spec) {
        callId = call.callId();
        answers = new HashMap<>(TapAnswers.form(spec.controlId(), spec.codec(), spec.rate()));
        answers.put(VoiceConstants.TAP_CHANNELS, spec.channels());
        common.putAll(answers);
        common.put(VoiceConstants.CALL_ID, callId);
        common.put(VoiceConstants.DIRECTION, call.direction().name());
        common.put(VoiceConstants.SIP_CALL_ID, call.sipCallId());
        common.put(VoiceConstants.FROM_URI, call.from().uri());
        common.put(VoiceConstants.FROM_USER, call.from().user());
        if (!call.from().displayName().isEmpty()) {
            common.put(VoiceConstants.FROM_NAME, call.from().displayName());
        }
        common.put(VoiceConstants.TO_URI, call.to().uri());
        common.put(VoiceConstants.TO_USER, call.to().user());
        common.put(VoiceConstants.CALLED_URI, call.calledUri());
        common.put(VoiceConstants.CALLED_USER, PartyFilter.user(call.calledUri()));
        common.values().removeIf(java.util.Objects::isNull);
    }

    String callId() {
        return callId;
    }

    void fill(Exchange exchange, TapFeed.Batch batch) {
        KnownCalls.add(exchange, callId);
        Message message = exchange.getMessage();
        message.setBody(batch.audio());
        common.forEach(message::setHeader);
        TapAnswers.write(exchange, answers);
        message.setHeader(VoiceConstants.TAP_TRACK, batch.track());
        message.setHeader(VoiceConstants.TAP_SEQUENCE, batch.sequence());
        message.setHeader(VoiceConstants.TAP_TIMESTAMP, batch.offsetMillis());
        message.setHeader(VoiceConstants.TAP_DURATION, (long) batch.millis());
        if (batch.gapMillis() > 0) {
            message.setHeader(VoiceConstants.TAP_GAP, batch.gapMillis());
        }
        if (batch.end() != null) {
            message.setHeader(VoiceConstants.TAP_LAST, true);
            message.setHeader(VoiceConstants.TAP_REASON, batch.end().reason());
        }
    }
}
