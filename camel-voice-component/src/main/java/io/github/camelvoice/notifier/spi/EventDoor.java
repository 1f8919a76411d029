package io.github.camelvoice.notifier.spi;

/** Where requests of events come in. Thread-safe. */
public interface EventDoor {

    /** SUBSCRIBE and PUBLISH are served from now on (405 before). To be called once. */
    void onEvents(EventHandler handler);

    /** Dialogs of subscriptions to us that are not closed. */
    int watcherDialogs();
}
