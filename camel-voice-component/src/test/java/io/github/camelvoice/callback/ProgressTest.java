package io.github.camelvoice.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.callback.Progress.Trigger;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every trigger in every state. */
class ProgressTest {

    @Test
    void theTableIsThis() {
        String table = Arrays.stream(Progress.values()).map(ProgressTest::row).collect(Collectors.joining("\n"));
        assertThat(table).isEqualTo("""
                WRITING: WRITTEN-READY LOST-DONE TURN-= DELIVERED-= FAILED-= EXPIRED-= REFUSED-= RETURNED-= DUE-= DROP-DONE
                READY: WRITTEN-= LOST-= TURN-CARRIED DELIVERED-= FAILED-= EXPIRED-= REFUSED-= RETURNED-= DUE-= DROP-DONE
                CARRIED: WRITTEN-= LOST-= TURN-= DELIVERED-DONE FAILED-PAUSED EXPIRED-DONE REFUSED-DONE RETURNED-READY DUE-= DROP-DROPPING
                PAUSED: WRITTEN-= LOST-= TURN-= DELIVERED-= FAILED-= EXPIRED-= REFUSED-= RETURNED-= DUE-READY DROP-DONE
                DROPPING: WRITTEN-= LOST-= TURN-= DELIVERED-DONE FAILED-DONE EXPIRED-DONE REFUSED-DONE RETURNED-DONE DUE-= DROP-=
                DONE: WRITTEN-= LOST-= TURN-= DELIVERED-= FAILED-= EXPIRED-= REFUSED-= RETURNED-= DUE-= DROP-=""");
    }

    private static String row(Progress state) {
        return state + ": " + Arrays.stream(Trigger.values())
                .map(trigger -> trigger + "-" + (state.after(trigger) == null ? "=" : state.after(trigger))).collect(Collectors.joining(" "));
    }
}
