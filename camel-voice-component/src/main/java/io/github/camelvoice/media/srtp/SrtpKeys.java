package io.github.camelvoice.media.srtp;

import java.util.Objects;

/**
 * The keys that offer and answer agreed on: each side chose that of what it sends.
 *
 * @param ours   of what we send
 * @param theirs of what we receive, of the same suite
 */
public record SrtpKeys(MasterKey ours, MasterKey theirs) {

    public SrtpKeys {
        Objects.requireNonNull(ours, "ours");
        Objects.requireNonNull(theirs, "theirs");
        if (ours.suite() != theirs.suite()) {
            throw new IllegalArgumentException("both directions have one suite: " + ours.suite() + ", " + theirs.suite());
        }
    }

    public CryptoSuite suite() {
        return ours.suite();
    }
}
