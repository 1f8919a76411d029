package io.github.camelvoice.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two legs, or a leg and the caller, do something before anybody has seen what the other did; the row comes first. */
class DialRacesTest {

    /** A number: that target has the call. Else the outcome and whose answer it is. */
    private static final String RINGING = """
            first     ANSWERS  BUSY        DECLINES    REDIRECTS   FAILS       CALLER_GONE CANCEL
            ANSWERS   0        0           0           0           0           CANCELED@0  CANCELED@0
            BUSY      1        BUSY@0      BUSY@1      FAILED@1    BUSY@0      CANCELED@0  CANCELED@0
            DECLINES  BUSY@0   BUSY@0      BUSY@0      BUSY@0      BUSY@0      CANCELED@0  CANCELED@0
            REDIRECTS 1        FAILED@0    BUSY@1      FAILED@0    FAILED@0    CANCELED@0  CANCELED@0
            FAILS     1        BUSY@1      BUSY@1      FAILED@1    FAILED@0    CANCELED@1  CANCELED@1
            """;

    private static final String SCREENED = """
            first     YES  NO           HANGS_UP     LATE
            YES       0    0            0            0
            NO        1    COMPLETED@0  COMPLETED@1  COMPLETED@0
            HANGS_UP  1    COMPLETED@0  COMPLETED@0  COMPLETED@0
            LATE      -    COMPLETED@0  COMPLETED@1  COMPLETED@0
            """;

    private final DialBench bench = new DialBench();

    @AfterEach
    void nothingStays() {
        bench.nothingStays();
    }

    static Stream<Arguments> ringing() {
        return cells(RINGING);
    }

    static Stream<Arguments> screened() {
        return cells(SCREENED);
    }

    private static Stream<Arguments> cells(String table) {
        List<String[]> rows = table.lines().map(line -> line.trim().split("\\s+")).toList();
        String[] seconds = rows.get(0);
        return rows.stream().skip(1).flatMap(row -> Stream.iterate(1, i -> i < seconds.length, i -> i + 1)
                .map(i -> Arguments.of(row[0], seconds[i], row[i]))).filter(cell -> !cell.get()[2].equals("-"));
    }

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @MethodSource("ringing")
    void twoThatRing(String first, String second, String expected) {
        Call alice = bench.called("PCMU");
        Dial dial = bench.dial(DialPlan.of(alice, DialBench.targets(2)));
        bench.then(bench.phone("b0")::rings);
        bench.then(bench.phone("b1")::rings);
        act(first, bench.phone("b0"), dial);
        act(second, bench.phone("b1"), dial);
        bench.run();
        bench.phones.forEach(phone -> {
            if (!dial.done().toCompletableFuture().isDone()) {
                phone.confirms();
            }
        });
        bench.run();
        check(dial, expected);
    }

    private void act(String deed, Phone phone, Dial dial) {
        switch (deed) {
            case "ANSWERS" -> phone.answers();
            case "BUSY" -> phone.rejects(486);
            case "DECLINES" -> phone.rejects(603);
            case "REDIRECTS" -> phone.redirects("sip:c@127.0.0.1");
            case "FAILS" -> phone.rejects(500);
            case "CALLER_GONE" -> bench.alice().cancels();
            case "CANCEL" -> dial.cancel();
            default -> throw new AssertionError(deed);
        }
    }

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @MethodSource("screened")
    void twoThatAreScreened(String first, String second, String expected) {
        Call alice = bench.called("PCMU");
        List<CompletableFuture<Boolean>> asked = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        Dial dial = bench.dial(DialPlan.of(alice, List.of(DialBench.target("b0").withScreening(leg -> asked.get(0)),
                DialBench.target("b1").withScreening(leg -> asked.get(1)))).withScreenLimit(Duration.ofSeconds(30)));
        bench.then(bench.phone("b0")::answers);
        bench.then(bench.phone("b1")::answers);
        say(first, bench.phone("b0"), asked.get(0));
        say(second, bench.phone("b1"), asked.get(1));
        bench.run();
        check(dial, expected);
    }

    private void say(String deed, Phone phone, CompletableFuture<Boolean> asked) {
        switch (deed) {
            case "YES" -> asked.complete(true);
            case "NO" -> asked.complete(false);
            case "HANGS_UP" -> phone.hangsUp();
            case "LATE" -> bench.timers.advance(Duration.ofSeconds(30));
            default -> throw new AssertionError(deed);
        }
    }

    private void check(Dial dial, String expected) {
        DialResult result = DialBench.now(dial.done());
        assertThat(result).as("done").isNotNull();
        assertThat(result.winner() != null ? String.valueOf(result.index()) : result.outcome() + "@" + result.index()).isEqualTo(expected);
        for (int i = 0; i < 2; i++) {
            Phone phone = bench.phone("b" + i);
            boolean winner = result.winner() != null && result.index() == i;
            assertThat(phone.heard.stream().filter(what -> what.startsWith("CANCEL") || what.startsWith("BYE")).count())
                    .as("b" + i + " " + phone.heard).isLessThanOrEqualTo(winner ? 0 : 1);
            assertThat(phone.finished()).as("b" + i + " is over").isNotEqualTo(winner);
        }
    }
}
