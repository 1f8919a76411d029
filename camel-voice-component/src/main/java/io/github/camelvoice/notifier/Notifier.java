package io.github.camelvoice.notifier;

import io.github.camelvoice.subscription.state.EventState;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tells watchers the state of resources of ours (RFC 6665), and takes publications of others (RFC 3903). Thread-safe; nothing here waits. */
public interface Notifier {

    /**
     * Sets the state of a resource in an event package, and tells its watchers. Reports ({@code vq-rtcpxr}) are told and not kept.
     *
     * @param event       the package: {@code message-summary}
     * @param resource    a SIP URI of ours, or a user of ours
     * @param contentType of the body
     * @param body        null to withdraw the state
     * @param expires     seconds after which it is withdrawn, 0 for never
     * @return done when watchers of now are about to be told; fails with {@link IllegalArgumentException} naming what is wrong
     */
    CompletionStage<Void> publish(String event, String resource, String contentType, byte[] body, int expires);

    /** The same with a state that is typed; its version does not matter, every watcher has versions of its own. */
    default CompletionStage<Void> publish(String event, String resource, EventState state, int expires) {
        return state == null ? publish(event, resource, null, null, expires)
                : publish(event, resource, state.contentType(), state.document().getBytes(java.nio.charset.StandardCharsets.UTF_8), expires);
    }

    /**
     * Makes a list of resources that can be watched for one subscription (RFC 4662).
     *
     * @param resource as above
     * @param members  SIP URIs or users of ours; empty: the list is no more, which ends its subscriptions
     */
    void list(String resource, List<String> members);

    /** Adds somebody who decides about watchers, asked before those added later. Where nobody wants one, the rules of the engine decide. */
    Registration onWatcher(WatcherHandler handler);

    /**
     * Decides about a watcher that pends, or ends one that was let in.
     *
     * @return false if there is no such watcher
     */
    boolean decide(String watcherId, WatcherDecision decision);

    /** Adds somebody who is told of each PUBLISH that was taken. */
    Registration onPublication(PublicationHandler handler);

    /** Those who watch now, lists as one. */
    List<WatcherInfo> watchers();

    NotifierFigures figures();

    /** Ends a registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
