package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.dialog.Addresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sip.InvalidArgumentException;

/** Contacts of a 3xx (RFC 3261, section 8.1.3.4), with their order of preference. */
final class Redirects {

    private static final int MAX = 20;

    private Redirects() {
    }

    /**
     * Contact headers with these URIs, the first one preferred.
     *
     * @throws IllegalArgumentException if there is none, too many, or one is neither a SIP nor a telephone URI
     */
    static ContactList headers(List<String> contacts) {
        if (contacts.isEmpty() || contacts.size() > MAX) {
            throw new IllegalArgumentException("a redirect needs 1 to " + MAX + " contacts: " + contacts.size());
        }
        ContactList list = new ContactList();
        for (int i = 0; i < contacts.size(); i++) {
            Contact contact = new Contact();
            contact.setAddress(Addresses.address(Addresses.uri(contacts.get(i), "contact"), null));
            if (contacts.size() > 1) {
                setPreference(contact, (MAX - i) / (float) MAX);
            }
            list.add(contact);
        }
        return list;
    }

    private static void setPreference(Contact contact, float q) {
        try {
            contact.setQValue(q);
        } catch (InvalidArgumentException impossible) {
            throw new IllegalStateException(impossible);
        }
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
