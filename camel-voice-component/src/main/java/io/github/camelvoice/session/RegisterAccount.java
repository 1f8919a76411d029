package io.github.camelvoice.session;

import java.util.List;

/**
 * An account to be registered. Immutable; holds a secret.
 *
 * @param name          {@code user@host[:port]}, perhaps with {@code sip:} before it
 * @param password      null or empty where the server asks for none
 * @param authUsername  for digest, null or empty for the user of the name
 * @param outboundProxy {@code host[:port]} or a SIP URI, null or empty for none
 * @param transport     {@code udp}, {@code tcp}, {@code tls}, or null for what the domain wants
 * @param displayName   in From of its calls, null for none
 * @param contacts      more SIP URIs that are registered along with ours
 * @param expires       seconds asked for, 0 for the engine's
 * @param owner         who asks, empty for the operator
 */
public record RegisterAccount(String name, String password, String authUsername, String outboundProxy, String transport, String displayName,
                              List<String> contacts, int expires, String owner) {

    public RegisterAccount {
        contacts = contacts == null ? List.of() : List.copyOf(contacts);
        owner = owner == null ? "" : owner;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegisterAccount[" + name + "]";
    }
}
