package io.github.camelvoice.registration;

import java.util.List;

/**
 * An account of ours at a SIP server. Immutable; holds a secret.
 *
 * @param name          {@code user@host} or {@code user@host:port}, as it is known everywhere
 * @param password      null where the server asks for none
 * @param authUsername  for digest, null for the user of the name
 * @param outboundProxy {@code host[:port]} or a SIP URI, null to find the server by the name's host (RFC 3263)
 * @param transport     {@code udp}, {@code tcp}, {@code tls}, or null for what the domain wants
 * @param displayName   in From of its calls, null for none
 * @param contacts      more SIP URIs that are registered along with ours
 * @param expires       seconds asked for, 60 to 86,400
 * @param token         user part of our Contact: letters and digits that nobody guesses
 * @param instance      of the device, {@code urn:uuid:…}
 * @param owner         who made it known here, empty for the operator
 */
public record Account(String name, String password, String authUsername, String outboundProxy, String transport, String displayName, List<String> contacts,
                      int expires, String token, String instance, String owner) {

    public Account {
        contacts = List.copyOf(contacts);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
