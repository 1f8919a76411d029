package io.github.camelvoice.store.spool;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;

/** Tells a store that refuses these very entries from one that cannot be reached. */
final class Refusals {

    /** Classes of SQLSTATE (ISO 9075) that blame the data: cardinality, data exception, integrity; 54 is PostgreSQL's "program limit". */
    private static final Set<String> OF_DATA = Set.of("21", "22", "23", "54");
    private static final int DEPTH = 16;

    private Refusals() {
    }

    static boolean blamesData(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < DEPTH; i++) {
            if (at instanceof SQLException sql) {
                if (blamesData(sql)) {
                    return true;
                }
                SQLException next = sql.getNextException();
                if (at instanceof BatchUpdateException && next != null && blamesData(next)) {
                    return true;
                }
            }
            at = at.getCause();
        }
        return false;
    }

    private static boolean blamesData(SQLException sql) {
        String state = sql.getSQLState();
        return state != null && state.length() == 5 && OF_DATA.contains(state.substring(0, 2));
    }

    /** What kind of failure it is, without what a database quotes of the data. */
    static String inWords(Throwable failure) {
        StringBuilder words = new StringBuilder();
        Throwable at = failure;
        for (int i = 0; at != null && i < DEPTH; i++) {
            words.append(i == 0 ? "" : ", ").append(at.getClass().getSimpleName());
            if (at instanceof SQLException sql) {
                words.append(" (SQLSTATE ").append(sql.getSQLState()).append(')');
            }
            at = at.getCause();
        }
        return words.toString();
    }
}
