package io.github.camelvoice.store;

import java.util.List;

/** Keeps accounts of ours and their statuses beside calls: they come with the same entries. Thread-safe; methods wait for the database. */
public interface SessionRows {

    /**
     * An account that was not forgotten.
     *
     * @param sequence of its last status, 0 if it never had one
     * @param details  bytes of {@link SessionForm}
     */
    record AccountRow(long sequence, byte[] details) {
    }

    /** Accounts of a source. */
    List<AccountRow> accounts(String source) throws StoreException;

    /**
     * The newest statuses of an account of the source, as bytes of {@link SessionForm}, oldest first.
     *
     * @param after only those with a higher sequence
     */
    List<byte[]> statuses(String source, String account, long after, int most) throws StoreException;
}
