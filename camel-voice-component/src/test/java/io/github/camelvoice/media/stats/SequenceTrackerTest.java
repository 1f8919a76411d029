package io.github.camelvoice.media.stats;

import java.util.Random;

import io.github.camelvoice.media.stats.SequenceTracker.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SequenceTrackerTest {

    private final SequenceTracker tracker = new SequenceTracker();

    @Test
    void knowsNothingAtFirst() {
        assertThat(tracker.known()).isFalse();
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.expected()).isZero();
        assertThat(tracker.received()).isZero();
        assertThat(tracker.takeFractionLost()).isZero();
        assertThat(tracker.cumulativeLost()).isZero();
        assertThat(tracker.extendedHighest()).isZero();
    }

    @Test
    void countsOverTheWrap() {
        assertThat(tracker.place(7, 65000)).isEqualTo(Place.FRESH);
        for (int i = 1; i < 200_000; i++) {
            assertThat(tracker.place(7, 65000 + i & 0xffff)).isEqualTo(Place.NEWEST);
        }
        assertThat(tracker.extendedHighest()).isEqualTo(65000 + 199_999);
        assertThat(tracker.received()).isEqualTo(200_000);
        assertThat(tracker.expected()).isEqualTo(200_000);
        assertThat(tracker.lost()).isZero();
    }

    @Test
    void tellsReorderFromDuplicateFromLoss() {
        place(10);
        assertThat(place(13)).isEqualTo(Place.NEWEST);
        assertThat(tracker.lost()).isEqualTo(2);
        assertThat(place(11)).isEqualTo(Place.REORDERED);
        assertThat(tracker.extended()).isEqualTo(tracker.highest() - 2);
        assertThat(place(11)).isEqualTo(Place.DUPLICATE);
        assertThat(place(13)).isEqualTo(Place.DUPLICATE);
        assertThat(tracker.lost()).isEqualTo(1);
        assertThat(tracker.reordered()).isEqualTo(1);
        assertThat(tracker.duplicates()).isEqualTo(2);
        assertThat(tracker.received()).isEqualTo(3);
        // the RFC counts duplicates as received
        assertThat(tracker.cumulativeLost()).isEqualTo(-1);
    }

    @Test
    void aPacketOlderThanTheFirstWidensTheStream() {
        place(0);
        assertThat(place(65535)).isEqualTo(Place.REORDERED);
        assertThat(tracker.expected()).isEqualTo(2);
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.extendedHighest()).isZero();
    }

    @Test
    void fractionIsOfTheIntervalAlone() {
        place(0);
        for (int i = 1; i < 100; i++) {
            if (i % 4 != 0) {
                place(i);
            }
        }
        assertThat(tracker.takeFractionLost()).isBetween(60, 64);
        for (int i = 100; i < 200; i++) {
            place(i);
        }
        assertThat(tracker.takeFractionLost()).isZero();
        assertThat(tracker.cumulativeLost()).isEqualTo(24);
        assertThat(tracker.lost()).isEqualTo(24);
    }

    @Test
    void oneStrayIsNoiseAndTwoAreANewBeginning() {
        place(100);
        place(101);
        assertThat(place(30000)).isEqualTo(Place.STRAY);
        assertThat(place(102)).isEqualTo(Place.NEWEST);
        assertThat(place(30001)).isEqualTo(Place.STRAY);
        assertThat(place(30002)).isEqualTo(Place.FRESH);
        assertThat(place(30003)).isEqualTo(Place.NEWEST);
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.received()).isEqualTo(5);
        assertThat(tracker.restarts()).isEqualTo(1);
        assertThat(tracker.extendedHighest()).isEqualTo(30003);
    }

    @Test
    void aNewSsrcKeepsTheAccountOfTheCall() {
        place(1);
        place(4);
        assertThat(tracker.place(8, 50000)).isEqualTo(Place.FRESH);
        assertThat(tracker.place(8, 50002)).isEqualTo(Place.NEWEST);
        assertThat(tracker.lost()).isEqualTo(3);
        assertThat(tracker.expected()).isEqualTo(7);
        assertThat(tracker.received()).isEqualTo(4);
        assertThat(tracker.cumulativeLost()).isEqualTo(1);
        assertThat(tracker.ssrc()).isEqualTo(8);
    }

    @Test
    void anyInputKeepsTheAccountsSane() {
        Random random = new Random(3550);
        int near = 0;
        for (int i = 0; i < 300_000; i++) {
            near = near + random.nextInt(200) - 90 & 0xffff;
            tracker.place(random.nextInt(1000) == 0 ? random.nextInt() : tracker.ssrc(),
                    random.nextInt(20) == 0 ? random.nextInt(65536) : near);
            assertThat(tracker.lost()).isBetween(0L, tracker.expected());
            assertThat(tracker.expected()).isGreaterThanOrEqualTo(tracker.received());
            assertThat(tracker.extended()).isLessThanOrEqualTo(tracker.highest()).isPositive();
            if (i % 100 == 0) {
                assertThat(tracker.takeFractionLost()).isBetween(0, 255);
            }
        }
    }

    private Place place(int sequence) {
        return tracker.place(7, sequence);
    }
}
