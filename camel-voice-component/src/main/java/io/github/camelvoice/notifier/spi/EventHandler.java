package io.github.camelvoice.notifier.spi;

/** Decides about requests of events. Called on a thread of the stack: to return at once. */
public interface EventHandler {

    /** A SUBSCRIBE outside a dialog. */
    void subscribed(SubscribeRequest request);

    void published(PublishRequest request);
}
