package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.SubscriptionRows.Errand;
import io.github.camelvoice.store.SubscriptionRows.Row;
import io.github.camelvoice.store.SubscriptionRows.StateRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds subscriptions. One connection, one thread. */
final class SubscriptionReader {

    private static final int AT_ONCE = 200;
    private static final String KNOWN = "select sub_key, owner, created, ended from voice_subscription where sub_key in (";
    private static final String COLUMNS = "select v.sub_key, n.name, v.version, v.told, v.details from voice_subscription v"
        + " join voice_source n on n.id = v.owner where v.ended is null and ";
    private static final String OF_ONE = COLUMNS + "v.sub_key = ?";
    private static final String OF_PART = COLUMNS + "v.part = ? and v.owner = ? order by v.created";
    private static final String OF_ALL = COLUMNS + "1 = 1 order by v.created limit ?";
    private static final String OF_ACCOUNT = COLUMNS + "v.account_key = ? order by v.created limit ?";
    private static final String STATES = "select sub_key, version, data from voice_subscription_state where sub_key = ?";
    private static final String STATES_OF_PART = "select s.sub_key, s.version, s.data from voice_subscription_state s"
        + " join voice_subscription v on v.sub_key = s.sub_key where v.ended is null and v.part = ? and v.owner = ?";
    private static final String TAKE_OVER = "update voice_subscription set owner = ? where part = ? and owner <> ? and ended is null";
    private static final String ERRANDS = "select source, number, id, data from voice_subscription_errand order by created limit ?";
    private static final String OTHERS = "select distinct part from voice_subscription where ended is null and owner <> ?";

    private final Connection connection;

    SubscriptionReader(Connection connection) {
        this.connection = connection;
    }

    /** What is there of subscriptions with these keys, by key. */
    Map<Long, SubscriptionBatch.Known> known(Collection<Long> keys) throws SQLException {
        Map<Long, SubscriptionBatch.Known> found = new HashMap<>();
        List<Long> all = new ArrayList<>(keys);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Long> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            String sql = KNOWN + some.stream().map(key -> "?").collect(Collectors.joining(", ")) + ")";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int i = 0; i < some.size(); i++) {
                    select.setLong(i + 1, some.get(i));
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        boolean over = rows.getObject(4) != null;
                        found.put(rows.getLong(1), new SubscriptionBatch.Known(rows.getInt(2), rows.getLong(3), over));
                    }
                }
            }
        }
        return found;
    }

    void takeOver(int source, int partition) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TAKE_OVER)) {
            update.setInt(1, source);
            update.setInt(2, partition);
            update.setInt(3, source);
            update.executeUpdate();
        }
    }

    List<Row> ofPartition(int source, int partition) throws SQLException {
        Map<Long, List<StateRow>> states = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(STATES_OF_PART)) {
            select.setInt(1, partition);
            select.setInt(2, source);
            states(select, states);
        }
        try (PreparedStatement select = connection.prepareStatement(OF_PART)) {
            select.setInt(1, partition);
            select.setInt(2, source);
            return rows(select, states);
        }
    }

    Optional<Row> find(long key) throws SQLException {
        Map<Long, List<StateRow>> states = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(STATES)) {
            select.setLong(1, key);
            states(select, states);
        }
        try (PreparedStatement select = connection.prepareStatement(OF_ONE)) {
            select.setLong(1, key);
            return rows(select, states).stream().findFirst();
        }
    }

    List<Row> list(String account, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(account == null ? OF_ALL : OF_ACCOUNT)) {
            int at = 1;
            if (account != null) {
                select.setLong(at++, Keys.of(account));
            }
            select.setInt(at, most);
            return rows(select, Map.of());
        }
    }

    private static void states(PreparedStatement select, Map<Long, List<StateRow>> into) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                into.computeIfAbsent(rows.getLong(1), key -> new ArrayList<>()).add(new StateRow(rows.getLong(2), rows.getBytes(3)));
            }
        }
    }

    private static List<Row> rows(PreparedStatement select, Map<Long, List<StateRow>> states) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Row(rows.getString(2), rows.getLong(3), rows.getLong(4), rows.getBytes(5),
                        states.getOrDefault(rows.getLong(1), List.of())));
            }
        }
        return found;
    }

    List<Errand> errands(int most) throws SQLException {
        List<Errand> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ERRANDS)) {
            select.setInt(1, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Errand(rows.getInt(1), rows.getLong(2), rows.getString(3), rows.getBytes(4)));
                }
            }
        }
        return found;
    }

    Set<Integer> partitionsOfOthers(int source) throws SQLException {
        Set<Integer> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
            select.setInt(1, source);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getInt(1));
                }
            }
        }
        return found;
    }
}
