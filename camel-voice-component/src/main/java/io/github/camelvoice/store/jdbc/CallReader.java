package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.CallStore.LiveTrace;
import io.github.camelvoice.store.CallStore.NumberedCall;
import io.github.camelvoice.store.Unpacker;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds single calls, and the calls that ended in a row. One connection, one thread. */
final class CallReader {

    private static final int STEP = 20;
    private static final int MOST_STEPS = 50;
    private static final int MOST_ROWS = 1000;
    private static final String BY_CALL_ID = "select id, source, trace, details from voice_call where drawer = ? and call_key = ?";
    private static final String BY_SIP_CALL_ID = "select id, source, trace, details from voice_call"
        + " where drawer = ? and sip_key = ? and id < ? order by drawer desc, sip_key desc, id desc limit " + STEP;
    private static final String CHILDREN = "select c.id, c.source, c.trace, c.details from voice_child k join voice_call c on c.id = k.id"
        + " where k.drawer = ? and k.parent_key = ? and c.project_key = ? order by k.drawer, k.parent_key, k.id limit ?";
    private static final String BY_ID = "select id, source, trace, details from voice_call where id = ?";
    private static final String LIVE = "select c.id, c.source, c.trace, c.details from voice_live l join voice_call c on c.id = l.id"
        + " where l.source = ? order by l.id";
    private static final String MESSAGES = "select data from voice_trace where source = ? and trace = ? order by part";
    private static final String ENDED_FROM = "select coalesce(max(id), 0) from voice_ended where id >= ? and id <= ?";
    private static final String ENDED = "select id, calls from voice_ended where id >= ? and id < ? order by id limit ?";

    private final Connection connection;

    CallReader(Connection connection) {
        this.connection = connection;
    }

    /** A row of a call. */
    record Found(int source, long trace, RecordCodec.Kept kept) {

        CallRecord call() {
            return kept.call();
        }

        static Found of(ResultSet row) throws SQLException {
            return new Found(row.getInt(2), row.getLong(3), RecordCodec.unpack(row.getBytes(4)));
        }
    }

    /** @return null if there is none */
    Found find(String project, String id) throws SQLException {
        Drawers drawers = Drawers.of(connection);
        String keptId = Keys.kept(id);
        String keptProject = Keys.kept(project);
        Found found = byCallId(drawers, Keys.of(id), keptProject, keptId);
        return found != null ? found : bySipCallId(drawers, Keys.of(id), keptProject, keptId);
    }

    private Found byCallId(Drawers drawers, long key, String project, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BY_CALL_ID)) {
            select.setLong(2, key);
            for (int drawer = drawers.last(); drawer >= drawers.first(); drawer--) {
                select.setInt(1, drawer);
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) {
                        Found found = Found.of(rows);
                        if (found.call().callId().equals(id) && found.call().project().equals(project)) {
                            return found;
                        }
                    }
                }
            }
        }
        return null;
    }

    /** The newest; calls of other projects that have the same are passed over, up to a bound. */
    private Found bySipCallId(Drawers drawers, long key, String project, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BY_SIP_CALL_ID)) {
            select.setLong(2, key);
            int steps = 0;
            for (int drawer = drawers.last(); drawer >= drawers.first(); drawer--) {
                select.setInt(1, drawer);
                long below = Long.MAX_VALUE;
                boolean more = true;
                while (more && steps < MOST_STEPS) {
                    select.setLong(3, below);
                    int count = 0;
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            below = rows.getLong(1);
                            count++;
                            Found found = Found.of(rows);
                            if (found.call().sipCallId().equals(id) && found.call().project().equals(project)) {
                                return found;
                            }
                        }
                    }
                    more = count == STEP;
                    steps += count > 0 ? 1 : 0;
                }
            }
        }
        return null;
    }

    /** Those of the project, oldest first. */
    List<CallRecord> children(String project, String callId, int most) throws SQLException {
        Drawers drawers = Drawers.of(connection);
        List<CallRecord> children = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(CHILDREN)) {
            select.setLong(2, Keys.of(callId));
            select.setLong(3, Keys.of(project));
            for (int drawer = drawers.first(); drawer <= drawers.last() && children.size() < most; drawer++) {
                select.setInt(1, drawer);
                select.setInt(4, most - children.size());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        CallRecord call = Found.of(rows).call();
                        if (callId.equals(call.parentCallId()) && call.project().equals(project)) {
                            children.add(call);
                        }
                    }
                }
            }
        }
        return children;
    }

    SipInfo withMessages(Found found) throws SQLException {
        List<SipMessage> messages = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(MESSAGES)) {
            select.setInt(1, found.source());
            select.setLong(2, found.trace());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    MessageCodec.unpack(rows.getBytes(1), messages);
                }
            }
        }
        return new SipInfo(found.call(), messages, found.kept().dropped());
    }

    List<LiveTrace> live(int source) throws SQLException {
        List<LiveTrace> live = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LIVE)) {
            select.setInt(1, source);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Found found = Found.of(rows);
                    live.add(new LiveTrace(found.trace(), found.call()));
                }
            }
        }
        return live;
    }

    /** Calls that ended with numbers above {@code after}; those that were deleted meanwhile are passed over. */
    List<NumberedCall> endedAfter(int source, long after, int most) throws SQLException {
        List<NumberedCall> calls = new ArrayList<>();
        long next = after + 1;
        boolean more = true;
        while (more && calls.size() < most) {
            List<long[]> numbered = endedFrom(source, next, most - calls.size());
            for (long[] each : numbered) {
                next = each[0] + 1;
                add(calls, each[0], each[1]);
            }
            more = !numbered.isEmpty();
        }
        return calls;
    }

    private void add(List<NumberedCall> calls, long number, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BY_ID)) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    calls.add(new NumberedCall(number, withMessages(Found.of(rows))));
                }
            }
        }
    }

    /** Numbers from this one on, each with the id of its call. */
    private List<long[]> endedFrom(int source, long number, int most) throws SQLException {
        long from = Keys.endedKey(source, 0);
        try (PreparedStatement select = connection.prepareStatement(ENDED_FROM)) {
            select.setLong(1, from);
            select.setLong(2, Keys.endedKey(source, number));
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                from = Math.max(from, rows.getLong(1));
            }
        }
        List<long[]> numbered = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(ENDED)) {
            select.setLong(1, from);
            select.setLong(2, Keys.endedKey(source + 1, 0));
            select.setInt(3, Math.min(most, MOST_ROWS) + 1);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && numbered.size() < most) {
                    long first = Keys.endedNumber(rows.getLong(1));
                    Unpacker ids = new Unpacker(rows.getBytes(2));
                    for (long at = first; ids.hasMore() && numbered.size() < most; at++) {
                        long id = ids.fixed();
                        if (at >= number) {
                            numbered.add(new long[] {at, id});
                        }
                    }
                }
            }
        }
        return numbered;
    }
}
