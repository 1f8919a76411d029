package io.github.camelvoice.subscription.spi;

/** One subscription as signalling has it, from its first SUBSCRIBE to its end; refreshes itself. To be used on its mailbox only. */
public interface Usage {

    /** Sends the SUBSCRIBE. */
    void start();

    /** Sends a SUBSCRIBE in each dialog at once, so that the notifier tells the full state. Nothing where one is under way, or nothing is established. */
    void refresh();

    /** Unsubscribes: Expires 0, and {@link UsageEvent.Ended} when the last NOTIFY came or did not come in time. */
    void end();

    /** Gives everything back without a word to the wire or the listener. */
    void close();
}
