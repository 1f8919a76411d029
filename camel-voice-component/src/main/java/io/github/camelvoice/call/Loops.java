package io.github.camelvoice.call;

import io.github.camelvoice.call.CallException.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls that we place for calls that we placed: a document that dials the number that has it would go on until nothing is left. A call of ours
 * that comes back is known by its Call-ID, and what passes others on the way by Max-Forwards (RFC 3261, section 8.1.1.6). Thread-safe.
 */
final class Loops {

    /** So often a call may come back to us and be sent on. */
    static final int MOST_RETURNS = 2;
    private static final int MOST_STEPS = 100;
    private static final int FORWARDS = 70;

    private final Map<String, LiveCall> calls;
    private final Map<String, LiveCall> placed = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    /** @param calls the live ones, by id */
    Loops(Map<String, LiveCall> calls) {
        this.calls = calls;
    }

    void placed(LiveCall call) {
        placed.put(call.facts().sipCallId(), call);
    }

    void gone(LiveCall call) {
        placed.remove(call.facts().sipCallId(), call);
    }

    /** Calls that were not placed. */
    long refused() {
        return refused.sum();
    }

    /**
     * Max-Forwards of a call that is placed for another.
     *
     * @param parentCallId null for none
     * @throws CallException FORBIDDEN if it goes round in circles
     */
    int forwards(String parentCallId) throws CallException {
        int forwards = FORWARDS;
        int returns = 0;
        String id = parentCallId;
        for (int step = 0; id != null && step < MOST_STEPS; step++) {
            LiveCall call = calls.get(id);
            if (call == null) {
                break;
            }
            CallFacts facts = call.facts();
            if (facts.direction() == CallDirection.OUTBOUND) {
                id = facts.parentCallId();
                continue;
            }
            forwards = Math.min(forwards, came(facts) - 1);
            LiveCall ours = placed.get(facts.sipCallId());
            if (ours == null) {
                break;
            }
            returns++;
            id = ours.facts().parentCallId();
        }
        if (returns > MOST_RETURNS || forwards < 1) {
            refused.increment();
            throw new CallException(Kind.FORBIDDEN, parentCallId, returns > MOST_RETURNS ? "the call goes round in circles: it came back to us "
                    + returns + " times" : "the call has been sent on too often: it came with Max-Forwards " + (forwards + 1));
        }
        return forwards;
    }

    /** Max-Forwards of an inbound call. */
    private static int came(CallFacts facts) {
        String value = facts.headers().first("Max-Forwards").orElse("").trim();
        return value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : FORWARDS;
    }
}
