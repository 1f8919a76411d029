package io.github.camelvoice.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** How far consumers have come. */
final class Cursors {

    private static final String SELECT = "select number from voice_cursor where source = ? and consumer = ?";
    private static final String UPDATE = "update voice_cursor set number = ? where source = ? and consumer = ?";
    private static final String INSERT = "insert into voice_cursor (number, source, consumer) values (?, ?, ?)";

    private Cursors() {
    }

    static OptionalLong read(Connection connection, int source, String consumer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setInt(1, source);
            select.setString(2, Keys.name(consumer));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    static void move(Connection connection, int source, String consumer, long number) throws SQLException {
        if (write(connection, UPDATE, source, consumer, number) == 0) {
            write(connection, INSERT, source, consumer, number);
        }
    }

    private static int write(Connection connection, String sql, int source, String consumer, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, number);
            statement.setInt(2, source);
            statement.setString(3, Keys.name(consumer));
            return statement.executeUpdate();
        }
    }
}
