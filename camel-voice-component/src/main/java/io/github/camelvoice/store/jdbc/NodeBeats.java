package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Which nodes are alive. Counted, not timed: clocks of nodes differ, and jump. */
final class NodeBeats {

    private static final String BEAT = "update voice_subscription_node set beats = beats + 1, seen = ? where source = ?";
    private static final String FIRST = "insert into voice_subscription_node (source, beats, seen) values (?, 1, ?)";
    private static final String ALL = "select source, beats from voice_subscription_node";

    private NodeBeats() {
    }

    /** @throws SQLException that {@link Failures#isStale} if the first beat came twice at once */
    static Map<Integer, Long> beat(Connection connection, int source) throws SQLException {
        long now = Micros.of(Instant.now());
        try (PreparedStatement beat = connection.prepareStatement(BEAT)) {
            beat.setLong(1, now);
            beat.setInt(2, source);
            if (beat.executeUpdate() == 0) {
                first(connection, source, now);
            }
        }
        Map<Integer, Long> beats = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(ALL); ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                beats.put(rows.getInt(1), rows.getLong(2));
            }
        }
        return beats;
    }

    private static void first(Connection connection, int source, long now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(FIRST)) {
            insert.setInt(1, source);
            insert.setLong(2, now);
            insert.executeUpdate();
        }
    }
}
