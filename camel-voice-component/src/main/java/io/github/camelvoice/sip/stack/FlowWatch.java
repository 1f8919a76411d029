package io.github.camelvoice.sip.stack;

/** Somebody who wants a flow to be kept alive. Thread-safe. */
public interface FlowWatch extends AutoCloseable {

    /** Ends it without a word to the listener. The connection stays open for others, and until it is idle for long. */
    @Override
    void close();
}
