package io.github.camelvoice.call.spi;

/** Receives what happens on a leg, always on the call's mailbox, in the order of the wire. */
@FunctionalInterface
public interface SignalListener {
    void on(SignalEvent event);
}
