package io.github.camelvoice.gateway;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.document.StatusOrder;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.voice.VoiceConstants;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Has an application told of the inbound calls that it is given. Thread-safe. */
public final class InboundStatus {

    private final Supplier<VoiceEngine> engine;
    private final StatusOrder order;

    /** @param order null for nobody to tell */
    InboundStatus(Supplier<VoiceEngine> engine, StatusOrder order) {
        this.engine = engine;
        this.order = order;
    }

    /** From the beginning of the exchange's call on. */
    public void attach(Exchange exchange) throws CallException {
        if (order != null) {
            VoiceEngine voice = engine.get();
            voice.statusCallbacks().attach(voice.calls().find(exchange.getMessage().getHeader(VoiceConstants.CALL_ID, String.class)), order);
        }
    }
}
