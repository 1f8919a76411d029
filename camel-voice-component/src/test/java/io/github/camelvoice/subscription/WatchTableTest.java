package io.github.camelvoice.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.Table.Step;
import io.github.camelvoice.subscription.WatchTable.Action;
import io.github.camelvoice.subscription.WatchTable.Event;
import io.github.camelvoice.subscription.WatchTable.State;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event in every state of a watch; a dot is an event that changes nothing. */
class WatchTableTest {

    private static final String TABLE = """
            state       START               TURN                ACCEPTED NOTIFIED_ACTIVE NOTIFIED_PENDING GAP             WHOLE         UNHEALED
            IDLE        QUEUED/QUEUE        .                   .        .               .                .               .             .
            QUEUED      .                   SUBSCRIBING/SUBSCRIBE .      .               .                .               .             .
            SUBSCRIBING .                   .                   PENDING  ACTIVE          PENDING          HEALING/REFRESH .             .
            PENDING     .                   .                   .        ACTIVE          .                HEALING/REFRESH .             .
            ACTIVE      .                   .                   .        .               PENDING          HEALING/REFRESH .             .
            HEALING     .                   .                   .        .               .                .               ACTIVE/HEALED WAITING/LEAVE+SCHEDULE
            WAITING     QUEUED/CANCEL+QUEUE .                   .        .               .                .               .             .
            STOPPED     QUEUED/QUEUE        .                   .        .               .                .               .             .
            LEAVING     .                   ENDING/UNSUBSCRIBE  .        .               .                .               .             .
            ENDING      .                   .                   .        .               .                .               .             .
            OVER        .                   .                   .        .               .                .               .             .
            """;

    private static final String ENDS = """
            state       TRY_AGAIN               NEVER_AGAIN           DUE          END                   RELEASE
            IDLE        .                       .                     .            OVER/TELL_OVER        OVER/TELL_OVER
            QUEUED      .                       .                     .            OVER/CANCEL+TELL_OVER OVER/CANCEL+TELL_OVER
            SUBSCRIBING WAITING/CANCEL+SCHEDULE STOPPED/CANCEL        .            LEAVING/CANCEL+QUEUE  OVER/CANCEL+CLOSE+TELL_OVER
            PENDING     WAITING/CANCEL+SCHEDULE STOPPED/CANCEL        .            LEAVING/CANCEL+QUEUE  OVER/CANCEL+CLOSE+TELL_OVER
            ACTIVE      WAITING/CANCEL+SCHEDULE STOPPED/CANCEL        .            LEAVING/CANCEL+QUEUE  OVER/CANCEL+CLOSE+TELL_OVER
            HEALING     WAITING/CANCEL+SCHEDULE STOPPED/CANCEL        .            LEAVING/CANCEL+QUEUE  OVER/CANCEL+CLOSE+TELL_OVER
            WAITING     .                       .                     QUEUED/QUEUE OVER/CANCEL+TELL_OVER OVER/CANCEL+TELL_OVER
            STOPPED     .                       .                     .            OVER/TELL_OVER        OVER/TELL_OVER
            LEAVING     OVER/CANCEL+TELL_OVER   OVER/CANCEL+TELL_OVER .            .                     OVER/CANCEL+CLOSE+TELL_OVER
            ENDING      OVER/TELL_OVER          OVER/TELL_OVER        .            .                     OVER/CLOSE+TELL_OVER
            OVER        .                       .                     .            .                     .
            """;

    static Stream<Arguments> cells() {
        return Stream.of(TABLE, ENDS).flatMap(table -> {
            List<String[]> rows = table.lines().map(line -> line.trim().split("\\s+")).toList();
            String[] events = rows.get(0);
            return rows.stream().skip(1).flatMap(row -> IntStream.range(1, events.length).mapToObj(i -> Arguments.of(row[0], events[i], row[i])));
        });
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("cells")
    void everyEventInEveryState(State state, Event event, String expected) {
        Step<State, Action> step = WatchTable.TABLE.step(state, event);
        String actions = step.actions().stream().map(Enum::name).collect(Collectors.joining("+"));
        String seen = step.next() == state && actions.isEmpty() ? "." : step.next() + (actions.isEmpty() ? "" : "/" + actions);
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void theTableIsComplete() {
        assertThat(cells().count()).isEqualTo((long) State.values().length * Event.values().length);
    }

    /** Whatever is done, it is the last action that may lead to another event. */
    @Test
    void whatLeadsToAnotherEventComesLast() {
        for (State state : State.values()) {
            for (Event event : Event.values()) {
                List<Action> actions = WatchTable.TABLE.step(state, event).actions();
                assertThat(actions.stream().limit(Math.max(0, actions.size() - 1))).doesNotContain(Action.QUEUE, Action.SCHEDULE, Action.SUBSCRIBE, Action.UNSUBSCRIBE,
                        Action.TELL_OVER);
            }
        }
    }
}
