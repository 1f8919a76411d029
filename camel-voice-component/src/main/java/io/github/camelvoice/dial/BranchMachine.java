package io.github.camelvoice.dial;

import static io.github.camelvoice.dial.BranchMachine.Action.CONNECT;
import static io.github.camelvoice.dial.BranchMachine.Action.COUNT;
import static io.github.camelvoice.dial.BranchMachine.Action.FOLLOW;
import static io.github.camelvoice.dial.BranchMachine.Action.HANG_UP;
import static io.github.camelvoice.dial.BranchMachine.Action.NONE;
import static io.github.camelvoice.dial.BranchMachine.Action.PLACE;
import static io.github.camelvoice.dial.BranchMachine.Action.PASS_ON_RINGING;
import static io.github.camelvoice.dial.BranchMachine.Action.SCREEN;
import static io.github.camelvoice.dial.BranchMachine.State.CALLING;
import static io.github.camelvoice.dial.BranchMachine.State.DROPPED;
import static io.github.camelvoice.dial.BranchMachine.State.OVER;
import static io.github.camelvoice.dial.BranchMachine.State.RINGING;
import static io.github.camelvoice.dial.BranchMachine.State.SCREENING;
import static io.github.camelvoice.dial.BranchMachine.State.WAITING;
import static io.github.camelvoice.dial.BranchMachine.State.WINNER;

import java.util.EnumMap;
import java.util.Map;

/**
 * One target of a dial as a table: state and event to next state and action. Pure; a pair that is not in the table came too late and changes
 * nothing.
 */
final class BranchMachine {

    /** How far a target has come. */
    enum State {
        /** Its turn has not come. */
        WAITING,
        /** It is called, or the contact that it redirected to. */
        CALLING,
        RINGING,
        /** Answered; it is being asked whether it wants the call. */
        SCREENING,
        /** It has the call. */
        WINNER,
        /** It does not get the call; its leg is being hung up. */
        DROPPED,
        /** Nothing of it lives. */
        OVER;

        /** It may still win. */
        boolean isTrying() {
            return this == CALLING || this == RINGING || this == SCREENING;
        }
    }

    /** What happens to a target. */
    enum Event {
        /** Its turn has come. */
        TURN,
        /** 101 to 199 came. */
        RANG,
        /** 200 came. */
        ANSWERED,
        /** The screening says yes. */
        ACCEPTED,
        /** The screening says no, fails, or takes too long. */
        DECLINED,
        /** The leg is over, or could not be placed, and there is a contact that may be tried. */
        REDIRECTED,
        /** The leg is over, or could not be placed. */
        ENDED,
        /** Declined for all (6xx): whoever has not answered need not ring any more. */
        DECLINED_FOR_ALL,
        /** Another one has the call, the caller is gone, or the dial was cancelled. */
        GIVEN_UP
    }

    /** What is then done. */
    enum Action {
        NONE, PLACE, PASS_ON_RINGING, SCREEN, CONNECT, FOLLOW, HANG_UP,
        /** Its failure is one of those of which the best is told. */
        COUNT
    }

    /** Where an event leads. */
    record Transition(State next, Action action) {
    }

    private static final Map<State, Map<Event, Transition>> TABLE = table();

    private BranchMachine() {
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
        row(table, WAITING, Event.TURN, CALLING, PLACE);
        row(table, WAITING, Event.DECLINED_FOR_ALL, OVER, NONE);
        row(table, WAITING, Event.GIVEN_UP, OVER, NONE);
        for (State early : new State[] {CALLING, RINGING}) {
            row(table, early, Event.ANSWERED, SCREENING, SCREEN);
            row(table, early, Event.REDIRECTED, CALLING, FOLLOW);
            row(table, early, Event.ENDED, OVER, COUNT);
            row(table, early, Event.DECLINED_FOR_ALL, DROPPED, HANG_UP);
            row(table, early, Event.GIVEN_UP, DROPPED, HANG_UP);
        }
        row(table, CALLING, Event.RANG, RINGING, PASS_ON_RINGING);
        row(table, SCREENING, Event.ACCEPTED, WINNER, CONNECT);
        row(table, SCREENING, Event.DECLINED, DROPPED, HANG_UP);
        row(table, SCREENING, Event.ENDED, OVER, COUNT);
        row(table, SCREENING, Event.GIVEN_UP, DROPPED, HANG_UP);
        row(table, WINNER, Event.ENDED, OVER, COUNT);
        row(table, WINNER, Event.GIVEN_UP, DROPPED, HANG_UP);
        row(table, DROPPED, Event.ENDED, OVER, COUNT);
        row(table, DROPPED, Event.REDIRECTED, OVER, COUNT);
        return table;
    }

    private static void row(Map<State, Map<Event, Transition>> table, State state, Event event, State next, Action action) {
        table.get(state).put(event, new Transition(next, action));
    }
}
