package io.github.camelvoice.notifier;

/** Told of publications. Called on a thread of the stack: to return at once. */
public interface PublicationHandler {

    void published(Publication publication);
}
