package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every trigger in every state; a dot is a trigger that changes nothing. */
class CallMachineTest {

    private static final String TABLE = """
            trigger      OFFERED                        RINGING                        ACCEPTED           CALLING                ALERTING               CANCELLING         ACTIVE             ENDING             ENDED
            RING         RINGING                        RINGING                        .                  .                      .                      .                  .                  .                  .
            ANSWER       ACCEPTED                       ACCEPTED                       .                  .                      .                      .                  .                  .                  .
            REJECT       ENDING/SEND_REJECTION          ENDING/SEND_REJECTION          .                  .                      .                      .                  .                  .                  .
            HANGUP       ENDING/SEND_UNAVAILABLE        ENDING/SEND_UNAVAILABLE        ENDING/SEND_BYE    CANCELLING/SEND_CANCEL CANCELLING/SEND_CANCEL .                  ENDING/SEND_BYE    .                  .
            DROP         ENDING/DROP_LEG                ENDING/DROP_LEG                ENDING/DROP_LEG    ENDING/DROP_LEG        ENDING/DROP_LEG        ENDING/DROP_LEG    ENDING/DROP_LEG    ENDING/DROP_LEG    .
            RING_TIMEOUT ENDING/SEND_UNAVAILABLE        ENDING/SEND_UNAVAILABLE        .                  CANCELLING/SEND_CANCEL CANCELLING/SEND_CANCEL .                  .                  .                  .
            LIMIT        .                              .                              ENDING/SEND_BYE    .                      .                      .                  ENDING/SEND_BYE    .                  .
            PROVISIONAL  .                              .                              .                  ALERTING               ALERTING               .                  .                  .                  .
            ACCEPTED     .                              .                              .                  ACTIVE                 ACTIVE                 ENDING/SEND_BYE    .                  .                  .
            REJECTED     .                              .                              .                  ENDING                 ENDING                 ENDING             .                  .                  .
            ACKED        .                              .                              ACTIVE             .                      .                      .                  ACTIVE             .                  .
            CANCELLED    ENDING                         ENDING                         .                  .                      .                      .                  .                  .                  .
            BYE          ENDING/CONFIRM_BYE_AND_REJECT  ENDING/CONFIRM_BYE_AND_REJECT  ENDING/CONFIRM_BYE ENDING/CONFIRM_BYE     ENDING/CONFIRM_BYE     ENDING/CONFIRM_BYE ENDING/CONFIRM_BYE ENDING/CONFIRM_BYE .
            LOST         ENDING                         ENDING                         ENDING             ENDING                 ENDING                 ENDING             ENDING             .                  .
            CLOSED       ENDED                          ENDED                          ENDED              ENDED                  ENDED                  ENDED              ENDED              ENDED              .
            """;

    static Stream<Arguments> cells() {
        List<String[]> rows = TABLE.lines().map(line -> line.trim().split("\\s+")).toList();
        String[] states = rows.get(0);
        return rows.stream().skip(1).flatMap(row -> Stream.iterate(1, i -> i < states.length, i -> i + 1)
                .map(i -> Arguments.of(CallState.valueOf(states[i]), CallTrigger.valueOf(row[0]), row[i])));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("cells")
    void transition(CallState state, CallTrigger trigger, String expected) {
        CallMachine.Transition transition = CallMachine.on(state, trigger);
        assertThat(transition == null ? "." : transition.next() + (transition.action() == CallAction.NONE ? "" : "/" + transition.action()))
                .isEqualTo(expected);
    }

    @org.junit.jupiter.api.Test
    void tableIsComplete() {
        assertThat(cells().count()).isEqualTo((long) CallState.values().length * CallTrigger.values().length);
        assertThat(Arrays.stream(CallState.values()).map(Enum::name)).isSubsetOf(TABLE.lines().findFirst().orElseThrow().split("\\s+"));
    }
}
