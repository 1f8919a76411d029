package io.github.camelvoice.subscription.state;

import java.util.List;

/** What is known of an event package (RFC 6665, section 5.4). Immutable, thread-safe. */
public interface EventPackage {

    /** Registered name: {@code message-summary}. */
    String name();

    /** Media types that we understand, the best first; never empty. */
    List<String> accept();

    /** Seconds that the package recommends for a subscription. */
    int defaultExpires();

    /**
     * Takes the body of a NOTIFY. One of a type that the package does not know is kept as {@link OpaqueState}; none at all becomes
     * {@link OpaqueState#EMPTY}: an active subscription whose notifier knows nothing (any more). The missing body of a pending or terminated
     * subscription says nothing and is not to be given. Never throws for what a body says.
     *
     * @param before      the state so far, null before the first body; after a new subscription what was known is to be given as
     *                    {@link EventState#unversioned}
     * @param contentType with its parameters; null without a body
     */
    StateMerge merge(EventState before, String contentType, byte[] body);
}
