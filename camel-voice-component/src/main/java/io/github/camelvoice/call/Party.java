package io.github.camelvoice.call;

import java.util.Objects;

/**
 * Who calls or is called, as a From, To or Contact header names them.
 *
 * @param uri         the address without display name and header parameters, {@code sip:alice@example.com}; a password in it is masked
 * @param user        the user part, empty if the URI has none
 * @param host        host (and nothing else) of the URI, or empty for {@code tel:}
 * @param displayName unquoted, empty if there is none
 */
public record Party(String uri, String user, String host, String displayName) {

    public Party {
        Objects.requireNonNull(uri, "uri");
        user = user == null ? "" : user;
        host = host == null ? "" : host;
        displayName = displayName == null ? "" : displayName;
    }
}
