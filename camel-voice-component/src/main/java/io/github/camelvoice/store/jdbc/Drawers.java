package io.github.camelvoice.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Which drawers of keys there are. PostgreSQL has one. */
record Drawers(int first, int last) {

    private static final String RANGE = "select coalesce(min(drawer), 0), coalesce(max(drawer), -1) from voice_call";

    static Drawers of(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RANGE); ResultSet rows = select.executeQuery()) {
            rows.next();
            return new Drawers(rows.getInt(1), rows.getInt(2));
        }
    }
}
