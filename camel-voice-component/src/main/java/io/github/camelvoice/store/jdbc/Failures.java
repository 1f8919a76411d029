package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.StoreException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Failures of the database in plain words, without what URLs may hold. */
final class Failures {

    /** State of what we find stale by ourselves: a serialization failure. */
    static final String STALE = "40001";
    private static final Pattern SECRETS = Pattern.compile("jdbc:[^\\s\"')\\]]+|(?i)(?<=password=|pwd=)[^\\s&;\"')\\]]+");
    private static final int IN_USE = 90020;
    /** The server is there, and lets nobody in: of PostgreSQL's driver where there is no password, among others. */
    private static final String REJECTED = "08004";
    private static final int DEPTH = 16;

    private Failures() {
    }

    /** @param doing what was tried, such as "a call could not be read" */
    static StoreException of(String doing, Throwable failure) {
        SQLException sql = find(failure);
        if (sql == null) {
            return new StoreException(doing + ": " + masked(String.valueOf(failure.getMessage())), copy(failure));
        }
        return new StoreException(doing + ": " + words(sql), copy(sql));
    }

    private static SQLException find(Throwable failure) {
        Throwable at = failure;
        SQLException found = null;
        for (int i = 0; at != null && i < DEPTH; i++) {
            if (at instanceof SQLException sql && (found == null || found.getSQLState() == null || sql.getSQLState() != null)) {
                found = sql;
            }
            at = at.getCause();
        }
        return found;
    }

    private static String words(SQLException failure) {
        if (failure.getErrorCode() == IN_USE) {
            return "the database file is in use by another process";
        }
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("28") || state.equals(REJECTED)) {
            return "the database refuses the user or the password";
        }
        if (state.startsWith("08")) {
            return "the database cannot be reached";
        }
        if (state.equals("53100")) {
            return "the disk of the database is full";
        }
        return masked(String.valueOf(failure.getMessage()));
    }

    static String masked(String text) {
        String line = text.lines().findFirst().orElse("");
        return SECRETS.matcher(line).replaceAll("***");
    }

    /** The same failure with its state, its code and its place, and with a message that can be shown. */
    private static Throwable copy(Throwable failure) {
        Throwable copy = failure instanceof SQLException sql
            ? new SQLException(masked(String.valueOf(sql.getMessage())), sql.getSQLState(), sql.getErrorCode())
            : new IllegalStateException(failure.getClass().getName() + ": " + masked(String.valueOf(failure.getMessage())));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    /** Whether what we remember is not what is there: a row was there already (class 23 of ISO 9075), or somebody else was quicker (class 40). */
    static boolean isStale(SQLException failure) {
        SQLException at = failure;
        for (int i = 0; at != null && i < DEPTH; i++) {
            if (at.getSQLState() != null && (at.getSQLState().startsWith("23") || at.getSQLState().startsWith("40"))) {
                return true;
            }
            at = at.getNextException();
        }
        return false;
    }
}
