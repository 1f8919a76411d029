package io.github.camelvoice.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** What differs between the two databases. */
enum Dialect {

    /** A commit of H2 is on the disk some time later; {@code CHECKPOINT SYNC} brings it there. */
    H2(Map.of("bytes", "VARBINARY(1048576)", "postgresql", "-- "), "CHECKPOINT SYNC", 2000),
    POSTGRESQL(Map.of("bytes", "BYTEA", "postgresql", ""), null, Long.MAX_VALUE);

    private final Map<String, String> placeholders;
    private final String force;
    private final long drawer;

    Dialect(Map<String, String> placeholders, String force, long drawer) {
        this.placeholders = placeholders;
        this.force = force;
        this.drawer = drawer;
    }

    /** @throws IllegalArgumentException if it is another database */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default -> throw new IllegalArgumentException("calls are kept in H2 or PostgreSQL, not in " + product);
        };
    }

    /** What stands for the types and statements that differ in the migrations. */
    Map<String, String> placeholders() {
        return placeholders;
    }

    /** Statement that brings what was committed to the disk, null where a commit does. */
    String force() {
        return force;
    }

    /** The drawer for the keys of a source's call with this number. */
    int drawer(long number) {
        return (int) (number / drawer);
    }

    /** Whether {@code (a, b) < (1, 2)} is a range of an index by a and b. */
    boolean comparesRows() {
        return this == POSTGRESQL;
    }
}
