package io.github.camelvoice.dial;

import static io.github.camelvoice.dial.DialMachine.Action.CONNECT;
import static io.github.camelvoice.dial.DialMachine.Action.DROP_ALL;
import static io.github.camelvoice.dial.DialMachine.Action.DROP_UNANSWERED;
import static io.github.camelvoice.dial.DialMachine.Action.NEXT;
import static io.github.camelvoice.dial.DialMachine.Action.NONE;
import static io.github.camelvoice.dial.DialMachine.Action.REPORT_DONE;
import static io.github.camelvoice.dial.DialMachine.Action.REPORT_FAILURE;
import static io.github.camelvoice.dial.DialMachine.Action.REPORT_OVER;
import static io.github.camelvoice.dial.DialMachine.State.CONNECTED;
import static io.github.camelvoice.dial.DialMachine.State.CONNECTING;
import static io.github.camelvoice.dial.DialMachine.State.ENDING;
import static io.github.camelvoice.dial.DialMachine.State.HUNTING;
import static io.github.camelvoice.dial.DialMachine.State.OVER;

import java.util.EnumMap;
import java.util.Map;

/**
 * A dial as a table: state and event to next state and action; {@link BranchMachine} is that of each of its targets. Pure; a pair that is not in the
 * table came too late and changes nothing.
 */
final class DialMachine {

    /** How far a dial has come. */
    enum State {
        /** Targets are called, ring, and are screened. */
        HUNTING,
        /** One has the call and is being connected. */
        CONNECTING,
        /** Caller and winner talk; without a caller, the winner lives. */
        CONNECTED,
        /** Nobody will have the call; legs are still being hung up. */
        ENDING,
        OVER
    }

    /** What happens to a dial. */
    enum Event {
        /** Nobody is being tried any more, somebody waits. */
        IDLE,
        /** A screening said yes. */
        WON,
        /** 6xx. */
        DECLINED_FOR_ALL,
        /** The caller went away. */
        CALLER_GONE,
        /** Its owner does not want it any more. */
        CANCELLED,
        /** The bridge is made; without a caller, at once. */
        CONNECTED,
        /** The bridge could not be made. */
        NOT_CONNECTED,
        /** The caller is in no bridge any more; without a caller, the winner is over. */
        PARTED,
        /** No target may win any more, and no leg lives. */
        EXHAUSTED
    }

    /** What is then done. */
    enum Action {
        NONE,
        /** The next target is called. */
        NEXT,
        /** The others are dropped, the winner is connected. */
        CONNECT,
        DROP_UNANSWERED,
        /** The winner as well. */
        DROP_ALL,
        REPORT_DONE,
        REPORT_OVER,
        REPORT_FAILURE
    }

    /** Where an event leads. */
    record Transition(State next, Action action) {
    }

    private static final Map<State, Map<Event, Transition>> TABLE = table();

    private DialMachine() {
    }

    /** The transition, or null if the event means nothing in this state. */
    static Transition on(State state, Event event) {
        return TABLE.get(state).get(event);
    }

    private static Map<State, Map<Event, Transition>> table() {
        Map<State, Map<Event, Transition>> table = new EnumMap<>(State.class);
        for (State state : State.values()) {
            table.put(state, new EnumMap<>(Event.class));
        }
        row(table, HUNTING, Event.IDLE, HUNTING, NEXT);
        row(table, HUNTING, Event.WON, CONNECTING, CONNECT);
        row(table, HUNTING, Event.DECLINED_FOR_ALL, HUNTING, DROP_UNANSWERED);
        row(table, HUNTING, Event.CALLER_GONE, ENDING, DROP_ALL);
        row(table, HUNTING, Event.CANCELLED, ENDING, DROP_ALL);
        row(table, HUNTING, Event.EXHAUSTED, OVER, REPORT_FAILURE);
        row(table, CONNECTING, Event.CONNECTED, CONNECTED, REPORT_DONE);
        row(table, CONNECTING, Event.NOT_CONNECTED, ENDING, DROP_ALL);
        row(table, CONNECTING, Event.CALLER_GONE, ENDING, DROP_ALL);
        row(table, CONNECTING, Event.CANCELLED, ENDING, DROP_ALL);
        row(table, CONNECTED, Event.PARTED, OVER, REPORT_OVER);
        row(table, CONNECTED, Event.CANCELLED, CONNECTED, DROP_ALL);
        row(table, ENDING, Event.EXHAUSTED, OVER, REPORT_FAILURE);
        row(table, ENDING, Event.CONNECTED, ENDING, NONE);
        return table;
    }

    private static void row(Map<State, Map<Event, Transition>> table, State state, Event event, State next, Action action) {
        table.get(state).put(event, new Transition(next, action));
    }
}
