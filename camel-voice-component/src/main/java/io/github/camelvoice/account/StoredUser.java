package io.github.camelvoice.account;

/**
 * A user as it is kept. Immutable; holds secrets.
 *
 * @param realm that the hashes are made for
 */
public record StoredUser(String name, String realm, Ha1 ha1) {
}
