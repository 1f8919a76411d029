package io.github.camelvoice.store;

import io.github.camelvoice.trace.LogEntry;
import java.time.Instant;

/** What happened to an account of ours, as it is written down. Each entry has a number of its own. Bytes are those of {@link SessionForm}. */
public sealed interface SessionEntry extends LogEntry {

    String account();

    /**
     * It was made known, or has changed.
     *
     * @param details not to be changed; the password in them is sealed
     */
    record Put(long number, String account, byte[] details) implements SessionEntry {
    }

    /** It is forgotten; its statuses stay. */
    record Removed(long number, String account) implements SessionEntry {
    }

    /**
     * It has a new status.
     *
     * @param most    how many of its newest are kept from now on
     * @param details not to be changed
     */
    record Status(long number, String account, long sequence, Instant at, int most, byte[] details) implements SessionEntry {
    }
}
