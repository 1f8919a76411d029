package io.github.camelvoice.notifier;

import java.util.concurrent.CompletionStage;

/** Tells watchers the state of resources of ours. Thread-safe; nothing here waits. */
public interface Notifier {

    /**
     * Sets the state of a resource in an event package, and tells its watchers.
     *
     * @param event       the package: {@code message-summary}
     * @param resource    a SIP URI, or a user of ours
     * @param contentType of the body
     * @param body        null to withdraw the state
     * @param expires     seconds after which it is withdrawn, 0 for never
     * @return done when watchers of now are about to be told; fails with {@link IllegalArgumentException} naming what is wrong
     */
    CompletionStage<Void> publish(String event, String resource, String contentType, byte[] body, int expires);
}
