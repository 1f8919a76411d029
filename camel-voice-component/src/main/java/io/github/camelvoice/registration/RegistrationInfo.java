package io.github.camelvoice.registration;

import java.time.Instant;
import java.util.List;

/**
 * How an account's registration is at a moment. Immutable.
 *
 * @param name         of the account
 * @param server       host and port that answered last, empty while none did
 * @param transport    of it
 * @param contact      our Contact as it is bound, empty while it is not
 * @param registeredAt since when, null while it is not registered
 * @param expiresAt    until when, null while it is not
 * @param serviceRoute what requests of the account pass on their way (RFC 3608)
 * @param code         of the last failure, 0 if the last REGISTER did not fail
 * @param phrase       of it, empty
 * @param attempts     failures in a row
 * @param nextAt       when it is tried again, null if it is not
 */
public record RegistrationInfo(String name, State state, String server, String transport, String contact, Instant registeredAt, Instant expiresAt,
                               List<String> serviceRoute, int code, String phrase, int attempts, Instant nextAt) {

    /** Where it stands. */
    public enum State {
        /** Waits for its turn. */
        QUEUED,
        /** A REGISTER is under way, and nothing is bound. */
        REGISTERING, REGISTERED,
        /** It failed, and will be tried again. */
        WAITING,
        /** It failed in a way that does not pass by itself: wrong password, unknown user. */
        REFUSED, UNREGISTERING, GONE
    }

    public RegistrationInfo {
        serviceRoute = List.copyOf(serviceRoute);
    }
}
