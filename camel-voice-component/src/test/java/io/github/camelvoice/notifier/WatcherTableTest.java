package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.notifier.WatcherTable.Action;
import io.github.camelvoice.notifier.WatcherTable.Event;
import io.github.camelvoice.notifier.WatcherTable.State;
import io.github.camelvoice.runtime.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every event in every state of a subscription to us. */
class WatcherTableTest {

    /** STATES | EVENTS | NEXT (= for the same) | ACTIONS; what is not listed is dropped. */
    private static final String EXPECTED = """
            ASKING | ADMIT | SENDING | ANSWER SEND
            ASKING | FETCH | LAST | ANSWER SEND_LAST
            ASKING | REFUSE | GONE | ANSWER_REFUSAL FORGET
            ASKING | END ABANDON | GONE | ANSWER_UNAVAILABLE FORGET
            QUIET | CHANGED ASKED | SENDING | SEND
            QUIET | END | LAST | SEND_LAST
            QUIET SENDING SENDING_NEWS SENDING_DUE CLOSING LAST | ABANDON | GONE | FORGET
            SENDING | CHANGED | SENDING_NEWS |
            SENDING SENDING_NEWS | ASKED | SENDING_DUE |
            SENDING | DELIVERED | RESTING | REST
            SENDING_NEWS | DELIVERED | RESTING_NEWS | REST
            SENDING_DUE | DELIVERED | SENDING | SEND
            SENDING SENDING_NEWS SENDING_DUE | POSTPONED | RESTING_NEWS | REST_AS_ASKED
            SENDING SENDING_NEWS SENDING_DUE CLOSING LAST | LOST | GONE | FORGET
            SENDING SENDING_NEWS SENDING_DUE | END | CLOSING |
            RESTING | CHANGED | RESTING_NEWS |
            RESTING | RESTED | QUIET |
            RESTING_NEWS | RESTED | SENDING | SEND
            RESTING RESTING_NEWS | ASKED | SENDING | STOP_REST SEND
            RESTING RESTING_NEWS | END | LAST | STOP_REST SEND_LAST
            RESTING RESTING_NEWS | ABANDON | GONE | STOP_REST FORGET
            CLOSING | DELIVERED POSTPONED | LAST | SEND_LAST
            LAST | DELIVERED POSTPONED | GONE | FORGET
            """;

    private record Row(List<String> states, List<String> events, String next, List<String> actions) {
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        EXPECTED.lines().forEach(line -> {
            String[] parts = Arrays.stream((line + " ").split("\\|")).map(String::trim).toArray(String[]::new);
            rows.add(new Row(List.of(parts[0].split(" ")), List.of(parts[1].split(" ")), parts[2],
                    parts[3].isEmpty() ? List.of() : List.of(parts[3].split(" "))));
        });
        return rows;
    }

    @TestFactory
    List<DynamicTest> everyEventInEveryState() {
        List<DynamicTest> tests = new ArrayList<>();
        for (State state : State.values()) {
            for (Event event : Event.values()) {
                tests.add(DynamicTest.dynamicTest(state + " " + event, () -> check(state, event)));
            }
        }
        return tests;
    }

    private static void check(State state, Event event) {
        List<Row> matching = rows().stream().filter(row -> row.states().contains(state.name()) && row.events().contains(event.name())).toList();
        assertThat(matching).hasSizeLessThanOrEqualTo(1);
        Table.Step<State, Action> step = WatcherTable.TABLE.step(state, event);
        if (matching.isEmpty()) {
            assertThat(step.next()).isEqualTo(state);
            assertThat(step.actions()).isEmpty();
        } else {
            assertThat(step.next().name()).isEqualTo(matching.get(0).next().replace("=", state.name()));
            assertThat(step.actions().stream().map(Enum::name)).isEqualTo(matching.get(0).actions());
        }
    }

    /** There is never a second NOTIFY while one is out, and none after the last. */
    @Test
    void oneNotifyAtATime() {
        List<State> out = List.of(State.SENDING, State.SENDING_NEWS, State.SENDING_DUE, State.CLOSING, State.LAST);
        for (State state : out) {
            for (Event event : Event.values()) {
                boolean answered = event == Event.DELIVERED || event == Event.POSTPONED || event == Event.LOST;
                List<Action> actions = WatcherTable.TABLE.step(state, event).actions();
                assertThat(answered && state != State.LAST || !actions.contains(Action.SEND) && !actions.contains(Action.SEND_LAST)).as(state + " " + event).isTrue();
            }
        }
    }

    /** From wherever it is, an end leads to the end, by answers and time alone. */
    @Test
    void everythingEnds() {
        for (State from : State.values()) {
            State state = WatcherTable.TABLE.step(from, Event.END).next();
            for (Event event : List.of(Event.RESTED, Event.DELIVERED, Event.RESTED, Event.DELIVERED)) {
                state = WatcherTable.TABLE.step(state, event).next();
            }
            assertThat(state).as("from " + from).isEqualTo(State.GONE);
            assertThat(WatcherTable.TABLE.step(from, Event.ABANDON).next()).isEqualTo(State.GONE);
        }
    }
}
