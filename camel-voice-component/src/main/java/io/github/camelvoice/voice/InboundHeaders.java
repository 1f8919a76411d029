package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Party;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;

/** The headers of the exchange that an inbound call becomes. */
final class InboundHeaders {

    private InboundHeaders() {
    }

    static void set(Exchange exchange, Call call, Calls.IncomingCall incoming, HeaderFilterStrategy filter) {
        KnownCalls.add(exchange, call.id());
        SipHeaderMapping.read(incoming.headers(), exchange, filter);
        Message message = exchange.getMessage();
        CallSnapshot now = call.snapshot();
        message.setHeader(VoiceConstants.CALL_ID, call.id());
        message.setHeader(VoiceConstants.CALL_STATE, now.state().name());
        message.setHeader(VoiceConstants.DIRECTION, CallDirection.INBOUND.name());
        message.setHeader(VoiceConstants.SIP_CALL_ID, now.sipCallId());
        Party from = incoming.from();
        message.setHeader(VoiceConstants.FROM_URI, from.uri());
        message.setHeader(VoiceConstants.FROM_USER, from.user());
        if (!from.displayName().isEmpty()) {
            message.setHeader(VoiceConstants.FROM_NAME, from.displayName());
        }
        message.setHeader(VoiceConstants.TO_URI, incoming.to().uri());
        message.setHeader(VoiceConstants.TO_USER, incoming.to().user());
        message.setHeader(VoiceConstants.CALLED_URI, incoming.called().uri());
        message.setHeader(VoiceConstants.CALLED_USER, incoming.called().user());
        message.setHeader(VoiceConstants.TRANSPORT, incoming.transport());
        message.setHeader(VoiceConstants.REMOTE_ADDRESS, now.remoteAddress());
        if (!incoming.authenticatedUser().isEmpty()) {
            message.setHeader(VoiceConstants.AUTHENTICATED_USER, incoming.authenticatedUser());
        }
    }
}
