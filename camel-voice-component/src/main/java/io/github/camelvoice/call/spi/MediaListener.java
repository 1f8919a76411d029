package io.github.camelvoice.call.spi;

/** Receives what happens in the audio of a leg, always on the call's mailbox. */
@FunctionalInterface
public interface MediaListener {
    void on(MediaEvent event);
}
