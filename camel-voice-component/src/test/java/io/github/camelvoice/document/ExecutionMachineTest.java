package io.github.camelvoice.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.document.ExecutionMachine.Event;
import io.github.camelvoice.document.ExecutionMachine.Move;
import io.github.camelvoice.document.ExecutionMachine.State;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionMachineTest {

    /** Every event in every state: the next state and, behind a slash, how it ended; a dash where the event means nothing. */
    @ParameterizedTest
    @CsvSource({
        "WAIT,      WAITING,           -,                -,       -",
        "RESUME,    -,                 RUNNING,          -,       -",
        "HANGUP,    ENDING/HANGUP,     -,                -,       -",
        "RETURN,    ENDING/RETURNED,   -,                -,       -",
        "END,       ENDING/COMPLETED,  -,                -,       -",
        "FAULT,     ENDING/FAILED,     ENDING/FAILED,    -,       -",
        "REPLACE,   ENDED/REPLACED,    ENDED/REPLACED,   ENDED,   -",
        "CALL_OVER, ENDED/CALL_OVER,   ENDED/CALL_OVER,  ENDED,   -",
        "SETTLED,   -,                 -,                ENDED,   -",
    })
    void everyEventInEveryState(Event event, String running, String waiting, String ending, String ended) {
        assertThat(written(ExecutionMachine.on(State.RUNNING, event))).isEqualTo(running);
        assertThat(written(ExecutionMachine.on(State.WAITING, event))).isEqualTo(waiting);
        assertThat(written(ExecutionMachine.on(State.ENDING, event))).isEqualTo(ending);
        assertThat(written(ExecutionMachine.on(State.ENDED, event))).isEqualTo(ended);
    }

    private static String written(Move move) {
        return move == null ? "-" : move.next() + (move.ending() == null ? "" : "/" + move.ending());
    }

    /** Whatever happens in whatever order, it ends in one way and does not change after. */
    @Test
    void randomHistoriesEndOnce() {
        Random random = new Random(4);
        for (int history = 0; history < 2_000; history++) {
            State state = State.RUNNING;
            Ending ending = null;
            for (int step = 0; step < 50; step++) {
                Move move = ExecutionMachine.on(state, Event.values()[random.nextInt(Event.values().length)]);
                if (move == null) {
                    continue;
                }
                assertThat(state).isNotEqualTo(State.ENDED);
                assertThat(move.ending() == null || ending == null).as("an ending is said once").isTrue();
                state = move.next();
                ending = move.ending() == null ? ending : move.ending();
                assertThat(ending == null).isEqualTo(state == State.RUNNING || state == State.WAITING);
            }
        }
    }
}
