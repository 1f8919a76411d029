package io.github.camelvoice.sip.stack;

/** A request of ours under way. Thread-safe; nothing here waits for the network. */
public interface ClientTransactionHandle {

    /** First hop as {@code transport:host:port} in the words of the request, before DNS: the key of credentials. */
    String nextHop();

    /**
     * Sends CANCEL for this INVITE to the same hop (RFC 3261, section 9.1) and ignores what is answered. Call it after a
     * provisional response and before the final one.
     *
     * @param reason value of a Reason header, or null
     */
    void cancel(String reason);

    /** Ends the transaction without a word to the listener or the wire. */
    void terminate();
}
