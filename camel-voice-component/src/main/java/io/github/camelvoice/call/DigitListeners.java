package io.github.camelvoice.call;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of the keys of a call, in the order of their coming. Thread-safe; {@link #tell} is for the call's mailbox. */
final class DigitListeners {

    private static final Logger LOG = LoggerFactory.getLogger(DigitListeners.class);

    private final String callId;
    private final List<DigitListener> listeners = new CopyOnWriteArrayList<>();

    DigitListeners(String callId) {
        this.callId = callId;
    }

    Calls.Registration add(DigitListener listener) {
        // an object of its own each time, so that one listener may be added twice and leave once
        DigitListener own = listener::digit;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    void tell(char digit, int durationMillis, CallCommand.DtmfMethod method) {
        for (DigitListener each : listeners) {
            try {
                each.digit(digit, durationMillis, method);
            } catch (RuntimeException bug) {
                LOG.error("[{}] a listener failed on a digit", callId, bug);
            }
        }
    }

    void clear() {
        listeners.clear();
    }
}
