package io.github.camelvoice.sip.register;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.ContactParser;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.stack.Bindings;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The contacts that one account binds: ours first, and those that it has besides. On the mailbox of its usage. */
final class OwnContacts {

    /** Of the contacts that a server tells of, so many are told on. */
    private static final int MOST_TOLD = 32;
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern INSTANCE = Pattern.compile("urn:[^\"<>\\\\\\s\\p{Cntrl}]{1,200}");

    private final Bindings bindings;
    private final String user;
    private final String instance;
    private final List<String> others;
    /** {@code host:port} that replaces our own, null for none. */
    private String seen;
    private String transport;
    /** What was bound before we moved and has to go, or null. */
    private String former;

    /** @throws IllegalArgumentException naming what is wrong */
    OwnContacts(Bindings bindings, RegisterSpec spec, String transport) {
        if (!USER.matcher(spec.contactUser()).matches()) {
            throw new IllegalArgumentException("the user part of our contact is to be letters and digits");
        }
        if (spec.instance() != null && !INSTANCE.matcher(spec.instance()).matches()) {
            throw new IllegalArgumentException("the instance is no URN");
        }
        this.bindings = bindings;
        this.user = spec.contactUser();
        this.instance = spec.instance();
        this.transport = transport;
        this.others = spec.contacts().stream().map(OwnContacts::other).toList();
    }

    private static String other(RegisterSpec.Contact contact) {
        SipUri uri = Addresses.sipUri(contact.uri(), "contact");
        return "<" + uri.encode() + ">" + (contact.quality() >= 1000 ? "" : String.format(Locale.ROOT, ";q=0.%03d", Math.max(0, contact.quality())));
    }

    /** Ours as it stands in the next REGISTER. */
    String uri() {
        String host = bindings.advertisedHost();
        String at = seen != null ? seen : (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":"
                + bindings.advertisedPort(transport);
        return "sip:" + user + "@" + at + (transport.equals("udp") ? "" : ";transport=" + transport);
    }

    /**
     * Contact as it is sent: parsed, since the stack looks for it when an answer comes.
     *
     * @param outbound whether the server may know us by instance and flow (RFC 5626)
     */
    ContactList header(boolean outbound) {
        List<String> values = new ArrayList<>(others.size() + 2);
        String mine = instance == null ? "" : ";+sip.instance=\"<" + instance + ">\"" + (outbound ? ";reg-id=1" : "");
        values.add("<" + uri() + ">" + mine);
        if (former != null) {
            values.add("<" + former + ">;expires=0");
        }
        values.addAll(others);
        try {
            return (ContactList) new ContactParser("Contact: " + String.join(", ", values) + "\n").parse();
        } catch (ParseException malformed) {
            throw new IllegalArgumentException("a contact that cannot be sent: " + malformed.getMessage(), malformed);
        }
    }

    boolean named() {
        return instance != null;
    }

    /**
     * We are reached in another way than we said.
     *
     * @param at {@code host:port}, null for our own
     * @return whether that is news
     */
    boolean moved(String usedTransport, String at) {
        String before = uri();
        transport = usedTransport;
        seen = at;
        if (before.equals(uri())) {
            return false;
        }
        former = before;
        return true;
    }

    /** The server knows where we are. */
    void settled() {
        former = null;
    }

    /** Ours among those of a 2xx: by its user, which nobody else has; of several the one that is just as we sent it. Null if there is none. */
    Contact find(SIPResponse response) {
        ContactList all = response.getContactHeaders();
        Contact found = null;
        if (all != null) {
            String exact = uri();
            for (Contact each : all) {
                if (!each.isWildCard() && each.getAddress().getURI() instanceof SipUri uri && user.equals(uri.getUser())) {
                    if (uri.encode().equalsIgnoreCase(exact)) {
                        return each;
                    }
                    found = found == null && !uri.encode().equalsIgnoreCase(former) ? each : found;
                }
            }
        }
        return found;
    }

    static boolean none(SIPResponse response) {
        ContactList all = response.getContactHeaders();
        return all == null || all.isEmpty();
    }

    static List<String> told(SIPResponse response) {
        ContactList all = response.getContactHeaders();
        return all == null ? List.of() : all.stream().filter(each -> !each.isWildCard()).limit(MOST_TOLD)
                .map(each -> each.getAddress().getURI().toString()).toList();
    }
}
