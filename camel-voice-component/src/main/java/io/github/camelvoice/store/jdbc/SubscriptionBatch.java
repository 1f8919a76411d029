package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.Micros;
import io.github.camelvoice.store.SubscriptionEntry;
import io.github.camelvoice.subscription.Ownership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch of entries comes to for subscriptions: one row each, and of each instance the newest state alone. */
final class SubscriptionBatch {

    private static final String INSERT = "insert into voice_subscription"
        + " (part, account_key, owner, version, told, created, ended, details, sub_key) values (?, ?, ?, ?, ?, ?, null, ?, ?)";
    private static final String REPLACE = "update voice_subscription set part = ?, account_key = ?, owner = ?, version = ?, told = ?, created = ?,"
        + " ended = null, details = ? where sub_key = ?";
    private static final String CHANGE = "update voice_subscription set version = greatest(version, ?), details = ? where sub_key = ?";
    private static final String MOVE = "update voice_subscription set version = greatest(version, ?), told = greatest(told, ?) where sub_key = ?";
    private static final String END = "update voice_subscription set ended = ? where sub_key = ?";
    private static final String NO_ERRAND = "delete from voice_subscription_errand where source = ? and number = ?";
    private static final String ERRAND = "insert into voice_subscription_errand (source, number, id, created, data) values (?, ?, ?, ?, ?)";

    /** A subscription that the batch is about. */
    private static final class Row {
        private final long key;
        private SubscriptionEntry.Put put;
        private SubscriptionEntry.Removed removed;
        private long version;
        private long told;
        private final Map<Long, SubscriptionEntry.State> states = new LinkedHashMap<>();

        private Row(long key) {
            this.key = key;
        }
    }

    /** A subscription that is in the database already. */
    record Known(int owner, long created, boolean over) {
    }

    private final Map<Long, Row> rows = new LinkedHashMap<>();
    private final List<SubscriptionEntry> errands = new ArrayList<>();

    void add(SubscriptionEntry entry) {
        if (entry instanceof SubscriptionEntry.Put put) {
            Row row = row(put.id());
            row.put = put;
            row.version = Math.max(row.version, put.version());
        } else if (entry instanceof SubscriptionEntry.State state) {
            Row row = row(state.id());
            row.states.put(Keys.of(state.resource() + "\n" + state.instance()), state);
            row.version = Math.max(row.version, state.version());
        } else if (entry instanceof SubscriptionEntry.Told told) {
            Row row = row(told.id());
            row.told = Math.max(row.told, told.version());
        } else if (entry instanceof SubscriptionEntry.Removed removed) {
            Row row = new Row(Keys.of(removed.id()));
            row.removed = removed;
            rows.put(row.key, row);
        } else {
            errands.add(entry);
        }
    }

    private Row row(String id) {
        return rows.computeIfAbsent(Keys.of(id), Row::new);
    }

    void write(Connection connection, int source) throws SQLException {
        if (!rows.isEmpty()) {
            subscriptions(connection, source);
        }
        if (!errands.isEmpty()) {
            errands(connection, source);
        }
    }

    private void subscriptions(Connection connection, int source) throws SQLException {
        Map<Long, Known> known = new SubscriptionReader(connection).known(rows.keySet());
        StateBatch states = new StateBatch();
        try (PreparedStatement insert = connection.prepareStatement(INSERT); PreparedStatement replace = connection.prepareStatement(REPLACE);
             PreparedStatement change = connection.prepareStatement(CHANGE); PreparedStatement move = connection.prepareStatement(MOVE);
             PreparedStatement end = connection.prepareStatement(END)) {
            for (Row row : rows.values()) {
                Known before = known.get(row.key);
                if (before == null || isAnother(before, row)) {
                    if (row.put != null) {
                        whole(before == null ? insert : replace, row, source);
                        states.addNew(row.key, row.states.entrySet(), before != null);
                    }
                } else if (before.over() || before.owner() != source) {
                    continue;
                } else if (row.removed != null && row.put == null) {
                    end.setLong(1, Micros.of(row.removed.at()));
                    end.setLong(2, row.key);
                    end.addBatch();
                    states.forget(row.key);
                } else {
                    change(row, change, move);
                    states.add(row.key, row.states.entrySet());
                }
            }
            for (PreparedStatement each : List.of(insert, replace, change, move, end)) {
                each.executeBatch();
            }
        }
        states.write(connection);
    }

    /** Whether it was made anew under the id of one that is over, or that this batch ends. */
    private static boolean isAnother(Known before, Row row) {
        return row.put != null && Micros.of(row.put.createdAt()) != before.created() && (before.over() || row.removed != null);
    }

    private static void whole(PreparedStatement statement, Row row, int source) throws SQLException {
        statement.setInt(1, Ownership.partition(row.put.id()));
        statement.setLong(2, Keys.of(String.valueOf(row.put.account())));
        statement.setInt(3, source);
        statement.setLong(4, row.version);
        statement.setLong(5, row.told);
        statement.setLong(6, Micros.of(row.put.createdAt()));
        statement.setBytes(7, row.put.details());
        statement.setLong(8, row.key);
        statement.addBatch();
    }

    private static void change(Row row, PreparedStatement change, PreparedStatement move) throws SQLException {
        if (row.put != null) {
            change.setLong(1, row.version);
            change.setBytes(2, row.put.details());
            change.setLong(3, row.key);
            change.addBatch();
        }
        if (row.put == null || row.told > 0) {
            move.setLong(1, row.version);
            move.setLong(2, row.told);
            move.setLong(3, row.key);
            move.addBatch();
        }
    }

    private void errands(Connection connection, int source) throws SQLException {
        try (PreparedStatement none = connection.prepareStatement(NO_ERRAND); PreparedStatement insert = connection.prepareStatement(ERRAND)) {
            for (SubscriptionEntry entry : errands) {
                if (entry instanceof SubscriptionEntry.Asked asked) {
                    none.setInt(1, source);
                    none.setLong(2, asked.number());
                    none.executeUpdate();
                    insert.setInt(1, source);
                    insert.setLong(2, asked.number());
                    insert.setString(3, asked.id());
                    insert.setLong(4, Micros.of(asked.at()));
                    insert.setBytes(5, asked.edit());
                    insert.executeUpdate();
                } else if (entry instanceof SubscriptionEntry.Answered answered) {
                    none.setInt(1, answered.source());
                    none.setLong(2, answered.asked());
                    none.executeUpdate();
                }
            }
        }
    }
}
