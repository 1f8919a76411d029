package io.github.camelvoice.registration.spi;

/** Told what happens to a registration usage, on its mailbox. */
public interface RegisterListener {

    void happened(RegisterEvent event);
}
