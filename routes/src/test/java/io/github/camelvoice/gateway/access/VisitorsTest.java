package io.github.camelvoice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitorsTest {

    private final ManualTimers time = new ManualTimers();
    private final List<String> away = new ArrayList<>();
    private final Visitors<String> visitors = new Visitors<>(4, time, away::add);

    private void after(double seconds) {
        time.advance(Duration.ofMillis((long) (seconds * 1000)));
        visitors.look();
    }

    @Test
    void aStrangerWhoAsksNothingIsSentAway() {
        visitors.came("a");
        after(9.9);
        assertThat(away).isEmpty();
        after(0.1);
        assertThat(away).containsExactly("a");
        visitors.left("a");
        assertThat(visitors.count()).isZero();
    }

    @Test
    void whoAsksStaysForAnotherWhileAndWhoIsKnownForAsLongAsTheyLike() {
        visitors.came("asks");
        visitors.came("known");
        after(8);
        visitors.asked("asks");
        visitors.asked("known");
        visitors.known("known");
        after(8);
        assertThat(away).isEmpty();
        after(2);
        assertThat(away).containsExactly("asks");
        after(1000);
        assertThat(away).hasSize(1);
    }

    @Test
    void whereItIsNearlyFullStrangersHaveLessTime() {
        for (String each : List.of("a", "b", "c", "d")) {
            visitors.came(each);
            visitors.asked(each);
        }
        visitors.known("d");
        after(2);
        assertThat(away).containsExactly("a", "b", "c");
    }

    @Test
    void whereItIsFullTheQuietestMakesRoom() {
        for (String each : List.of("a", "b", "c", "d")) {
            visitors.came(each);
        }
        visitors.known("a");
        visitors.asked("b");
        visitors.came("e");
        assertThat(away).containsExactly("c");
        visitors.came("f");
        visitors.came("g");
        assertThat(away).containsExactly("c", "d", "b");
        assertThat(visitors.count()).isEqualTo(4);
    }

    @Test
    void whereAllAreKnownTheNextIsSentAway() {
        for (String each : List.of("a", "b", "c", "d")) {
            visitors.came(each);
            visitors.known(each);
        }
        visitors.came("e");
        assertThat(away).containsExactly("e");
        visitors.left("e");
        visitors.left("a");
        visitors.came("f");
        assertThat(away).containsExactly("e");
        assertThat(visitors.count()).isEqualTo(4);
    }

    @Test
    void whoHasLeftIsForgotten() {
        visitors.came("a");
        visitors.left("a");
        visitors.asked("a");
        visitors.known("a");
        after(20);
        assertThat(away).isEmpty();
        assertThat(visitors.count()).isZero();
    }
}
