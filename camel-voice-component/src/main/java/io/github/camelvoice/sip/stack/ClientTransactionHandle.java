package io.github.camelvoice.sip.stack;

import java.net.InetAddress;
import java.util.Set;

/** A request of ours under way. Thread-safe; nothing here waits for the network. */
public interface ClientTransactionHandle {

    /** First hop as {@code transport:host:port} in the words of the request, before DNS: the key of credentials. */
    String nextHop();

    /** Where the last response came from; before there was one, where the request went last; null while that is not known. */
    Flow flow();

    /** All addresses that the hop has, as far as they are known; empty while they are not. */
    Set<InetAddress> addresses();

    /**
     * Sends CANCEL for this INVITE to the same hop (RFC 3261, section 9.1) and ignores what is answered. Call it after a
     * provisional response and before the final one.
     *
     * @param reason value of a Reason header, or null
     */
    void cancel(String reason);

    /** As {@link #cancel}, but sent once, whether it arrives or not. */
    void cancelOnce(String reason);

    /** From now on no further target is tried: nobody wants the request any more, but it cannot be cancelled yet. */
    void settle();

    /** Ends the transaction without a word to the listener or the wire. */
    void terminate();
}
