package io.github.camelvoice.store;

import io.github.camelvoice.trace.TraceLog;

/** A log that feeds a {@link CallStore}. */
public interface FedLog extends TraceLog {

    /** Name under which the store knows this log: the same after a restart on the same folder. */
    String source();

    ArchiveFigures figures();

    /** Begins to take entries and to feed the store; what a crash left behind comes first. @throws StoreException if the folder cannot be used */
    void start() throws StoreException;
}
