package io.github.camelvoice.callback;

/** Brings callbacks to their receivers. */
@FunctionalInterface
public interface Courier {

    /** Begins an attempt. Must be quick, and must not throw: the attempt itself is made elsewhere. */
    void carry(Delivery delivery);
}
