package io.github.camelvoice.store.jdbc;

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

    private final Map<String, BatchPlan.Known> calls = new HashMap<>();
    private final Set<Long> ids = new HashSet<>();

    StoredCalls(Connection connection, int source, List<TraceEntry> entries) throws SQLException {
        Drawers drawers = Drawers.of(connection);
        try (PreparedStatement call = connection.prepareStatement(CALL); PreparedStatement near = connection.prepareStatement(IDS)) {
            for (TraceEntry entry : entries) {
                if (entry instanceof TraceEntry.Opened opened) {
                    lookUp(call, drawers, opened.call().callId());
                    lookUp(near, Keys.idAt(opened.call().createdAt(), source));
                } else if (entry instanceof TraceEntry.Ended ended) {
                    lookUp(call, drawers, ended.call().callId());
                    lookUp(near, Keys.idAt(ended.call().createdAt(), source));
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

    @Override
    public BatchPlan.Known call(String callId) {
        return calls.get(callId);
    }

    @Override
    public boolean hasId(long id) {
        return ids.contains(id);
    }
}
