package io.github.camelvoice.document;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** States of an execution and what moves it: one table. What it does not have leaves the state as it is. */
final class ExecutionMachine {

    /** Where an execution stands. */
    enum State {
        /** An instruction is begun. */
        RUNNING,
        /** The call, a fetch or a tap will tell. */
        WAITING,
        /** The document is through; the call is being ended, where it has to. */
        ENDING,
        ENDED
    }

    /** What happens to an execution. */
    enum Event {
        WAIT, RESUME, HANGUP, RETURN, END, FAULT, REPLACE, CALL_OVER,
        /** The call is told of the end. */
        SETTLED
    }

    /** {@code ending} null: as it is. */
    record Move(State next, Ending ending) {
    }

    private static final Map<State, Map<Event, Move>> TABLE = table();

    private ExecutionMachine() {
    }

    private static Map<State, Map<Event, Move>> table() {
        Map<State, Map<Event, Move>> table = new EnumMap<>(State.class);
        for (State state : State.values()) {
            table.put(state, new EnumMap<>(Event.class));
        }
        Map<Event, Move> running = table.get(State.RUNNING);
        running.put(Event.WAIT, new Move(State.WAITING, null));
        running.put(Event.HANGUP, new Move(State.ENDING, Ending.HANGUP));
        running.put(Event.RETURN, new Move(State.ENDING, Ending.RETURNED));
        running.put(Event.END, new Move(State.ENDING, Ending.COMPLETED));
        Map<Event, Move> waiting = table.get(State.WAITING);
        waiting.put(Event.RESUME, new Move(State.RUNNING, null));
        for (Map<Event, Move> either : List.of(running, waiting)) {
            either.put(Event.FAULT, new Move(State.ENDING, Ending.FAILED));
            either.put(Event.REPLACE, new Move(State.ENDED, Ending.REPLACED));
            either.put(Event.CALL_OVER, new Move(State.ENDED, Ending.CALL_OVER));
        }
        Map<Event, Move> ending = table.get(State.ENDING);
        ending.put(Event.SETTLED, new Move(State.ENDED, null));
        ending.put(Event.REPLACE, new Move(State.ENDED, null));
        ending.put(Event.CALL_OVER, new Move(State.ENDED, null));
        return table;
    }

    /** @return null where the event means nothing */
    static Move on(State state, Event event) {
        return TABLE.get(state).get(event);
    }
}
