package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Contacts of a 3xx (RFC 3261, section 8.1.3.4), with their order of preference. */
final class Redirects {

    private static final int MAX = 20;

    private Redirects() {
    }

    /**
     * Header values for these URIs, the first one preferred.
     *
     * @throws IllegalArgumentException if there is none, too many, or one is no SIP URI
     */
    static String[] values(List<String> contacts) {
        if (contacts.isEmpty() || contacts.size() > MAX) {
            throw new IllegalArgumentException("a redirect needs 1 to " + MAX + " contacts: " + contacts.size());
        }
        String[] values = new String[contacts.size()];
        for (int i = 0; i < values.length; i++) {
            String uri = contacts.get(i).trim();
            if (!uri.regionMatches(true, 0, "tel:", 0, 4)) {
                uri = Addresses.sipUri(uri, "contact").encode();
            } else if (!uri.matches("(?i)tel:[+0-9*#().;=a-z-]+")) {
                throw new IllegalArgumentException("contact is not a telephone number: " + uri.replaceAll("\\p{Cntrl}", "?"));
            }
            double q = 1.0 - i * 0.05;
            values[i] = "<" + uri + ">" + (values.length > 1 ? ";q=" + String.format(java.util.Locale.ROOT, "%.2f", q) : "");
        }
        return values;
    }

    /** The URIs that a 3xx names, by falling q; equal ones in the order of the message. */
    static List<String> contacts(SIPResponse response) {
        ContactList list = response.getContactHeaders();
        if (list == null) {
            return List.of();
        }
        List<Contact> contacts = new ArrayList<>();
        for (Contact contact : list) {
            if (!contact.isWildCard() && contacts.size() < MAX) {
                contacts.add(contact);
            }
        }
        contacts.sort(Comparator.comparingDouble((Contact c) -> c.getParameter("q") == null ? 1.0 : c.getQValue()).reversed());
        return contacts.stream().map(c -> c.getAddress().getURI().toString()).toList();
    }
}
