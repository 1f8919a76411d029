package io.github.camelvoice.registration.spi;

import java.util.List;

/**
 * What to register.
 *
 * @param aor         address of record, {@code sip:alice@example.com}: From and To
 * @param registrar   Request-URI, {@code sip:example.com;transport=tcp}
 * @param route       SIP URIs of outbound proxies, in their order; every REGISTER goes by way of them
 * @param username    for digest
 * @param password    for digest, null without credentials
 * @param contactUser user part of our Contact, unique among those of this engine: calls for the account come to it
 * @param instance    of this device, {@code urn:uuid:…} (RFC 5626)
 * @param contacts    more contacts to be bound with ours: URIs, perhaps with q
 * @param expires     seconds asked for
 * @param keepAlive   seconds between signs of life to the server, 0 for none; a server that says Flow-Timer is followed
 * @param rewrite     whether our Contact over UDP becomes the address that the server sees us at, where that is another one (RFC 3581)
 */
public record RegisterSpec(String aor, String registrar, List<String> route, String username, String password, String contactUser, String instance,
                           List<Contact> contacts, int expires, int keepAlive, boolean rewrite) {

    /** @param quality q in thousandths */
    public record Contact(String uri, int quality) {
    }

    public RegisterSpec {
        route = List.copyOf(route);
        contacts = List.copyOf(contacts);
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return "RegisterSpec[" + aor + " at " + registrar + "]";
    }
}
