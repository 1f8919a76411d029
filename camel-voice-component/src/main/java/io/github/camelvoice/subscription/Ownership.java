package io.github.camelvoice.subscription;

import java.util.function.IntConsumer;

/** Which subscriptions are watched here, where several nodes share a store: each belongs to one of {@value #PARTITIONS} partitions. Thread-safe. */
public interface Ownership {

    int PARTITIONS = 64;

    /** One node alone. */
    Ownership ALL = new Ownership() {
        @Override
        public boolean owns(int partition) {
            return true;
        }

        @Override
        public void follow(IntConsumer gained, IntConsumer lost) {
        }
    };

    static int partition(String subscriptionId) {
        return Math.floorMod(subscriptionId.hashCode(), PARTITIONS);
    }

    boolean owns(int partition);

    /** Told of changes from now on, on any thread: to return at once. */
    void follow(IntConsumer gained, IntConsumer lost);
}
