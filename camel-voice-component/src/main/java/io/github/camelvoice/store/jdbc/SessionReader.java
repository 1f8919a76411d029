package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.SessionRows.AccountRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds accounts and their statuses. One connection, one thread. */
final class SessionReader {

    private static final String ACCOUNTS = "select a.data, a.newest, (select max(s.sequence) from voice_account_status s where s.source = a.source"
        + " and s.account_key = a.account_key) from voice_account a where a.source = ?";
    private static final String STATUSES = "select data from voice_account_status where source = ? and account_key = ? and sequence > ?"
        + " order by sequence desc limit ?";

    private final Connection connection;

    SessionReader(Connection connection) {
        this.connection = connection;
    }

    List<AccountRow> accounts(int source) throws SQLException {
        List<AccountRow> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ACCOUNTS)) {
            select.setInt(1, source);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new AccountRow(Math.max(rows.getLong(2), rows.getLong(3)), rows.getBytes(1)));
                }
            }
        }
        return found;
    }

    /** Oldest first. */
    List<byte[]> statuses(int source, String account, long after, int most) throws SQLException {
        List<byte[]> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(STATUSES)) {
            select.setInt(1, source);
            select.setLong(2, Keys.of(account));
            select.setLong(3, after);
            select.setInt(4, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getBytes(1));
                }
            }
        }
        Collections.reverse(found);
        return found;
    }
}
