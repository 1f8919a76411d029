package io.github.camelvoice.store;

import io.github.camelvoice.registration.Account;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.SessionStore.Kept;
import io.github.camelvoice.session.StatusType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Accounts and statuses for tests. */
public final class SessionSamples {

    public static final Instant START = Instant.parse("2026-11-21T12:00:00.123456789Z");

    private SessionSamples() {
    }

    public static Account account(String name, String password) {
        return new Account(name, password, "auth-" + name, "sip:proxy.example.com;lr", "tcp", "n\u00e4me \ud83d\ude00", List.of("sip:desk@192.0.2.1"), 600,
                "t0ken" + name.hashCode(), "urn:uuid:00000000-0000-0000-0000-000000000001", "acme");
    }

    public static Kept kept(String name, String password) {
        return new Kept(account(name, password), true, -1, 0);
    }

    public static SessionStatus status(String account, long sequence) {
        return new SessionStatus(account, sequence, START.plusSeconds(sequence), StatusType.values()[(int) (sequence % 22)], "call-" + sequence,
                "sip:b\u00f6b@example.com", "sip:carol@example.com", Map.of("X-One", "1", "X-Two", ""), "486 Busy Here", "", "", "nlu");
    }
}
