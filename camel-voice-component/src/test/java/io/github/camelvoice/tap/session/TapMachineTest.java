package io.github.camelvoice.tap.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.tap.TapInfo.State;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TapMachineTest {

    /** Rows: states. Columns: triggers in their order. A dot changes nothing. */
    private static final List<String> TABLE = List.of(
            "trigger:      OPENED               STARTED           REFUSED       LOST                   LOST_FOR_GOOD    RETRY               "
                    + "REMOTE_END    STOP              CALL_ENDED        BROKEN",
            "CONNECTING:   CONNECTING/ENTER_CALL TAPPING/ANNOUNCE FAILED/REFUSE FAILED/FAIL            FAILED/FAIL      .                   "
                    + "FAILED/FAIL   FINISHED/WITHDRAW FINISHED/WITHDRAW FAILED/FAIL",
            "TAPPING:      .                    .                 .             RECONNECTING/BACK_OFF  FINISHED/GIVE_UP .                   "
                    + "FINISHED/END  FINISHED/END      FINISHED/END      FINISHED/END",
            "RECONNECTING: TAPPING/RESUME       .                 .             RECONNECTING/BACK_OFF  FINISHED/GIVE_UP RECONNECTING/REOPEN "
                    + "FINISHED/END  FINISHED/END      FINISHED/END      FINISHED/END",
            "FINISHED:     .                    FINISHED/LEAVE_CALL .           .                      .                .                   "
                    + ".             .                 .                 .",
            "FAILED:       .                    FAILED/LEAVE_CALL .             .                      .                .                   "
                    + ".             .                 .                 .");

    @Test
    void everyTriggerInEveryStateDoesWhatTheTableSays() {
        assertThat(row("trigger", State.CONNECTING, true)).isEqualTo(normal(TABLE.get(0)));
        for (State state : State.values()) {
            assertThat(TABLE.stream().skip(1).map(TapMachineTest::normal)).contains(row(state.name(), state, false));
        }
    }

    private static String row(String name, State state, boolean names) {
        return name + ": " + Arrays.stream(TapTrigger.values()).map(trigger -> names ? trigger.name() : cell(state, trigger))
                .collect(Collectors.joining(" "));
    }

    private static String cell(State state, TapTrigger trigger) {
        TapMachine.Step step = TapMachine.step(state, trigger);
        if (step.action() == TapMachine.Action.NOTHING) {
            assertThat(step.next()).isEqualTo(state);
            return ".";
        }
        return step.next() + "/" + step.action();
    }

    private static String normal(String text) {
        return text.replaceAll(" +", " ");
    }

    @Test
    void pausesGrowAndEnd() {
        Backoff backoff = new Backoff(new java.util.Random(1));
        long now = 0;
        long last = 0;
        int attempts = 0;
        for (long pause = backoff.next(now); pause >= 0; pause = backoff.next(now)) {
            long whole = Math.min(10_000, 250L << attempts) * 1_000_000;
            assertThat(pause).isBetween(whole / 2, whole);
            now += pause;
            attempts++;
            last = pause;
        }
        assertThat(attempts).isBetween(9, 20);
        assertThat(now).as("a minute, and the last pause").isBetween(60_000_000_000L, 70_000_000_000L);
        assertThat(last).isGreaterThanOrEqualTo(5_000_000_000L);
        backoff.held(now);
        assertThat(backoff.next(now + 9_000_000_000L)).as("it held for 9 s only").isEqualTo(-1);
        backoff.held(now);
        assertThat(backoff.next(now + 10_000_000_000L)).isBetween(125_000_000L, 250_000_000L);
    }

    @Test
    void destinationsAreShownWithoutCredentials() {
        assertThat(Uris.withoutCredentials("wss://user:pass@bot.example/p@th?x=@")).isEqualTo("wss://bot.example/p@th?x=@");
        assertThat(Uris.shown("wss://user:pass@bot.example/path?token=secret")).isEqualTo("wss://bot.example/path");
        assertThat(Uris.withoutCredentials("rtp://192.0.2.1:4000")).isEqualTo("rtp://192.0.2.1:4000");
        assertThat(Uris.withoutCredentials("route:r1")).isEqualTo("route:r1");
    }
}
