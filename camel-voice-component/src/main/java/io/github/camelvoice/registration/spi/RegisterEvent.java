package io.github.camelvoice.registration.spi;

import java.util.List;

/** What happens to a registration usage. Durations are seconds, -1 where nothing was said. */
public sealed interface RegisterEvent {

    /**
     * A 2xx came, to the first REGISTER or a refresh.
     *
     * @param expires      granted to our contact
     * @param contact      ours as it is bound
     * @param server       host and port that answered
     * @param transport    {@code udp}, {@code tcp} or {@code tls}
     * @param seen         host and port that the server saw us at, empty if it did not say
     * @param serviceRoute SIP URIs that our requests pass on their way (RFC 3608), in their order
     * @param bound        all contacts of the address of record
     */
    record Registered(int expires, String contact, String server, String transport, String seen, List<String> serviceRoute, List<String> bound)
            implements RegisterEvent {
    }

    /** A REGISTER was refused, or nobody answered it (408, 503), after every server of the domain was asked. */
    record Refused(int code, String phrase, int retryAfter) implements RegisterEvent {
    }

    /** The way to the server broke (RFC 5626: a connection that closed, a sign of life without an answer): the binding is of no use. */
    record Lost(String why) implements RegisterEvent {
    }

    /** What we asked to end is over, whether the server said so or not. */
    record Unregistered() implements RegisterEvent {
    }
}
