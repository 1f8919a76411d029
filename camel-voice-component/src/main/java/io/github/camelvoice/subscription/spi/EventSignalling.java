package io.github.camelvoice.subscription.spi;

import java.util.concurrent.Executor;

/** Where SUBSCRIBE goes out (RFC 6665); implemented by the sip room. Thread-safe, nothing here waits. */
public interface EventSignalling {

    /**
     * Makes a subscription usage; nothing is sent before {@link Usage#start}.
     *
     * @param mailbox  where the usage lives: its methods are called there, and the listener is called there
     * @throws IllegalArgumentException naming what is wrong: a malformed target, a transport that has no listening point, a header
     */
    Usage subscribe(UsageSpec spec, Executor mailbox, UsageListener listener);
}
