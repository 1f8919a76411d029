package io.github.camelvoice.subscription.spi;

/** Told what happens to a usage, on its mailbox. */
public interface UsageListener {

    /** {@link UsageEvent.Refused} and {@link UsageEvent.Ended} are the last. */
    void happened(UsageEvent event);
}
