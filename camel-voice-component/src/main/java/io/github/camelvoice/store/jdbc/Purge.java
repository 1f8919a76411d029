package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Deletes the oldest calls, and callbacks and subscriptions that were over long ago, in the transaction of its connection. */
final class Purge {

    private static final String OLDEST = "select id, source, trace from voice_call where id < ? order by id limit ?";
    private static final String CALL = "delete from voice_call where id = ?";
    private static final String CHILD = "delete from voice_child where id = ?";
    private static final String LIVE = "delete from voice_live where id = ?";
    private static final String MESSAGES = "delete from voice_trace where source = ? and trace = ?";
    private static final String SOURCES = "select id from voice_source";
    private static final String ENDED = "select id, newest from voice_ended where id >= ? and id < ? order by id limit 1000";
    private static final String END = "delete from voice_ended where id = ?";

    private static final String SETTLED = "select source, number from voice_callback where settled < ? order by settled limit ?";
    private static final String CALLBACK = "delete from voice_callback where source = ? and number = ?";
    private static final String ATTEMPTS = "delete from voice_callback_attempt where source = ? and number = ?";

    /** Their states went when they ended. */
    private static final String OVER = "select sub_key from voice_subscription where ended < ? order by ended limit ?";
    private static final String SUBSCRIPTION = "delete from voice_subscription where sub_key = ?";
    private static final String ERRANDS = "delete from voice_subscription_errand where created < ?";
    private static final String NODES = "delete from voice_subscription_node where seen < ?";

    private static final String STATUSES = "select source, account_key, sequence from voice_account_status where created < ? order by created limit ?";
    private static final String STATUS = "delete from voice_account_status where source = ? and account_key = ? and sequence = ?";

    private record Old(long id, int source, long trace) {
    }

    private final Connection connection;

    Purge(Connection connection) {
        this.connection = connection;
    }

    int run(Instant createdBefore, int most) throws SQLException {
        long below = Keys.idAt(createdBefore);
        List<Old> calls = oldest(below, most);
        if (!calls.isEmpty()) {
            delete(calls);
        }
        if (calls.size() < most) {
            ended(below);
            int told = callbacks(createdBefore, most - calls.size());
            int others = calls.size() + told;
            others += subscriptions(createdBefore, most - others);
            return others + statuses(createdBefore, most - others);
        }
        return calls.size();
    }

    private int callbacks(Instant settledBefore, int most) throws SQLException {
        int count = 0;
        try (PreparedStatement select = connection.prepareStatement(SETTLED); PreparedStatement callback = connection.prepareStatement(CALLBACK);
             PreparedStatement attempts = connection.prepareStatement(ATTEMPTS)) {
            select.setLong(1, Micros.of(settledBefore));
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    for (PreparedStatement delete : List.of(callback, attempts)) {
                        delete.setInt(1, rows.getInt(1));
                        delete.setLong(2, rows.getLong(2));
                        delete.addBatch();
                    }
                    count++;
                }
            }
            if (count > 0) {
                callback.executeBatch();
                attempts.executeBatch();
            }
        }
        return count;
    }

    private int subscriptions(Instant endedBefore, int most) throws SQLException {
        try (PreparedStatement errands = connection.prepareStatement(ERRANDS); PreparedStatement nodes = connection.prepareStatement(NODES)) {
            errands.setLong(1, Micros.of(endedBefore));
            errands.executeUpdate();
            nodes.setLong(1, Micros.of(endedBefore));
            nodes.executeUpdate();
        }
        int count = 0;
        try (PreparedStatement select = connection.prepareStatement(OVER); PreparedStatement delete = connection.prepareStatement(SUBSCRIPTION)) {
            select.setLong(1, Micros.of(endedBefore));
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    delete.setLong(1, rows.getLong(1));
                    delete.addBatch();
                    count++;
                }
            }
            if (count > 0) {
                delete.executeBatch();
            }
        }
        return count;
    }

    private int statuses(Instant createdBefore, int most) throws SQLException {
        int count = 0;
        try (PreparedStatement select = connection.prepareStatement(STATUSES); PreparedStatement delete = connection.prepareStatement(STATUS)) {
            select.setLong(1, Micros.of(createdBefore));
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    delete.setInt(1, rows.getInt(1));
                    delete.setLong(2, rows.getLong(2));
                    delete.setLong(3, rows.getLong(3));
                    delete.addBatch();
                    count++;
                }
            }
            if (count > 0) {
                delete.executeBatch();
            }
        }
        return count;
    }

    private List<Old> oldest(long below, int most) throws SQLException {
        List<Old> calls = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
            select.setLong(1, below);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    calls.add(new Old(rows.getLong(1), rows.getInt(2), rows.getLong(3)));
                }
            }
        }
        return calls;
    }

    private void delete(List<Old> calls) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(CALL); PreparedStatement live = connection.prepareStatement(LIVE);
             PreparedStatement child = connection.prepareStatement(CHILD); PreparedStatement messages = connection.prepareStatement(MESSAGES)) {
            for (Old old : calls) {
                call.setLong(1, old.id());
                call.addBatch();
                live.setLong(1, old.id());
                live.addBatch();
                child.setLong(1, old.id());
                child.addBatch();
                messages.setInt(1, old.source());
                messages.setLong(2, old.trace());
                messages.addBatch();
            }
            call.executeBatch();
            live.executeBatch();
            child.executeBatch();
            messages.executeBatch();
        }
    }

    /** Numbers of ends that lead to deleted calls only. */
    private void ended(long below) throws SQLException {
        List<Integer> sources = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SOURCES); ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                sources.add(rows.getInt(1));
            }
        }
        try (PreparedStatement select = connection.prepareStatement(ENDED); PreparedStatement delete = connection.prepareStatement(END)) {
            for (int source : sources) {
                select.setLong(1, Keys.endedKey(source, 0));
                select.setLong(2, Keys.endedKey(source + 1, 0));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next() && rows.getLong(2) < below) {
                        delete.setLong(1, rows.getLong(1));
                        delete.addBatch();
                    }
                }
            }
            delete.executeBatch();
        }
    }
}
