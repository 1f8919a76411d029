package io.github.camelvoice.notifier.spi;

/** Where requests of events come in. Thread-safe. */
public interface EventDoor {

    /** Without a handler SUBSCRIBE and PUBLISH are not served (405). @param handler null for none */
    void onEvents(EventHandler handler);

    /** Dialogs of subscriptions to us that are not closed. */
    int watcherDialogs();
}
