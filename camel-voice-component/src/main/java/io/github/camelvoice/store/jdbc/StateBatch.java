package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.SubscriptionEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The last states of one batch. A state that is in the database stays where it is newer than what comes. */
final class StateBatch {

    private static final String FORGET = "delete from voice_subscription_state where sub_key = ?";
    private static final String DROP = "delete from voice_subscription_state where sub_key = ? and state_key = ? and version <= ?";
    private static final String UPDATE = "update voice_subscription_state set version = ?, data = ? where sub_key = ? and state_key = ? and version <= ?";
    private static final String IS_THERE = "select version from voice_subscription_state where sub_key = ? and state_key = ?";
    private static final String INSERT = "insert into voice_subscription_state (sub_key, state_key, version, data) values (?, ?, ?, ?)";

    private record One(long subscription, long key, long version, byte[] data) {
    }

    private final List<Long> forgotten = new ArrayList<>();
    private final List<One> fresh = new ArrayList<>();
    private final List<One> changed = new ArrayList<>();
    private final List<One> dropped = new ArrayList<>();

    /** All states of a subscription go. */
    void forget(long subscription) {
        forgotten.add(subscription);
    }

    /** States of a subscription that had none, or whose states go. */
    void addNew(long subscription, Collection<Map.Entry<Long, SubscriptionEntry.State>> states, boolean others) {
        if (others) {
            forget(subscription);
        }
        for (Map.Entry<Long, SubscriptionEntry.State> each : states) {
            if (each.getValue().details() != null) {
                fresh.add(one(subscription, each));
            }
        }
    }

    void add(long subscription, Collection<Map.Entry<Long, SubscriptionEntry.State>> states) {
        for (Map.Entry<Long, SubscriptionEntry.State> each : states) {
            (each.getValue().details() == null ? dropped : changed).add(one(subscription, each));
        }
    }

    private static One one(long subscription, Map.Entry<Long, SubscriptionEntry.State> state) {
        return new One(subscription, state.getKey(), state.getValue().version(), state.getValue().details());
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET); PreparedStatement drop = connection.prepareStatement(DROP)) {
            for (long subscription : forgotten) {
                forget.setLong(1, subscription);
                forget.addBatch();
            }
            for (One one : dropped) {
                drop.setLong(1, one.subscription());
                drop.setLong(2, one.key());
                drop.setLong(3, one.version());
                drop.addBatch();
            }
            forget.executeBatch();
            drop.executeBatch();
        }
        update(connection);
        insert(connection);
    }

    private void update(Connection connection) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(UPDATE); PreparedStatement isThere = connection.prepareStatement(IS_THERE)) {
            for (One one : changed) {
                update.setLong(1, one.version());
                update.setBytes(2, one.data());
                update.setLong(3, one.subscription());
                update.setLong(4, one.key());
                update.setLong(5, one.version());
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                One one = changed.get(i);
                if (counts[i] == 0 && !isThere(isThere, one)) {
                    fresh.add(one);
                }
            }
        }
    }

    private static boolean isThere(PreparedStatement select, One one) throws SQLException {
        select.setLong(1, one.subscription());
        select.setLong(2, one.key());
        try (ResultSet rows = select.executeQuery()) {
            return rows.next();
        }
    }

    private void insert(Connection connection) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (One one : fresh) {
                insert.setLong(1, one.subscription());
                insert.setLong(2, one.key());
                insert.setLong(3, one.version());
                insert.setBytes(4, one.data());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
