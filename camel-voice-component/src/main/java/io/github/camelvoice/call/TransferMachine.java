package io.github.camelvoice.call;

import java.util.EnumMap;
import java.util.Map;

/**
 * The state machine of a transfer by REFER, as a table. All words that protocols have for a transfer come of it: see
 * {@link TransferStatus}. Pure; a pair that is not in the table changes nothing, because the trigger came too late.
 */
final class TransferMachine {

    enum State {
        /** None is under way. */
        IDLE,
        /** The far end is being put on hold. */
        HOLDING,
        /** REFER is out. */
        ASKING,
        /** The far end has accepted, and will tell how it goes. */
        WAITING,
        /** It failed; the far end is taken off hold. */
        RESUMING
    }

    enum Trigger {
        START, START_WITH_HOLD,
        /** On hold, or the far end would not be. */
        HELD,
        ACCEPTED,
        /** Accepted, and nothing will be told. */
        ACCEPTED_ALONE,
        REFUSED,
        /** A provisional status of the target's call. */
        PROGRESS,
        /** 2xx of the target's call. */
        SUCCESS,
        /** Any other final status of it. */
        FAILURE,
        /** The far end ended the telling without a result. */
        NO_RESULT,
        TIMEOUT,
        /** Off hold again, or the far end would not be. */
        RESUMED,
        CALL_OVER
    }

    enum Action {
        HOLD, SEND, TELL_PROGRESS,
        /** The time for the result begins. */
        ACCEPT,
        SUCCEED, FAIL,
        /** Its result is not known. */
        GIVE_UP,
        /** The call ended first. */
        CANCEL,
        CONCLUDE
    }

    /** Where a trigger leads. A {@code next} of IDLE behind FAIL or GIVE_UP becomes RESUMING where we had put the far end on hold. */
    record Transition(State next, Action action) {
    }

    private static final Map<State, Map<Trigger, Transition>> TABLE = table();

    private TransferMachine() {
    }

    /** The transition, or null if the trigger means nothing in this state. */
    static Transition on(State state, Trigger trigger) {
        return TABLE.get(state).get(trigger);
    }

    private static Map<State, Map<Trigger, Transition>> table() {
        Map<State, Map<Trigger, Transition>> table = new EnumMap<>(State.class);
        for (State state : State.values()) {
            table.put(state, new EnumMap<>(Trigger.class));
        }
        row(table, State.IDLE, Trigger.START, State.ASKING, Action.SEND);
        row(table, State.IDLE, Trigger.START_WITH_HOLD, State.HOLDING, Action.HOLD);
        row(table, State.HOLDING, Trigger.HELD, State.ASKING, Action.SEND);
        row(table, State.HOLDING, Trigger.CALL_OVER, State.IDLE, Action.CANCEL);
        row(table, State.ASKING, Trigger.ACCEPTED, State.WAITING, Action.ACCEPT);
        row(table, State.ASKING, Trigger.ACCEPTED_ALONE, State.IDLE, Action.SUCCEED);
        row(table, State.ASKING, Trigger.REFUSED, State.IDLE, Action.FAIL);
        for (State asked : new State[] {State.ASKING, State.WAITING}) {
            row(table, asked, Trigger.PROGRESS, asked, Action.TELL_PROGRESS);
            row(table, asked, Trigger.SUCCESS, State.IDLE, Action.SUCCEED);
            row(table, asked, Trigger.FAILURE, State.IDLE, Action.FAIL);
            row(table, asked, Trigger.NO_RESULT, State.IDLE, Action.GIVE_UP);
            row(table, asked, Trigger.CALL_OVER, State.IDLE, Action.CANCEL);
        }
        row(table, State.WAITING, Trigger.TIMEOUT, State.IDLE, Action.GIVE_UP);
        row(table, State.RESUMING, Trigger.RESUMED, State.IDLE, Action.CONCLUDE);
        row(table, State.RESUMING, Trigger.CALL_OVER, State.IDLE, Action.CONCLUDE);
        return table;
    }

    private static void row(Map<State, Map<Trigger, Transition>> table, State state, Trigger trigger, State next, Action action) {
        table.get(state).put(trigger, new Transition(next, action));
    }
}
