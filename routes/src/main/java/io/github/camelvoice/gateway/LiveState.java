package io.github.camelvoice.gateway;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.trace.CallRecord;
import java.util.function.Supplier;

/** Brings the record of a call that lives up to date: a record is written when a call begins and when it ends, not in between. Thread-safe. */
final class LiveState {

    private final Supplier<Calls> calls;

    LiveState(Supplier<Calls> calls) {
        this.calls = calls;
    }

    /** The same record where the call is over, or is not one of this process. */
    CallRecord now(CallRecord call) {
        if (call.isOver()) {
            return call;
        }
        CallSnapshot now;
        try {
            now = calls.get().find(call.callId()).snapshot();
        } catch (CallException gone) {
            return call;
        }
        return new CallRecord(call.callId(), call.sipCallId(), call.project(), call.direction(), call.from(), call.to(), call.target(),
                now.transport().isEmpty() ? call.transport() : now.transport(), call.remoteAddress(), call.authenticatedUser(), now.peerCallId(),
                call.parentCallId(), call.createdAt(), now.ringingAt(), now.answeredAt(), null,
                now.media() == null ? call.codec() : now.media().codec(), null,
                call.received(), call.sent());
    }
}
