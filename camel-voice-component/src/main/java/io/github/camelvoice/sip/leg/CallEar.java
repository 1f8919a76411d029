package io.github.camelvoice.sip.leg;

import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignalListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a leg tells its call: one end, and Closed as the last event. On the call's mailbox. */
final class CallEar {

    private static final Logger LOG = LoggerFactory.getLogger(CallEar.class);

    private final Leg leg;
    private final SignalListener listener;
    private boolean endTold;
    private boolean closedTold;

    CallEar(Leg leg, SignalListener listener) {
        this.leg = leg;
        this.listener = listener;
    }

    /** Tells how the leg ends; only the first time. */
    void end(SignalEvent event) {
        if (!endTold) {
            endTold = true;
            tellAnyway(event);
        }
    }

    void tell(SignalEvent event) {
        if (!endTold) {
            tellAnyway(event);
        }
    }

    /** What does not belong to the INVITE usage: told after its end too, but not after the last event. */
    void beside(SignalEvent event) {
        if (!closedTold) {
            tellAnyway(event);
        }
    }

    /** The last event. */
    void closed() {
        endTold = true;
        if (!closedTold) {
            closedTold = true;
            tellAnyway(new SignalEvent.Closed());
        }
    }

    boolean isClosed() {
        return closedTold;
    }

    /** The leg goes its way even if the call cannot take an event. */
    void tellAnyway(SignalEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException failure) {
            LOG.error("[{}] the call failed on {}", leg.sipCallId(), event.getClass().getSimpleName(), failure);
        }
    }
}
