package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.store.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch of entries comes to for callbacks: one row each, however much happened to it, and one for each attempt. */
final class CallbackBatch {

    private static final String INSERT = "insert into voice_callback"
        + " (source, number, id, call_key, receiver, created, since, state, settled, cause, details) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String CHANGE = "update voice_callback set state = ?, settled = ?, cause = ? where source = ? and number = ?";
    private static final String REPLAY = "update voice_callback set since = ? where source = ? and number = ?";
    private static final String ATTEMPT = "insert into voice_callback_attempt (source, number, attempt, data) values (?, ?, ?, ?)";

    /** A callback that the batch is about. */
    private static final class Row {
        private CallbackEntry.Queued queued;
        private Instant since;
        /** Null where it stays as it is. */
        private CallbackState state;
        private Instant settledAt;
        private String cause;
    }

    private final BatchPlan.Present present;
    private final Map<Long, Row> rows = new LinkedHashMap<>();
    private final List<CallbackEntry.Attempted> attempts = new ArrayList<>();

    CallbackBatch(BatchPlan.Present present) {
        this.present = present;
    }

    void add(CallbackEntry entry) {
        Row row = rows.computeIfAbsent(entry.number(), number -> new Row());
        if (entry instanceof CallbackEntry.Queued queued) {
            if (present.tried(entry.number()) < 0) {
                row.queued = queued;
            }
        } else if (entry instanceof CallbackEntry.Attempted attempted) {
            if (attempted.attempt().number() > present.tried(entry.number())) {
                attempts.add(attempted);
            }
        } else if (entry instanceof CallbackEntry.Settled settled) {
            row.state = settled.state();
            row.settledAt = settled.at();
            row.cause = settled.cause();
        } else if (entry instanceof CallbackEntry.Replayed replayed) {
            row.state = CallbackState.WAITING;
            row.settledAt = null;
            row.cause = null;
            row.since = replayed.at();
        }
    }

    void write(Connection connection, int source) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        insert(connection, source);
        change(connection, source);
        attempts(connection, source);
    }

    private void insert(Connection connection, int source) throws SQLException {
        int count = 0;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows.values()) {
                CallbackEntry.Queued queued = row.queued;
                if (queued == null) {
                    continue;
                }
                long created = Micros.of(queued.at());
                insert.setInt(1, source);
                insert.setLong(2, queued.number());
                insert.setString(3, queued.id());
                insert.setLong(4, Keys.of(queued.callback().callId()));
                insert.setLong(5, Keys.of(queued.callback().receiver()));
                insert.setLong(6, created);
                insert.setLong(7, row.since == null ? created : Micros.of(row.since));
                insert.setString(8, (row.state == null ? CallbackState.WAITING : row.state).name());
                settled(insert, 9, row);
                insert.setBytes(11, CallbackDetails.pack(queued.callback()));
                insert.addBatch();
                count++;
            }
            if (count > 0) {
                insert.executeBatch();
            }
        }
    }

    private void change(Connection connection, int source) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(CHANGE); PreparedStatement replay = connection.prepareStatement(REPLAY)) {
            int changes = 0;
            int replays = 0;
            for (Map.Entry<Long, Row> each : rows.entrySet()) {
                Row row = each.getValue();
                if (row.queued != null || row.state == null) {
                    continue;
                }
                change.setString(1, row.state.name());
                settled(change, 2, row);
                change.setInt(4, source);
                change.setLong(5, each.getKey());
                change.addBatch();
                changes++;
                if (row.since != null) {
                    replay.setLong(1, Micros.of(row.since));
                    replay.setInt(2, source);
                    replay.setLong(3, each.getKey());
                    replay.addBatch();
                    replays++;
                }
            }
            if (changes > 0) {
                change.executeBatch();
            }
            if (replays > 0) {
                replay.executeBatch();
            }
        }
    }

    private static void settled(PreparedStatement statement, int at, Row row) throws SQLException {
        if (row.settledAt == null) {
            statement.setNull(at, Types.BIGINT);
        } else {
            statement.setLong(at, Micros.of(row.settledAt));
        }
        statement.setString(at + 1, row.cause == null ? null : row.cause.replace("\u0000", ""));
    }

    private void attempts(Connection connection, int source) throws SQLException {
        if (attempts.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(ATTEMPT)) {
            for (CallbackEntry.Attempted attempted : attempts) {
                insert.setInt(1, source);
                insert.setLong(2, attempted.number());
                insert.setInt(3, attempted.attempt().number());
                insert.setBytes(4, CallbackDetails.pack(attempted.attempt()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
