package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.TraceEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the database has of the calls of a batch, looked up one by one: slow, for batches of which something is there already. */
final class StoredCalls implements BatchPlan.Present {

    private static final String CALL = "select id, cause from voice_call where drawer = ? and call_key = ?";
    private static final String IDS = "select id from voice_call where id >= ? and id <= ? order by id limit 1000";

    private static final String TRIED = "select (select coalesce(max(a.attempt), 0) from voice_callback_attempt a"
        + " where a.source = c.source and a.number = c.number) from voice_callback c where c.source = ? and c.number = ?";

    private final Map<String, BatchPlan.Known> calls = new HashMap<>();
    private final Set<Long> ids = new HashSet<>();
    private final Map<Long, Integer> tried = new HashMap<>();

    StoredCalls(Connection connection, int source, List<? extends LogEntry> entries) throws SQLException {
        Drawers drawers = Drawers.of(connection);
        try (PreparedStatement call = connection.prepareStatement(CALL); PreparedStatement near = connection.prepareStatement(IDS);
             PreparedStatement callback = connection.prepareStatement(TRIED)) {
            for (LogEntry entry : entries) {
                if (entry instanceof TraceEntry.Opened opened) {
                    lookUp(call, drawers, opened.call().callId());
                    lookUp(near, Keys.idAt(opened.call().createdAt(), source));
                } else if (entry instanceof TraceEntry.Ended ended) {
                    lookUp(call, drawers, ended.call().callId());
                    lookUp(near, Keys.idAt(ended.call().createdAt(), source));
                } else if (entry instanceof CallbackEntry known && !tried.containsKey(known.number())) {
                    lookUp(callback, source, known.number());
                }
            }
        }
    }

    private void lookUp(PreparedStatement select, Drawers drawers, String callId) throws SQLException {
        if (calls.containsKey(callId)) {
            return;
        }
        select.setLong(2, Keys.of(callId));
        for (int drawer = drawers.last(); drawer >= drawers.first(); drawer--) {
            select.setInt(1, drawer);
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    calls.put(callId, new BatchPlan.Known(rows.getLong(1), rows.getString(2) != null));
                    return;
                }
            }
        }
    }

    /** The numbers that are taken from this one on, for a millisecond. */
    private void lookUp(PreparedStatement select, long id) throws SQLException {
        select.setLong(1, id);
        select.setLong(2, id + 1000 * Keys.MICRO);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
    }

    private void lookUp(PreparedStatement select, int source, long number) throws SQLException {
        select.setInt(1, source);
        select.setLong(2, number);
        try (ResultSet rows = select.executeQuery()) {
            tried.put(number, rows.next() ? rows.getInt(1) : -1);
        }
    }

    @Override
    public int tried(long number) {
        return tried.getOrDefault(number, -1);
    }

    @Override
    public BatchPlan.Known call(String callId) {
        return calls.get(callId);
    }

    @Override
    public boolean hasId(long id) {
        return ids.contains(id);
    }
}
