package io.github.camelvoice.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What the database has of a source as of the last commit, kept by its only writer so that it need not ask again. */
final class SourceState {

    private static final String FIND = "select id, position, begun, ended, parts from voice_source where name = ?";
    private static final String INSERT = "insert into voice_source (id, name, position, begun, ended, parts) values (?, ?, 0, 0, 0, 0)";
    private static final String HIGHEST = "select coalesce(max(id), 0) from voice_source";
    private static final String LIVE = "select c.id, c.details from voice_live l join voice_call c on c.id = l.id where l.source = ?";

    final int id;
    long position;
    long begun;
    long ended;
    long parts;
    /** Calls that have begun and not ended, by our call id. */
    final Map<String, Long> live = new HashMap<>();

    private SourceState(int id) {
        this.id = id;
    }

    /**
     * As it is in the database; makes the source known if it is new.
     *
     * @throws SQLException that {@link Failures#isStale} if somebody else does so now
     */
    static SourceState load(Connection connection, String name) throws SQLException {
        SourceState known = known(connection, name);
        try (PreparedStatement select = connection.prepareStatement(LIVE)) {
            select.setInt(1, known.id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.live.put(RecordCodec.unpack(rows.getBytes(2)).call().callId(), rows.getLong(1));
                }
            }
        }
        return known;
    }

    /** Without its live calls; makes the source known if it is new. @throws SQLException as {@link #load} */
    static SourceState known(Connection connection, String name) throws SQLException {
        SourceState known = find(connection, name);
        if (known == null) {
            insert(connection, name);
            known = find(connection, name);
        }
        return known;
    }

    /** Without its live calls. @return null if it never wrote anything */
    static SourceState find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setString(1, Keys.name(name));
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                SourceState state = new SourceState(rows.getInt(1));
                state.position = rows.getLong(2);
                state.begun = rows.getLong(3);
                state.ended = rows.getLong(4);
                state.parts = rows.getLong(5);
                return state;
            }
        }
    }

    private static void insert(Connection connection, String name) throws SQLException {
        int highest;
        try (PreparedStatement select = connection.prepareStatement(HIGHEST); ResultSet rows = select.executeQuery()) {
            rows.next();
            highest = rows.getInt(1);
        }
        if (highest >= Keys.MOST_SOURCES) {
            throw new IllegalArgumentException("more than " + Keys.MOST_SOURCES + " sources wrote calls into this database");
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, highest + 1);
            insert.setString(2, Keys.name(name));
            insert.executeUpdate();
        }
    }
}
