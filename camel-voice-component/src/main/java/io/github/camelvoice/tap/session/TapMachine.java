package io.github.camelvoice.tap.session;

import static io.github.camelvoice.tap.TapInfo.State.CONNECTING;
import static io.github.camelvoice.tap.TapInfo.State.FAILED;
import static io.github.camelvoice.tap.TapInfo.State.FINISHED;
import static io.github.camelvoice.tap.TapInfo.State.RECONNECTING;
import static io.github.camelvoice.tap.TapInfo.State.TAPPING;

import io.github.camelvoice.tap.TapInfo.State;
import java.util.EnumMap;
import java.util.Map;

/** The state machine of a tap: state and trigger make the next state and what is to be done. What is not in the table changes nothing. */
final class TapMachine {

    /** What is to be done. */
    enum Action {
        NOTHING,
        /** Asks the call to take the tap in. */
        ENTER_CALL,
        /** Audio flows: tells so. */
        ANNOUNCE,
        /** The tap was not to be: nothing is told to anybody but the starter, as an exception. */
        REFUSE,
        /** The sink could not be reached: tells {@code finished}. */
        FAIL,
        /** Ended before it began: the starter alone is told. */
        WITHDRAW,
        /** Waits, then connects anew. */
        BACK_OFF,
        REOPEN,
        /** Connected again. */
        RESUME,
        /** Tells {@code finished}. */
        END,
        /** The sink is gone for good: tells {@code finished}, and the call may have to end. */
        GIVE_UP,
        /** The call took the tap in when it was over already. */
        LEAVE_CALL
    }

    /** A step. */
    record Step(State next, Action action) {
    }

    private static final Map<State, Map<TapTrigger, Step>> TABLE = new EnumMap<>(State.class);

    static {
        on(CONNECTING, TapTrigger.OPENED, CONNECTING, Action.ENTER_CALL);
        on(CONNECTING, TapTrigger.STARTED, TAPPING, Action.ANNOUNCE);
        on(CONNECTING, TapTrigger.REFUSED, FAILED, Action.REFUSE);
        on(CONNECTING, TapTrigger.LOST, FAILED, Action.FAIL);
        on(CONNECTING, TapTrigger.LOST_FOR_GOOD, FAILED, Action.FAIL);
        on(CONNECTING, TapTrigger.REMOTE_END, FAILED, Action.FAIL);
        on(CONNECTING, TapTrigger.STOP, FINISHED, Action.WITHDRAW);
        on(CONNECTING, TapTrigger.CALL_ENDED, FINISHED, Action.WITHDRAW);
        on(CONNECTING, TapTrigger.BROKEN, FAILED, Action.FAIL);
        on(TAPPING, TapTrigger.LOST, RECONNECTING, Action.BACK_OFF);
        on(RECONNECTING, TapTrigger.LOST, RECONNECTING, Action.BACK_OFF);
        on(RECONNECTING, TapTrigger.RETRY, RECONNECTING, Action.REOPEN);
        on(RECONNECTING, TapTrigger.OPENED, TAPPING, Action.RESUME);
        for (State running : new State[] {TAPPING, RECONNECTING}) {
            on(running, TapTrigger.LOST_FOR_GOOD, FINISHED, Action.GIVE_UP);
            on(running, TapTrigger.REMOTE_END, FINISHED, Action.END);
            on(running, TapTrigger.STOP, FINISHED, Action.END);
            on(running, TapTrigger.CALL_ENDED, FINISHED, Action.END);
            on(running, TapTrigger.BROKEN, FINISHED, Action.END);
        }
        on(FINISHED, TapTrigger.STARTED, FINISHED, Action.LEAVE_CALL);
        on(FAILED, TapTrigger.STARTED, FAILED, Action.LEAVE_CALL);
    }

    private TapMachine() {
    }

    private static void on(State state, TapTrigger trigger, State next, Action action) {
        TABLE.computeIfAbsent(state, s -> new EnumMap<>(TapTrigger.class)).put(trigger, new Step(next, action));
    }

    static Step step(State state, TapTrigger trigger) {
        return TABLE.get(state).getOrDefault(trigger, new Step(state, Action.NOTHING));
    }

    static boolean over(State state) {
        return state == FINISHED || state == FAILED;
    }
}
