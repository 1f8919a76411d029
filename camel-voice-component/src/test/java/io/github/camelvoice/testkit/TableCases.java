package io.github.camelvoice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A table of states against its text: lines of {@code STATES | EVENTS | NEXT (= for the same) | ACTIONS}; what is not listed is dropped. */
public final class TableCases {

    private TableCases() {
    }

    /** One test for each event in each state. */
    public static <S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> Stream<DynamicTest> of(String text, Class<S> states,
                                                                                                    Class<E> events, Table<S, E, A> table) {
        Map<String, String> expected = expected(text);
        List<DynamicTest> tests = new ArrayList<>();
        for (S state : states.getEnumConstants()) {
            for (E event : events.getEnumConstants()) {
                String wanted = expected.getOrDefault(state + " " + event, state + " []");
                tests.add(DynamicTest.dynamicTest(state + " " + event, () -> {
                    Table.Step<S, A> step = table.step(state, event);
                    assertThat(step.next() + " " + step.actions()).isEqualTo(wanted);
                }));
            }
        }
        return tests.stream();
    }

    private static Map<String, String> expected(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] part = line.split("\\|", -1);
            List<String> actions = part[3].isBlank() ? List.of() : Arrays.asList(part[3].trim().split(" "));
            for (String state : part[0].trim().split(" ")) {
                for (String event : part[1].trim().split(" ")) {
                    String next = part[2].trim().equals("=") ? state : part[2].trim();
                    assertThat(map.put(state + " " + event, next + " " + actions)).as(state + " " + event).isNull();
                }
            }
        }
        return map;
    }
}
