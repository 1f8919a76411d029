package io.github.camelvoice.call;

import java.util.EnumMap;
import java.util.Map;

/**
 * Offers and answers of an established call as a table (RFC 3264, section 4; RFC 3261, section 14; RFC 3311): every trigger in every state. Pure. Who
 * fires {@code CHANGE} has looked whether there is anything to offer; what comes meanwhile is looked at again when the state is {@code STEADY}.
 */
final class SessionMachine {

    /** Where offer and answer stand. */
    enum State {
        /** Both sides agree. */
        STEADY,
        /** Our offer is out, or waits for its turn. */
        OFFERED,
        /** We were asked to offer and did so in the 200: the answer comes in the ACK. */
        OFFERED_LATE,
        /** The call is over. */
        OVER
    }

    /** What happens to a session. */
    enum Trigger {
        /** We want it to be different. */
        CHANGE,
        /** Our offer was answered. */
        ANSWERED,
        /** Our offer was refused. */
        REFUSED,
        /** Our offer was taken back before it was sent (again), because theirs came first. */
        WITHDRAWN,
        /** They offer. */
        OFFER,
        /** They ask us to offer. */
        ASKED,
        /** The ACK came to what we offered when asked. */
        ACKED,
        /** The call ends. */
        END
    }

    /** What is done about it. */
    enum Action {
        NONE, OFFER, TAKE_ANSWER, ROLL_BACK, ANSWER, OFFER_IN_200, TAKE_LATE_ANSWER, REFUSE, RELEASE
    }

    /** Where a trigger leads. */
    record Transition(State next, Action action) {
    }

    private static final Map<State, Map<Trigger, Transition>> TABLE = table();

    private SessionMachine() {
    }

    static Transition on(State state, Trigger trigger) {
        return TABLE.get(state).get(trigger);
    }

    private static Map<State, Map<Trigger, Transition>> table() {
        Map<State, Map<Trigger, Transition>> table = new EnumMap<>(State.class);
        for (State state : State.values()) {
            Map<Trigger, Transition> row = new EnumMap<>(Trigger.class);
            for (Trigger trigger : Trigger.values()) {
                row.put(trigger, new Transition(state, Action.NONE));
            }
            row.put(Trigger.OFFER, new Transition(state, Action.REFUSE));
            row.put(Trigger.ASKED, new Transition(state, Action.REFUSE));
            if (state != State.OVER) {
                row.put(Trigger.END, new Transition(State.OVER, Action.RELEASE));
            }
            table.put(state, row);
        }
        row(table, State.STEADY, Trigger.CHANGE, State.OFFERED, Action.OFFER);
        row(table, State.STEADY, Trigger.OFFER, State.STEADY, Action.ANSWER);
        row(table, State.STEADY, Trigger.ASKED, State.OFFERED_LATE, Action.OFFER_IN_200);
        row(table, State.OFFERED, Trigger.ANSWERED, State.STEADY, Action.TAKE_ANSWER);
        row(table, State.OFFERED, Trigger.REFUSED, State.STEADY, Action.ROLL_BACK);
        row(table, State.OFFERED, Trigger.WITHDRAWN, State.STEADY, Action.ROLL_BACK);
        row(table, State.OFFERED_LATE, Trigger.ACKED, State.STEADY, Action.TAKE_LATE_ANSWER);
        return table;
    }

    private static void row(Map<State, Map<Trigger, Transition>> table, State state, Trigger trigger, State next, Action action) {
        table.get(state).put(trigger, new Transition(next, action));
    }
}
