package io.github.camelvoice.subscription;

import java.time.Instant;
import java.util.List;

/**
 * What is to be watched.
 *
 * @param id            of the subscription, or null for a new one; letters, digits and hyphens
 * @param account       whose it is
 * @param event         an event package with its parameters: {@code reg}, {@code dialog;call-id=x}
 * @param resources     one or more
 * @param accept        media types, empty for those of the package
 * @param expires       seconds that each SUBSCRIBE asks for, 0 for what the package recommends
 * @param until         when it ends by itself, null for never
 * @param receiver        URL or name of who is told of changes, null for nobody
 * @param origin        how it was made and what of its form is to be kept: {@code http-2009-06}, {@code http-2009-01}, {@code route}
 * @param lists         whether one SUBSCRIBE for many resources is tried
 * @param from          who we say we are, null for our own identity
 * @param outboundProxy SIP URI, or null
 * @param access        digest credentials that come with the request and are never kept, null for those of {@link WatcherCredentials}
 */
public record SubscriptionRequest(String id, String account, String event, List<Resource> resources, List<String> accept, int expires,
                                  Instant until, String receiver, String origin, Lists lists, String from, String outboundProxy,
                                  WatcherCredentials.Access access) {

    public SubscriptionRequest {
        resources = List.copyOf(resources);
        accept = List.copyOf(accept);
    }

    /** @param displayName null without */
    public record Resource(String uri, String displayName) {
    }

    /** Whether servers are asked to watch many resources for one SUBSCRIBE (RFC 5367, RFC 4662). */
    public enum Lists { AUTO, ALWAYS, NEVER }
}
