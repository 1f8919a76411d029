package io.github.camelvoice.call;

import static io.github.camelvoice.call.CallAction.CONFIRM_BYE;
import static io.github.camelvoice.call.CallAction.CONFIRM_BYE_AND_REJECT;
import static io.github.camelvoice.call.CallAction.DROP_LEG;
import static io.github.camelvoice.call.CallAction.NONE;
import static io.github.camelvoice.call.CallAction.SEND_BYE;
import static io.github.camelvoice.call.CallAction.SEND_CANCEL;
import static io.github.camelvoice.call.CallAction.SEND_REJECTION;
import static io.github.camelvoice.call.CallAction.SEND_UNAVAILABLE;
import static io.github.camelvoice.call.CallState.ACCEPTED;
import static io.github.camelvoice.call.CallState.ACTIVE;
import static io.github.camelvoice.call.CallState.ALERTING;
import static io.github.camelvoice.call.CallState.CALLING;
import static io.github.camelvoice.call.CallState.CANCELLING;
import static io.github.camelvoice.call.CallState.ENDED;
import static io.github.camelvoice.call.CallState.ENDING;
import static io.github.camelvoice.call.CallState.OFFERED;
import static io.github.camelvoice.call.CallState.RINGING;

import java.util.EnumMap;
import java.util.Map;

/**
 * The state machine of a call leg as a table: state and trigger to next state and action. Pure; a pair that is not in the table
 * changes nothing, because the trigger came too late.
 */
final class CallMachine {

    /** Where a trigger leads. */
    record Transition(CallState next, CallAction action) {
    }

    private static final Map<CallState, Map<CallTrigger, Transition>> TABLE = table();

    private CallMachine() {
    }

    /** The transition, or null if the trigger means nothing in this state. */
    static Transition on(CallState state, CallTrigger trigger) {
        return TABLE.get(state).get(trigger);
    }

    private static Map<CallState, Map<CallTrigger, Transition>> table() {
        Map<CallState, Map<CallTrigger, Transition>> table = new EnumMap<>(CallState.class);
        for (CallState state : CallState.values()) {
            table.put(state, new EnumMap<>(CallTrigger.class));
        }
        for (CallState undecided : new CallState[] {OFFERED, RINGING}) {
            row(table, undecided, CallTrigger.RING, RINGING, NONE);
            row(table, undecided, CallTrigger.ANSWER, ACCEPTED, NONE);
            row(table, undecided, CallTrigger.REJECT, ENDING, SEND_REJECTION);
            row(table, undecided, CallTrigger.HANGUP, ENDING, SEND_UNAVAILABLE);
            row(table, undecided, CallTrigger.RING_TIMEOUT, ENDING, SEND_UNAVAILABLE);
            row(table, undecided, CallTrigger.CANCELLED, ENDING, NONE);
            row(table, undecided, CallTrigger.BYE, ENDING, CONFIRM_BYE_AND_REJECT);
            row(table, undecided, CallTrigger.LOST, ENDING, NONE);
        }
        for (CallState waiting : new CallState[] {CALLING, ALERTING}) {
            row(table, waiting, CallTrigger.PROVISIONAL, ALERTING, NONE);
            row(table, waiting, CallTrigger.ACCEPTED, ACTIVE, NONE);
            row(table, waiting, CallTrigger.REJECTED, ENDING, NONE);
            row(table, waiting, CallTrigger.HANGUP, CANCELLING, SEND_CANCEL);
            row(table, waiting, CallTrigger.RING_TIMEOUT, CANCELLING, SEND_CANCEL);
            row(table, waiting, CallTrigger.LOST, ENDING, NONE);
            row(table, waiting, CallTrigger.BYE, ENDING, CONFIRM_BYE);
        }
        row(table, CANCELLING, CallTrigger.REJECTED, ENDING, NONE);
        row(table, CANCELLING, CallTrigger.ACCEPTED, ENDING, SEND_BYE);
        row(table, CANCELLING, CallTrigger.LOST, ENDING, NONE);
        row(table, CANCELLING, CallTrigger.BYE, ENDING, CONFIRM_BYE);
        for (CallState answered : new CallState[] {ACCEPTED, ACTIVE}) {
            row(table, answered, CallTrigger.ACKED, ACTIVE, NONE);
            row(table, answered, CallTrigger.HANGUP, ENDING, SEND_BYE);
            row(table, answered, CallTrigger.LIMIT, ENDING, SEND_BYE);
            row(table, answered, CallTrigger.BYE, ENDING, CONFIRM_BYE);
            row(table, answered, CallTrigger.LOST, ENDING, NONE);
        }
        row(table, ENDING, CallTrigger.BYE, ENDING, CONFIRM_BYE);
        for (CallState alive : CallState.values()) {
            if (alive != ENDED) {
                row(table, alive, CallTrigger.DROP, ENDING, DROP_LEG);
                row(table, alive, CallTrigger.CLOSED, ENDED, NONE);
            }
        }
        return table;
    }

    private static void row(Map<CallState, Map<CallTrigger, Transition>> table, CallState state, CallTrigger trigger,
                            CallState next, CallAction action) {
        table.get(state).put(trigger, new Transition(next, action));
    }
}
