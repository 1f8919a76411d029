package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Calls;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Exchange;

/** The calls that an exchange has to do with, by id: that one of them is over by now is no error of the route. */
final class KnownCalls {

    private static final String PROPERTY = "CamelVoiceKnownCalls";

    private KnownCalls() {
    }

    static void add(Exchange exchange, String callId) {
        Set<?> known = exchange.getProperty(PROPERTY, Set.class);
        if (known == null) {
            exchange.setProperty(PROPERTY, Set.of(callId));
        } else {
            Set<Object> more = new HashSet<>(known);
            more.add(callId);
            exchange.setProperty(PROPERTY, more);
        }
    }

    /** @throws VoiceCallEndedException if the exchange has to do with the call, which is over */
    static Call find(Calls calls, Exchange exchange, String callId) throws CallException, VoiceCallEndedException {
        try {
            return calls.find(callId);
        } catch (CallException gone) {
            if (has(exchange, callId)) {
                exchange.getMessage().setHeader(VoiceConstants.CALL_STATE, CallState.ENDED.name());
                throw new VoiceCallEndedException(callId, gone);
            }
            throw gone;
        }
    }

    static boolean has(Exchange exchange, String callId) {
        return exchange.getProperty(PROPERTY) instanceof Set<?> known && known.contains(callId);
    }
}
