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
        // The snapshot has most of it at hand; what the invite says is read from the SIP message each time.
        CallSnapshot now = call.snapshot();
        Party called = incoming.called();
        KnownCalls.add(exchange, call.id());
        SipHeaderMapping.read(now.responseHeaders(), exchange, filter);
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, call.id());
        message.setHeader(VoiceConstants.CALL_STATE, now.state().name());
        message.setHeader(VoiceConstants.DIRECTION, CallDirection.INBOUND.name());
        message.setHeader(VoiceConstants.SIP_CALL_ID, now.sipCallId());
        Party from = now.from();
        message.setHeader(VoiceConstants.FROM_URI, from.uri());
        message.setHeader(VoiceConstants.FROM_USER, from.user());
        if (!from.displayName().isEmpty()) {
            message.setHeader(VoiceConstants.FROM_NAME, from.displayName());
        }
        message.setHeader(VoiceConstants.TO_URI, now.to().uri());
        message.setHeader(VoiceConstants.TO_USER, now.to().user());
        message.setHeader(VoiceConstants.CALLED_URI, called.uri());
        message.setHeader(VoiceConstants.CALLED_USER, called.user());
        Results.set(message, VoiceConstants.CALLED_ACCOUNT, Arguments.blankToNull(incoming.account()));
        message.setHeader(VoiceConstants.TRANSPORT, now.transport());
        message.setHeader(VoiceConstants.REMOTE_ADDRESS, now.remoteAddress());
        if (!now.authenticatedUser().isEmpty()) {
            message.setHeader(VoiceConstants.AUTHENTICATED_USER, now.authenticatedUser());
        }
    }
}
