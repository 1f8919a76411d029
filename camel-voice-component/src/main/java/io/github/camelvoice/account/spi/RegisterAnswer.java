package io.github.camelvoice.account.spi;

import java.util.List;

/** What is answered to a REGISTER. */
public sealed interface RegisterAnswer {

    /** 200 with all bindings of the user. */
    record Registered(List<Bound> bindings) implements RegisterAnswer {

        public Registered {
            bindings = List.copyOf(bindings);
        }
    }

    /** A failure. @param minExpires of a 423, else 0 */
    record Refused(int code, String phrase, int minExpires) implements RegisterAnswer {
    }

    /** @param contact URI @param expires seconds that are left */
    record Bound(String contact, int expires, int quality, String instance) {
    }
}
