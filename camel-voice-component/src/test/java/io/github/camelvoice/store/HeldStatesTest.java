package io.github.camelvoice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.store.memory.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States must not fill the disk while the store is away. */
class HeldStatesTest {

    private final DirectLog log = new DirectLog("node", new MemoryStore(10, 1 << 20), 1);
    private final HeldStates held = new HeldStates(log, 1_000);

    @BeforeEach
    void nothingIsFed() {
        log.gathers = true;
    }

    private void keep(int from, int to) {
        for (int version = from; version < to; version++) {
            held.keep(new SubscriptionEntry.State(version, "s", version, "sip:" + version % 10 + "@example.com", "i", new byte[] {1}));
        }
    }

    @Test
    void whereTheStoreIsFarBehindOnlyTheNewestIsHeld() {
        keep(0, 100);
        assertThat(log.appended).isEqualTo(100);
        log.waitingBytes = 1_001;
        keep(100, 100_000);
        assertThat(log.appended).isLessThan(200);
        int before = log.appended;
        log.waitingBytes = 501;
        held.flush();
        assertThat(log.appended).isEqualTo(before);
        log.waitingBytes = 500;
        held.told(new SubscriptionEntry.Told(1, "s", 7));
        held.told(new SubscriptionEntry.Told(2, "s", 8));
        assertThat(log.appended).isEqualTo(before);
        held.flush();
        assertThat(log.appended).isEqualTo(before + 10 + 1);
        keep(200, 210);
        assertThat(log.appended).isEqualTo(before + 21);
    }

    @Test
    void whatTheLogHasNoRoomForComesLaterUnlessItIsOver() {
        log.full = true;
        keep(0, 20);
        held.keep(new SubscriptionEntry.State(30, "over", 1, "sip:a@example.com", "i", new byte[] {1}));
        held.flush();
        assertThat(log.appended).isZero();
        held.forget("over");
        log.full = false;
        log.trouble = "the disk is full";
        held.flush();
        assertThat(log.appended).isZero();
        log.trouble = null;
        held.flush();
        assertThat(log.appended).isEqualTo(10);
    }
}
