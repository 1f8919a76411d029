package io.github.camelvoice.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps subscriptions and last states beside calls: they come with the same entries. Thread-safe; methods wait for the database. */
public interface SubscriptionRows {

    /**
     * A subscription that is not over.
     *
     * @param owner   name of the source that writes about it
     * @param version the newest that is known of it or of one of its states
     * @param told    version up to which its receiver knows it
     * @param details bytes of {@link SubscriptionForm}
     */
    record Row(String owner, long version, long told, byte[] details, List<StateRow> states) {

        public Row {
            states = List.copyOf(states);
        }
    }

    /** The last state of an instance. @param details bytes of {@link SubscriptionForm} */
    record StateRow(long version, byte[] details) {
    }

    /** What a source was asked that does not own the subscription. @param edit null to end it */
    record Errand(int source, long number, String id, byte[] edit) {
    }

    /**
     * Subscriptions of a partition with their states, oldest first.
     *
     * @param takeOver whether those of other sources are meant, too: from now on the source owns them, and what others write about them is ignored
     */
    List<Row> takeUp(String source, int partition, boolean takeOver) throws StoreException;

    /** The subscription with this id, with its states. */
    Optional<Row> subscription(String id) throws StoreException;

    /** Without their states, oldest first. @param account null for all */
    List<Row> subscriptions(String account, int most) throws StoreException;

    /** What was asked and has not been answered, oldest first. */
    List<Errand> errands(int most) throws StoreException;

    /**
     * Says that the node of this source is alive.
     *
     * @return how often each node has said so, by source as the store numbers them: one whose number stands still is gone
     */
    Map<Integer, Long> beat(String source) throws StoreException;

    /** Partitions with subscriptions that other sources own. */
    Set<Integer> partitionsOfOthers(String source) throws StoreException;
}
