package io.github.camelvoice.voice;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallStore.NumberedCall;
import io.github.camelvoice.trace.SipMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says when the record of an ended call is complete enough: nothing was said for some time. The wall clock only ever shortens a wait: who sets it
 * back makes a call wait for five times the settle time, not longer. For one thread.
 */
final class Settling {

    private static final int PATIENCE = 5;

    private final EngineClock clock;
    private final long settleNanos;
    private final Map<Long, Long> since = new HashMap<>();
    private long nanos;
    private Instant now;

    Settling(EngineClock clock, Duration settleTime) {
        this.clock = clock;
        this.settleNanos = settleTime.toNanos();
    }

    /** It is now: to be called before the store is read, since what is said later may be missing in what was read. */
    void look() {
        nanos = clock.nanos();
        now = clock.now();
    }

    /** How many of the calls, from the first on, could be handed out at that moment. */
    int settled(List<NumberedCall> pending) {
        pending.forEach(call -> since.putIfAbsent(call.number(), nanos));
        int count = 0;
        while (count < pending.size() && remaining(pending.get(count)) <= 0) {
            count++;
        }
        return count;
    }

    /** Nothing up to this number will be asked about again. */
    void forget(long upTo) {
        since.keySet().removeIf(number -> number <= upTo);
    }

    /** Nanoseconds from that moment until this call can be handed out; 0 or less if it could. */
    long remaining(NumberedCall call) {
        Instant last = call.info().call().endedAt();
        List<SipMessage> messages = call.info().messages();
        if (!messages.isEmpty() && messages.get(messages.size() - 1).time().isAfter(last)) {
            last = messages.get(messages.size() - 1).time();
        }
        long quiet = Math.min(settleNanos, settleNanos - Duration.between(last, now).toNanos());
        long patience = since.getOrDefault(call.number(), nanos) + PATIENCE * settleNanos - nanos;
        return Math.min(quiet, patience);
    }
}
