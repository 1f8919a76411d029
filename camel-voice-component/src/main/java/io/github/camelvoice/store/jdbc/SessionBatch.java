package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.Micros;
import io.github.camelvoice.store.SessionEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a batch of entries comes to for accounts: one row each, and of their statuses those that are kept. */
final class SessionBatch {

    private static final String NO_ACCOUNT = "delete from voice_account where source = ? and account_key = ?";
    private static final String CHANGE = "update voice_account set data = ?, newest = greatest(newest, ?) where source = ? and account_key = ?";
    private static final String ACCOUNT = "insert into voice_account (data, newest, source, account_key) values (?, ?, ?, ?)";
    private static final String NEWEST = "update voice_account set newest = greatest(newest, ?) where source = ? and account_key = ?";
    private static final String NO_STATUS = "delete from voice_account_status where source = ? and account_key = ? and sequence = ?";
    private static final String STATUS = "insert into voice_account_status (source, account_key, sequence, created, data) values (?, ?, ?, ?, ?)";
    private static final String OLD = "delete from voice_account_status where source = ? and account_key = ? and sequence <= ?";

    /** An account that the batch is about. */
    private static final class Row {
        private final long key;
        private SessionEntry last;
        private long newest;
        private int most;
        private final TreeMap<Long, SessionEntry.Status> statuses = new TreeMap<>();

        private Row(long key) {
            this.key = key;
        }

        private void status(SessionEntry.Status status) {
            newest = Math.max(newest, status.sequence());
            most = status.most();
            statuses.put(status.sequence(), status);
            statuses.headMap(newest - most, true).clear();
        }
    }

    private final Map<Long, Row> rows = new LinkedHashMap<>();

    void add(SessionEntry entry) {
        Row row = rows.computeIfAbsent(Keys.of(entry.account()), Row::new);
        if (entry instanceof SessionEntry.Status status) {
            row.status(status);
        } else {
            row.last = entry;
        }
    }

    void write(Connection connection, int source) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        accounts(connection, source);
        try (PreparedStatement none = connection.prepareStatement(NO_STATUS); PreparedStatement insert = connection.prepareStatement(STATUS);
             PreparedStatement old = connection.prepareStatement(OLD)) {
            for (Row row : rows.values()) {
                statuses(row, source, none, insert, old);
            }
            for (PreparedStatement each : List.of(none, insert, old)) {
                each.executeBatch();
            }
        }
    }

    private void accounts(Connection connection, int source) throws SQLException {
        List<Row> put = new ArrayList<>();
        try (PreparedStatement none = connection.prepareStatement(NO_ACCOUNT); PreparedStatement change = connection.prepareStatement(CHANGE);
             PreparedStatement newest = connection.prepareStatement(NEWEST)) {
            for (Row row : rows.values()) {
                if (row.last instanceof SessionEntry.Put account) {
                    put.add(row);
                    account(change, account, row, source);
                } else if (row.last != null) {
                    add(none, source, row.key);
                } else {
                    newest.setLong(1, row.newest);
                    newest.setInt(2, source);
                    newest.setLong(3, row.key);
                    newest.addBatch();
                }
            }
            none.executeBatch();
            newest.executeBatch();
            int[] changed = change.executeBatch();
            try (PreparedStatement insert = connection.prepareStatement(ACCOUNT)) {
                for (int i = 0; i < changed.length; i++) {
                    if (changed[i] == 0) {
                        account(insert, (SessionEntry.Put) put.get(i).last, put.get(i), source);
                    }
                }
                insert.executeBatch();
            }
        }
    }

    private static void account(PreparedStatement statement, SessionEntry.Put account, Row row, int source) throws SQLException {
        statement.setBytes(1, account.details());
        statement.setLong(2, row.newest);
        statement.setInt(3, source);
        statement.setLong(4, row.key);
        statement.addBatch();
    }

    private static void statuses(Row row, int source, PreparedStatement none, PreparedStatement insert, PreparedStatement old) throws SQLException {
        for (SessionEntry.Status status : row.statuses.values()) {
            add(none, source, row.key, status.sequence());
            insert.setInt(1, source);
            insert.setLong(2, row.key);
            insert.setLong(3, status.sequence());
            insert.setLong(4, Micros.of(status.at()));
            insert.setBytes(5, status.details());
            insert.addBatch();
        }
        if (row.newest > row.most) {
            add(old, source, row.key, row.newest - row.most);
        }
    }

    private static void add(PreparedStatement statement, int source, long... numbers) throws SQLException {
        statement.setInt(1, source);
        for (int i = 0; i < numbers.length; i++) {
            statement.setLong(i + 2, numbers[i]);
        }
        statement.addBatch();
    }
}
