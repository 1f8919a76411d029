package io.github.camelvoice.registration.spi;

import java.util.concurrent.Executor;

/** Where REGISTER goes out (RFC 3261, section 10.2); implemented by the sip room. Thread-safe, nothing here waits. */
public interface RegisterSignalling {

    /**
     * Makes a registration usage; nothing is sent before {@link RegisterUsage#start}.
     *
     * @param mailbox where the usage lives: its methods are called there, and the listener is called there
     * @throws IllegalArgumentException naming what is wrong: a malformed address, a transport that has no listening point
     */
    RegisterUsage register(RegisterSpec spec, Executor mailbox, RegisterListener listener);
}
