package io.github.camelvoice.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SourceGateTest {

    private static final long SECOND = 1_000_000_000L;
    private final InetSocketAddress named = new InetSocketAddress("127.0.0.1", 4000);
    private final InetSocketAddress other = new InetSocketAddress("127.0.0.1", 4002);
    private final InetSocketAddress third = new InetSocketAddress("127.0.0.2", 4000);

    @Test
    void withoutLatchingOnlyTheNamedAddress() {
        SourceGate gate = new SourceGate(false, SECOND);
        assertThat(gate.admit(named, 1, 0)).isFalse();
        gate.name(named, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(gate.admit(other, 1, i)).isFalse();
            assertThat(gate.admit(third, 1, i)).isFalse();
            assertThat(gate.admit(new InetSocketAddress("127.0.0.1", 4000), 1, i)).isTrue();
        }
        gate.name(other, 5);
        assertThat(gate.admit(named, 1, 6)).isFalse();
        assertThat(gate.admit(other, 1, 6)).isTrue();
        gate.name(null, 7);
        assertThat(gate.admit(other, 1, 8)).isFalse();
    }

    @Test
    void latchingNeedsThreeInARowOfOneStreamWithinTheWindow() {
        SourceGate gate = new SourceGate(true, SECOND);
        gate.name(named, 0);
        assertThat(gate.admit(other, 1, 1)).isFalse();
        assertThat(gate.admit(other, 1, 2)).isFalse();
        assertThat(gate.admit(third, 1, 3)).isFalse();
        assertThat(gate.admit(other, 1, 4)).isFalse();
        assertThat(gate.admit(other, 2, 5)).isFalse();
        assertThat(gate.admit(other, 2, 6)).isFalse();
        assertThat(gate.admit(named, 9, 7)).isTrue();
        assertThat(gate.admit(other, 2, 8)).isFalse();
        assertThat(gate.admit(other, 2, 9)).isFalse();
        assertThat(gate.admit(other, 2, 10)).isTrue();
        assertThat(gate.latched()).isTrue();
        assertThat(gate.accepted()).isEqualTo(other);
        for (int i = 11; i < 30; i++) {
            assertThat(gate.admit(third, 3, i)).isFalse();
            assertThat(gate.admit(named, 9, i)).isFalse();
        }
        // the same agreement again does not open it, another address does
        gate.name(new InetSocketAddress("127.0.0.1", 4000), 40);
        assertThat(gate.accepted()).isEqualTo(other);
        gate.name(third, 50);
        assertThat(gate.accepted()).isEqualTo(third);
    }

    @Test
    void afterTheWindowTheNamedAddressStays() {
        SourceGate gate = new SourceGate(true, SECOND);
        gate.name(named, 0);
        assertThat(gate.admit(other, 1, 1)).isFalse();
        assertThat(gate.admit(other, 1, 2)).isFalse();
        assertThat(gate.admit(other, 1, SECOND + 1)).isFalse();
        assertThat(gate.admit(other, 1, SECOND + 2)).isFalse();
        assertThat(gate.admit(named, 1, SECOND + 3)).isTrue();
        assertThat(gate.latched()).isFalse();
    }
}
