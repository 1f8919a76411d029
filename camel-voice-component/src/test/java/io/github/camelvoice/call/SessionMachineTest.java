package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.SessionMachine.Action;
import io.github.camelvoice.call.SessionMachine.State;
import io.github.camelvoice.call.SessionMachine.Transition;
import io.github.camelvoice.call.SessionMachine.Trigger;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SessionMachineTest {

    /** Every trigger in every state: next state, action; a dash for no change. */
    private static final String TABLE = """
                     STEADY                        OFFERED                OFFERED_LATE               OVER
            CHANGE    OFFERED:OFFER                 -                      -                          -
            ANSWERED  -                             STEADY:TAKE_ANSWER     -                          -
            REFUSED   -                             STEADY:ROLL_BACK       -                          -
            WITHDRAWN -                             STEADY:ROLL_BACK       -                          -
            OFFER     STEADY:ANSWER                 OFFERED:REFUSE         OFFERED_LATE:REFUSE        OVER:REFUSE
            ASKED     OFFERED_LATE:OFFER_IN_200     OFFERED:REFUSE         OFFERED_LATE:REFUSE        OVER:REFUSE
            ACKED     -                             -                      STEADY:TAKE_LATE_ANSWER    -
            END       OVER:RELEASE                  OVER:RELEASE           OVER:RELEASE               -
            """;

    @Test
    void eachTriggerInEachState() {
        String[][] rows = TABLE.lines().map(line -> line.trim().split("\\s+")).toArray(String[][]::new);
        assertThat(Arrays.stream(rows[0]).map(State::valueOf)).containsExactly(State.values());
        assertThat(Arrays.stream(rows).skip(1).map(row -> Trigger.valueOf(row[0])).collect(Collectors.toList())).containsExactly(Trigger.values());
        for (int r = 1; r < rows.length; r++) {
            for (int s = 0; s < State.values().length; s++) {
                State state = State.values()[s];
                String cell = rows[r][s + 1];
                Transition expected = cell.equals("-") ? new Transition(state, Action.NONE)
                        : new Transition(State.valueOf(cell.split(":")[0]), Action.valueOf(cell.split(":")[1]));
                assertThat(SessionMachine.on(state, Trigger.valueOf(rows[r][0]))).as("%s in %s", rows[r][0], state).isEqualTo(expected);
            }
        }
    }
}
