package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every trigger in every state of a transfer; a dot is a trigger that changes nothing. */
class TransferMachineTest {

    private static final String TABLE = """
            trigger         IDLE          HOLDING      ASKING                WAITING               RESUMING
            START           ASKING/SEND   .            .                     .                     .
            START_WITH_HOLD HOLDING/HOLD  .            .                     .                     .
            HELD            .             ASKING/SEND  .                     .                     .
            ACCEPTED        .             .            WAITING/ACCEPT        .                     .
            ACCEPTED_ALONE  .             .            IDLE/SUCCEED          .                     .
            REFUSED         .             .            IDLE/FAIL             .                     .
            PROGRESS        .             .            ASKING/TELL_PROGRESS  WAITING/TELL_PROGRESS .
            SUCCESS         .             .            IDLE/SUCCEED          IDLE/SUCCEED          .
            FAILURE         .             .            IDLE/FAIL             IDLE/FAIL             .
            NO_RESULT       .             .            IDLE/GIVE_UP          IDLE/GIVE_UP          .
            TIMEOUT         .             .            .                     IDLE/GIVE_UP          .
            RESUMED         .             .            .                     .                     IDLE/CONCLUDE
            CALL_OVER       .             IDLE/CANCEL  IDLE/CANCEL           IDLE/CANCEL           IDLE/CONCLUDE
            """;

    static Stream<Arguments> cells() {
        List<String[]> rows = TABLE.lines().map(line -> line.trim().split("\\s+")).toList();
        String[] states = rows.get(0);
        return rows.stream().skip(1).flatMap(row -> Stream.iterate(1, i -> i < states.length, i -> i + 1)
                .map(i -> Arguments.of(TransferMachine.State.valueOf(states[i]), TransferMachine.Trigger.valueOf(row[0]), row[i])));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("cells")
    void transition(TransferMachine.State state, TransferMachine.Trigger trigger, String expected) {
        TransferMachine.Transition transition = TransferMachine.on(state, trigger);
        assertThat(transition == null ? "." : transition.next() + "/" + transition.action()).isEqualTo(expected);
    }

    @Test
    void tableIsComplete() {
        assertThat(cells().count()).isEqualTo((long) TransferMachine.State.values().length * TransferMachine.Trigger.values().length);
    }

    @ParameterizedTest
    @CsvSource({"200,completed,in-progress", "202,completed,in-progress", "486,busy,busy", "600,busy,busy", "487,no-answer,no-answer",
        "480,failed,failed", "302,failed,failed", "503,failed,failed", "603,failed,failed"})
    void whatProtocolsCallIt(int code, String word, String referCallStatus) {
        assertThat(TransferStatus.ofResult(code).word()).isEqualTo(word);
        assertThat(TransferStatus.ofResult(code).referCallStatus()).isEqualTo(referCallStatus);
        assertThat(TransferStatus.CANCELED.referCallStatus()).isEqualTo("canceled");
    }
}
