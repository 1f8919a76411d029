package io.github.camelvoice.call.spi;

import java.util.List;

/** Knows where users of ours are. Thread-safe, answers at once. */
public interface Locator {

    /** Where nobody is registered. */
    Locator NONE = target -> null;

    /**
     * Where a user of ours can be reached.
     *
     * @param target SIP or SIPS URI of a call
     * @return the preferred place first, empty if the user is registered nowhere, null if the target is no user of ours
     */
    List<Reached> find(String target);

    /**
     * A place where a user was registered.
     *
     * @param contact SIP or SIPS URI: the Request-URI of what is sent there
     * @param path    SIP URIs that it passes on its way (RFC 3327), the nearest first
     */
    record Reached(String contact, List<String> path) {

        public Reached {
            path = List.copyOf(path);
        }
    }
}
