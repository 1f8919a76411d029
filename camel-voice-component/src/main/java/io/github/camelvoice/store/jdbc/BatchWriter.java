package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.Packer;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.LogEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes one batch of a source in the transaction of its connection. */
final class BatchWriter {

    private static final String MOVE = "update voice_source set position = ?, begun = ?, ended = ?, parts = ? where id = ? and position = ?";
    private static final String BEGIN = "insert into voice_call"
        + " (id, drawer, call_key, sip_key, project_key, source, trace, direction, cause, parties, details)"
        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String CHILD = "insert into voice_child (id, drawer, parent_key) values (?, ?, ?)";
    private static final String LIVE = "insert into voice_live (id, source, trace) values (?, ?, ?)";
    private static final String END = "update voice_call set sip_key = ?, cause = ?, parties = ?, details = ? where id = ?";
    private static final String NOT_LIVE = "delete from voice_live where id = ?";
    private static final String MESSAGES = "insert into voice_trace (source, trace, part, data) values (?, ?, ?, ?)";
    private static final String ENDED = "insert into voice_ended (id, newest, calls) values (?, ?, ?)";

    private final Connection connection;
    private final Dialect dialect;
    private final SourceState state;
    private final BatchPlan plan;
    private long parts;
    private String lastProject;
    private long lastProjectKey;

    BatchWriter(Connection connection, Dialect dialect, SourceState state, BatchPlan.Present present) {
        this.connection = connection;
        this.dialect = dialect;
        this.state = state;
        this.plan = new BatchPlan(state.id, present);
        this.parts = state.parts;
    }

    /** @throws SQLException that {@link Failures#isStale} if a row was there, or was not there, against what we knew */
    void write(long position, List<? extends LogEntry> entries) throws SQLException {
        entries.forEach(plan::add);
        begin();
        children();
        end();
        messages();
        ended();
        plan.callbacks().write(connection, state.id);
        plan.subscriptions().write(connection, state.id);
        plan.sessions().write(connection, state.id);
        move(position);
    }

    private void move(long position) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MOVE)) {
            update.setLong(1, position);
            update.setLong(2, state.begun + plan.begun().size());
            update.setLong(3, state.ended + plan.ends().size());
            update.setLong(4, parts);
            update.setInt(5, state.id);
            update.setLong(6, state.position);
            if (update.executeUpdate() != 1) {
                throw new SQLException("the source has moved", Failures.STALE);
            }
        }
    }

    private void begin() throws SQLException {
        int calls = 0;
        int live = 0;
        try (PreparedStatement insert = connection.prepareStatement(BEGIN); PreparedStatement alive = connection.prepareStatement(LIVE)) {
            for (BatchPlan.Row row : plan.begun()) {
                CallRecord call = row.call;
                insert.setLong(1, row.id);
                insert.setInt(2, dialect.drawer(state.begun + calls));
                insert.setLong(3, Keys.of(call.callId()));
                insert.setLong(4, Keys.of(call.sipCallId()));
                insert.setLong(5, projectKey(call.project()));
                insert.setInt(6, state.id);
                insert.setLong(7, row.trace);
                insert.setString(8, call.direction().name());
                insert.setString(9, cause(row));
                insert.setString(10, Keys.parties(call.from(), call.to()));
                insert.setBytes(11, RecordCodec.pack(call, row.dropped));
                insert.addBatch();
                calls++;
                if (!row.over) {
                    alive.setLong(1, row.id);
                    alive.setInt(2, state.id);
                    alive.setLong(3, row.trace);
                    alive.addBatch();
                    live++;
                }
            }
            execute(insert, calls);
            execute(alive, live);
        }
    }

    private void children() throws SQLException {
        int number = 0;
        int children = 0;
        try (PreparedStatement insert = connection.prepareStatement(CHILD)) {
            for (BatchPlan.Row row : plan.begun()) {
                if (row.call.parentCallId() != null) {
                    insert.setLong(1, row.id);
                    insert.setInt(2, dialect.drawer(state.begun + number));
                    insert.setLong(3, Keys.of(row.call.parentCallId()));
                    insert.addBatch();
                    children++;
                }
                number++;
            }
            execute(insert, children);
        }
    }

    private void end() throws SQLException {
        int calls = 0;
        try (PreparedStatement update = connection.prepareStatement(END); PreparedStatement dead = connection.prepareStatement(NOT_LIVE)) {
            for (BatchPlan.Row row : plan.ended()) {
                update.setLong(1, Keys.of(row.call.sipCallId()));
                update.setString(2, cause(row));
                update.setString(3, Keys.parties(row.call.from(), row.call.to()));
                update.setBytes(4, RecordCodec.pack(row.call, row.dropped));
                update.setLong(5, row.id);
                update.addBatch();
                dead.setLong(1, row.id);
                dead.addBatch();
                calls++;
            }
            if (calls == 0) {
                return;
            }
            for (int updated : update.executeBatch()) {
                if (updated == 0) {
                    throw new SQLException("a call that began is gone", Failures.STALE);
                }
            }
            execute(dead, calls);
        }
    }

    private void messages() throws SQLException {
        if (plan.messages().isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(MESSAGES)) {
            for (Map.Entry<Long, List<MessageCodec>> each : plan.messages().entrySet()) {
                for (MessageCodec part : each.getValue()) {
                    insert.setInt(1, state.id);
                    insert.setLong(2, each.getKey());
                    insert.setLong(3, ++parts);
                    insert.setBytes(4, part.toBytes());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void ended() throws SQLException {
        if (plan.ends().isEmpty()) {
            return;
        }
        long newest = 0;
        Packer calls = new Packer(plan.ends().size() * Long.BYTES);
        for (BatchPlan.Row row : plan.ends()) {
            calls.fixed(row.id);
            newest = Math.max(newest, row.id);
        }
        try (PreparedStatement insert = connection.prepareStatement(ENDED)) {
            insert.setLong(1, Keys.endedKey(state.id, state.ended + 1));
            insert.setLong(2, newest);
            insert.setBytes(3, calls.toBytes());
            insert.executeUpdate();
        }
    }

    private static void execute(PreparedStatement statement, int rows) throws SQLException {
        if (rows > 0) {
            statement.executeBatch();
        }
    }

    private long projectKey(String project) {
        if (!project.equals(lastProject)) {
            lastProject = project;
            lastProjectKey = Keys.of(project);
        }
        return lastProjectKey;
    }

    /** Null means that the call lives. */
    private static String cause(BatchPlan.Row row) {
        if (!row.over) {
            return null;
        }
        return row.call.cause() == null ? "" : row.call.cause().kind().name();
    }

    /** The state as it is once the transaction is through. */
    void committed(long position) {
        state.position = position;
        state.begun += plan.begun().size();
        state.ended += plan.ends().size();
        state.parts = parts;
        for (BatchPlan.Row row : plan.begun()) {
            if (!row.over) {
                state.live.put(row.call.callId(), row.id);
            }
        }
        for (BatchPlan.Row row : plan.ends()) {
            state.live.remove(row.call.callId());
        }
    }
}
