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

    /** @param before the state so far, null before the first body of a subscription */
    StateMerge merge(EventState before, String contentType, byte[] body);
}
