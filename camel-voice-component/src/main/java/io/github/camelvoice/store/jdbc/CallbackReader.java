package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.StoredCallback;
import io.github.camelvoice.store.CallbackKey;
import io.github.camelvoice.store.CallbackStore.Found;
import io.github.camelvoice.store.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds callbacks. One connection, one thread. */
final class CallbackReader {

    private static final String COLUMNS = "select c.number, c.id, c.created, c.since, c.state, c.settled, c.cause, c.details,"
        + " (select coalesce(max(a.attempt), 0) from voice_callback_attempt a where a.source = c.source and a.number = c.number)";
    private static final String FROM = " from voice_callback c where ";
    private static final String WAITING = "c.source = ? and c.number > ? and c.number < ? and c.state = 'WAITING' order by c.number limit ?";
    private static final String OF_ONE = COLUMNS + FROM + "c.receiver = ? and " + WAITING;
    private static final String OF_ALL = COLUMNS + FROM + WAITING;
    private static final String BY_ID = COLUMNS + ", s.name, c.source from voice_callback c join voice_source s on s.id = c.source where c.id = ?";
    private static final String ATTEMPTS = "select attempt, data from voice_callback_attempt where source = ? and number = ? order by attempt";
    private static final int LONGEST_ID = 64;

    private final Connection connection;

    CallbackReader(Connection connection) {
        this.connection = connection;
    }

    private static StoredCallback row(ResultSet row, List<Attempt> attempts) throws SQLException {
        Callback callback = CallbackDetails.unpack(row.getBytes(8));
        long settled = row.getLong(6);
        Instant settledAt = row.wasNull() ? null : Micros.at(settled);
        return new StoredCallback(row.getLong(1), row.getString(2), callback, Micros.at(row.getLong(3)), Micros.at(row.getLong(4)),
                CallbackState.valueOf(row.getString(5)), settledAt, row.getString(7), row.getInt(9), attempts);
    }

    List<StoredCallback> waiting(int source, String receiver, long after, long below, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(receiver == null ? OF_ALL : OF_ONE)) {
            int at = 1;
            if (receiver != null) {
                select.setLong(at++, Keys.of(receiver));
            }
            select.setInt(at++, source);
            select.setLong(at++, after);
            select.setLong(at++, below);
            select.setInt(at, most);
            return rows(select);
        }
    }

    private static List<StoredCallback> rows(PreparedStatement select) throws SQLException {
        List<StoredCallback> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(row(rows, List.of()));
            }
        }
        return found;
    }

    Optional<Found> find(String id) throws SQLException {
        if (id.length() > LONGEST_ID || id.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            return Optional.empty();
        }
        try (PreparedStatement select = connection.prepareStatement(BY_ID)) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Found(rows.getString(10), row(rows, attempts(rows.getInt(11), rows.getLong(1)))));
            }
        }
    }

    private List<Attempt> attempts(int source, long number) throws SQLException {
        List<Attempt> attempts = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ATTEMPTS)) {
            select.setInt(1, source);
            select.setLong(2, number);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    attempts.add(CallbackDetails.unpack(rows.getInt(1), rows.getBytes(2)));
                }
            }
        }
        return attempts;
    }

    CallbackPage page(CallbackQuery query, CallbackKey from) throws SQLException {
        StringBuilder sql = new StringBuilder(COLUMNS).append(FROM).append("1 = 1");
        List<Object> values = new ArrayList<>();
        if (query.state() != null) {
            sql.append(" and c.state = ?");
            values.add(query.state().name());
        }
        if (query.callId() != null) {
            sql.append(" and c.call_key = ?");
            values.add(Keys.of(query.callId()));
        }
        if (from != null) {
            sql.append(" and c.created <= ? and (c.created < ? or c.number < ?)");
            values.add(from.at());
            values.add(from.at());
            values.add(from.number());
        }
        sql.append(" order by c.created desc, c.number desc limit ").append(query.limit() + 1);
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            List<StoredCallback> found = rows(select);
            if (found.size() <= query.limit()) {
                return new CallbackPage(found, null);
            }
            List<StoredCallback> page = found.subList(0, query.limit());
            StoredCallback last = page.get(page.size() - 1);
            return new CallbackPage(page, new CallbackKey(Micros.of(last.at()), last.number()).token());
        }
    }
}
