package io.github.camelvoice.registration.spi;

/**
 * One registration as signalling has it: digest, 423, refreshes, keep-alives. After a {@link RegisterEvent.Refused} or {@link RegisterEvent.Lost} it
 * rests until it is started again, with the same Call-ID. To be used on its mailbox only.
 */
public interface RegisterUsage {

    /** Sends a REGISTER now, a first one or another one. Nothing where one is under way. */
    void start();

    /** Ends the binding (Expires 0); {@link RegisterEvent.Unregistered} is the last event. */
    void end();

    /** Gives everything back without a word to the wire or the listener. */
    void close();
}
