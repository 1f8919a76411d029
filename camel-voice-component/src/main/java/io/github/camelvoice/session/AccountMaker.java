package io.github.camelvoice.session;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import io.github.camelvoice.registration.Account;

/** Makes accounts of what was asked for. Thread-safe. */
final class AccountMaker {

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final int TOKEN_LENGTH = 24;
    private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");

    private final SecureRandom chance;
    private final int expires;

    /** @param expires seconds of those that say nothing */
    AccountMaker(SecureRandom chance, int expires) {
        this.chance = chance;
        this.expires = expires;
    }

    /**
     * @param before the account of that name that is known already, null for none: its Contact stays
     * @throws IllegalArgumentException naming the field that is wrong
     */
    Account make(String name, String owner, RegisterAccount request, Account before) {
        String transport = request.transport() == null || request.transport().isBlank() ? null : request.transport().toLowerCase(Locale.ROOT);
        if (transport != null && !TRANSPORTS.contains(transport)) {
            throw new IllegalArgumentException("transport is none of udp, tcp, tls");
        }
        if (request.expires() != 0 && (request.expires() < 60 || request.expires() > 86_400)) {
            throw new IllegalArgumentException("expires must be 60 to 86400 seconds: " + request.expires());
        }
        if (request.contacts().size() > 10) {
            throw new IllegalArgumentException("contacts: there are more than 10");
        }
        request.contacts().forEach(contact -> Addressing.text(contact, "contacts"));
        return new Account(name, Addressing.text(request.password(), "password"), Addressing.text(request.authUsername(), "authUsername"),
                Addressing.text(request.outboundProxy(), "outboundProxy"), transport, Addressing.text(request.displayName(), "displayName"),
                request.contacts(), request.expires() == 0 ? expires : request.expires(), before == null ? token() : before.token(),
                before == null ? "urn:uuid:" + UUID.randomUUID() : before.instance(), owner);
    }

    /** 120 bits. */
    private String token() {
        StringBuilder token = new StringBuilder(TOKEN_LENGTH);
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            token.append(ALPHABET[chance.nextInt(ALPHABET.length)]);
        }
        return token.toString();
    }
}
