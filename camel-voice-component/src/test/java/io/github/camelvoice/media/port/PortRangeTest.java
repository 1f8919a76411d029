package io.github.camelvoice.media.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PortRangeTest {

    @Test
    void onlyEvenPortsWithRoomForTheOddOne() {
        PortRange range = new PortRange(10001, 10009, 100, new SplittableRandom(1));
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            taken.add(range.take(0));
        }
        assertThat(taken).containsExactlyInAnyOrder(10002, 10004, 10006, 10008);
        assertThat(range.take(0)).isEqualTo(-1);
    }

    @Test
    void aPortRestsWhileOthersAreFree() {
        PortRange range = new PortRange(10000, 10005, 100, new SplittableRandom(1));
        int first = range.take(0);
        range.giveBack(first, 10);
        int second = range.take(20);
        int third = range.take(20);
        assertThat(Set.of(first, second, third)).hasSize(3);
        // nothing else is left: it serves before its time
        assertThat(range.take(30)).isEqualTo(first);
        range.giveBack(second, 40);
        range.giveBack(third, 50);
        assertThat(range.take(60)).isEqualTo(second);
        range.giveBack(second, 70);
        assertThat(range.take(200)).isIn(second, third);
    }
}
