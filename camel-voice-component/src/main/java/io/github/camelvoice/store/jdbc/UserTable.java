package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.account.Ha1;
import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.store.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Users of ours. One connection, one thread. */
final class UserTable {

    private static final String VERSION = "select version from voice_user_version";
    /** Whoever changes users waits here for one another. */
    private static final String NEXT = "update voice_user_version set version = version + 1";
    private static final String ALL = "select name, realm, ha1_md5, ha1_sha256, ha1_sha512_256 from voice_user order by name";
    private static final String REMOVE = "delete from voice_user where user_key = ?";
    private static final String ADD = "insert into voice_user (user_key, name, realm, ha1_md5, ha1_sha256, ha1_sha512_256, changed)"
        + " values (?, ?, ?, ?, ?, ?, ?)";

    private final Connection connection;

    UserTable(Connection connection) {
        this.connection = connection;
    }

    long version() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(VERSION); ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    List<StoredUser> all() throws SQLException {
        List<StoredUser> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ALL); ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new StoredUser(rows.getString(1), rows.getString(2), new Ha1(rows.getString(3), rows.getString(4), rows.getString(5))));
            }
        }
        return found;
    }

    private void next() throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(NEXT)) {
            update.executeUpdate();
        }
    }

    void put(StoredUser user) throws SQLException {
        next();
        delete(user.name());
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setLong(1, Keys.of(user.name()));
            insert.setString(2, user.name());
            insert.setString(3, user.realm());
            insert.setString(4, user.ha1().md5());
            insert.setString(5, user.ha1().sha256());
            insert.setString(6, user.ha1().sha512256());
            insert.setLong(7, Micros.of(Instant.now()));
            insert.executeUpdate();
        }
    }

    boolean remove(String name) throws SQLException {
        next();
        return delete(name);
    }

    private boolean delete(String name) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setLong(1, Keys.of(name));
            return delete.executeUpdate() > 0;
        }
    }
}
