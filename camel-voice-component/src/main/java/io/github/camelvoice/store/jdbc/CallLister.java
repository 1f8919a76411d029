package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.PageKey;
import io.github.camelvoice.trace.CallRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a list. Its work is bounded: where few calls match, the page ends after so many that were looked at, and the token goes on from
 * there. For one thread.
 */
final class CallLister {

    /** Calls that are looked at between two pages, and at one go. */
    private final int mostLookedAt;
    private final int step;

    private final Connection connection;
    private final Dialect dialect;
    private final CallQuery query;
    private final List<CallRecord> calls = new ArrayList<>();
    private long lastId;

    CallLister(Connection connection, Dialect dialect, CallQuery query, int mostLookedAt) {
        this.connection = connection;
        this.dialect = dialect;
        this.query = query;
        this.mostLookedAt = mostLookedAt;
        this.step = Math.max(1, mostLookedAt / 5);
    }

    /** @param from where the page before ended, null for the first page */
    CallPage page(PageKey from) throws SQLException {
        long above = query.since() == null ? -1 : Keys.idAt(query.since()) - 1;
        long below = query.until() == null ? Long.MAX_VALUE : Keys.idAt(query.until());
        if (from != null) {
            below = Math.min(below, from.number());
        }
        if (!isFiltered() || Boolean.TRUE.equals(query.live())) {
            boolean more = collect(above, below);
            return new CallPage(calls, more ? token(lastId) : null);
        }
        for (int lookedAt = 0; lookedAt < mostLookedAt; lookedAt += step) {
            long floor = floor(above, below);
            if (collect(Math.max(above, floor - 1), below)) {
                return new CallPage(calls, token(lastId));
            }
            if (floor < 0) {
                return new CallPage(calls, null);
            }
            below = floor;
        }
        return new CallPage(calls, token(below));
    }

    private String token(long id) {
        return new PageKey(0, id).token(query);
    }

    private boolean isFiltered() {
        return query.party() != null || query.direction() != null || query.cause() != null || query.live() != null;
    }

    /** The id a step further down, negative if there are fewer. */
    private long floor(long above, long below) throws SQLException {
        Question question = new Question("select c.id from voice_call c where", "c.");
        question.range(above, below);
        question.order();
        question.and(" limit 1 offset ?", step - 1);
        try (PreparedStatement select = question.prepare(); ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }

    /** Adds calls to the page. @return whether there are more of them in this range than the page has room for */
    private boolean collect(long above, long below) throws SQLException {
        boolean live = Boolean.TRUE.equals(query.live());
        Question question = live
            ? new Question("select c.id, c.details from voice_live l join voice_call c on c.id = l.id where", "l.")
            : new Question("select c.id, c.details from voice_call c where", "c.");
        question.range(above, below);
        question.filters();
        question.order();
        question.and(" limit ?", query.limit() - calls.size() + 1);
        try (PreparedStatement select = question.prepare(); ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (calls.size() == query.limit()) {
                    return true;
                }
                lastId = rows.getLong(1);
                calls.add(RecordCodec.unpack(rows.getBytes(2)).call());
            }
        }
        return false;
    }

    /** A statement in the making. */
    private final class Question {

        private final StringBuilder sql;
        private final String ids;
        private final List<Object> values = new ArrayList<>();

        Question(String start, String ids) {
            this.sql = new StringBuilder(start);
            this.ids = ids;
        }

        void and(String text, Object value) {
            sql.append(text);
            values.add(value);
        }

        /**
         * Calls of the project between two ids. PostgreSQL gets it as a range of the index by project: told that the project is one value, it
         * may take the primary key for the order, and then goes through the calls of all projects.
         */
        void range(long above, long below) {
            if (query.project() == null) {
                and(" " + ids + "id > ?", above);
                and(" and " + ids + "id < ?", below);
                return;
            }
            long project = Keys.of(query.project());
            if (dialect.comparesRows() && ids.equals("c.")) {
                and(" (c.project_key, c.id) > (?,", project);
                and(" ?)", above);
                and(" and (c.project_key, c.id) < (?,", project);
                and(" ?)", below);
            } else {
                and(" " + ids + "id > ?", above);
                and(" and " + ids + "id < ?", below);
                and(" and c.project_key = ?", project);
            }
        }

        void filters() {
            if (query.direction() != null) {
                and(" and c.direction = ?", query.direction().name());
            }
            if (query.cause() != null) {
                and(" and c.cause = ?", query.cause().name());
            }
            if (Boolean.FALSE.equals(query.live())) {
                sql.append(" and c.cause is not null");
            }
            if (query.party() != null) {
                String escaped = Keys.folded(query.party()).replace("!", "!!").replace("%", "!%").replace("_", "!_");
                and(" and c.parties like ? escape '!'", "%" + escaped + "%");
            }
        }

        /** In the words of the index that serves it. */
        void order() {
            boolean byProject = query.project() != null && ids.equals("c.");
            sql.append(byProject ? " order by c.project_key desc, c.id desc" : " order by " + ids + "id desc");
        }

        PreparedStatement prepare() throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql.toString());
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        }
    }
}
