package io.github.camelvoice.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event in every state, of a dial and of each of its targets; a dot is an event that changes nothing. */
class DialTablesTest {

    private static final String BRANCH = """
            event            WAITING       CALLING                  RINGING           SCREENING         WINNER            DROPPED     OVER
            TURN             CALLING/PLACE .                        .                 .                 .                 .           .
            RANG             .             RINGING/PASS_ON_RINGING  .                 .                 .                 .           .
            ANSWERED         .             SCREENING/SCREEN         SCREENING/SCREEN  .                 .                 .           .
            ACCEPTED         .             .                        .                 WINNER/CONNECT    .                 .           .
            DECLINED         .             .                        .                 DROPPED/HANG_UP   .                 .           .
            REDIRECTED       .             CALLING/FOLLOW           CALLING/FOLLOW    .                 .                 OVER/COUNT  .
            ENDED            .             OVER/COUNT               OVER/COUNT        OVER/COUNT        OVER/COUNT        OVER/COUNT  .
            DECLINED_FOR_ALL OVER          DROPPED/HANG_UP          DROPPED/HANG_UP   .                 .                 .           .
            GIVEN_UP         OVER          DROPPED/HANG_UP          DROPPED/HANG_UP   DROPPED/HANG_UP   DROPPED/HANG_UP   .           .
            """;

    private static final String DIAL = """
            event            HUNTING                 CONNECTING             CONNECTED             ENDING               OVER
            IDLE             HUNTING/NEXT            .                      .                     .                    .
            WON              CONNECTING/CONNECT      .                      .                     .                    .
            DECLINED_FOR_ALL HUNTING/DROP_UNANSWERED .                      .                     .                    .
            CALLER_GONE      ENDING/DROP_ALL         ENDING/DROP_ALL        .                     .                    .
            CANCELLED        ENDING/DROP_ALL         ENDING/DROP_ALL        CONNECTED/DROP_ALL    .                    .
            CONNECTED        .                       CONNECTED/REPORT_DONE  .                     ENDING               .
            NOT_CONNECTED    .                       ENDING/DROP_ALL        .                     .                    .
            PARTED           .                       .                      OVER/REPORT_OVER      .                    .
            EXHAUSTED        OVER/REPORT_FAILURE     .                      .                     OVER/REPORT_FAILURE  .
            """;

    private static Stream<Arguments> cells(String table) {
        List<String[]> rows = table.lines().map(line -> line.trim().split("\\s+")).toList();
        String[] states = rows.get(0);
        return rows.stream().skip(1).flatMap(row -> Stream.iterate(1, i -> i < states.length, i -> i + 1)
                .map(i -> Arguments.of(states[i], row[0], row[i])));
    }

    static Stream<Arguments> branchCells() {
        return cells(BRANCH);
    }

    static Stream<Arguments> dialCells() {
        return cells(DIAL);
    }

    @ParameterizedTest(name = "target {0} on {1}: {2}")
    @MethodSource("branchCells")
    void target(BranchMachine.State state, BranchMachine.Event event, String expected) {
        BranchMachine.Transition to = BranchMachine.on(state, event);
        assertThat(to == null ? "." : to.next() + (to.action() == BranchMachine.Action.NONE ? "" : "/" + to.action())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "dial {0} on {1}: {2}")
    @MethodSource("dialCells")
    void dial(DialMachine.State state, DialMachine.Event event, String expected) {
        DialMachine.Transition to = DialMachine.on(state, event);
        assertThat(to == null ? "." : to.next() + (to.action() == DialMachine.Action.NONE ? "" : "/" + to.action())).isEqualTo(expected);
    }

    @Test
    void theTablesAreComplete() {
        assertThat(branchCells().count()).isEqualTo((long) BranchMachine.State.values().length * BranchMachine.Event.values().length);
        assertThat(dialCells().count()).isEqualTo((long) DialMachine.State.values().length * DialMachine.Event.values().length);
        assertThat(Arrays.stream(DialMachine.State.values()).map(Enum::name)).isSubsetOf(DIAL.lines().findFirst().orElseThrow().split("\\s+"));
    }
}
