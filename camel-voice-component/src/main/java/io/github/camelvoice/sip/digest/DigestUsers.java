package io.github.camelvoice.sip.digest;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Who may authenticate, by hashes: no password is known here. Thread-safe; nothing waits. */
public interface DigestUsers {

    /** Nobody. */
    DigestUsers NONE = of(Map.of(), "");

    /**
     * The hash of user, realm and password (RFC 7616, section 3.4.2), in lower-case hexadecimal.
     *
     * @param algorithm {@code MD5}, {@code SHA-256} or {@code SHA-512-256}
     * @return null if there is no such user
     */
    String ha1(String user, String algorithm);

    /** Whether anybody may. */
    boolean any();

    /** These alone, hashed now. @param passwords by user */
    static DigestUsers of(Map<String, String> passwords, String realm) {
        Map<String, Map<DigestAlgorithm, String>> hashes = new HashMap<>();
        passwords.forEach((user, password) -> {
            Map<DigestAlgorithm, String> own = new EnumMap<>(DigestAlgorithm.class);
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                own.put(algorithm, algorithm.ha1(user, realm, password));
            }
            hashes.put(user, own);
        });
        return new DigestUsers() {
            @Override
            public String ha1(String user, String algorithm) {
                Map<DigestAlgorithm, String> own = hashes.get(user);
                return own == null ? null : own.get(DigestAlgorithm.of(algorithm));
            }

            @Override
            public boolean any() {
                return !hashes.isEmpty();
            }
        };
    }
}
