package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What a request must satisfy before anybody works for it (RFC 3261, section 8.2). */
final class Screening {

    private final Replies replies;

    Screening(Replies replies) {
        this.replies = replies;
    }

    /** Whether the header fields are there that any answer needs. */
    static boolean isAnswerable(SIPRequest request) {
        return request.getRequestLine() != null && request.getRequestURI() != null && request.getTopmostVia() != null
                && request.getTopmostVia().getBranch() != null && request.getFrom() != null && request.getTo() != null
                && request.getCallId() != null && request.getCallId().getCallId() != null && request.getCSeq() != null
                && request.getCSeq().getMethod() != null;
    }

    /**
     * Before anybody is asked who he is.
     *
     * @return the answer to a request that goes no further, or null. Not for ACK.
     */
    SIPResponse refuse(SIPRequest request, Repertoire repertoire) {
        String method = request.getMethod();
        if (!method.equals(request.getCSeq().getMethod()) || !request.hasFromTag()) {
            return replies.reply(request, 400);
        }
        if (!repertoire.knows(method)) {
            return replies.reply(request, 501, "Allow", repertoire.allow());
        }
        if (!(request.getRequestURI() instanceof SipUri uri) || uri.getHost() == null || uri.getHost().isEmpty()) {
            return replies.reply(request, 416);
        }
        if (uri.getPort() > 65535) {
            return replies.reply(request, 400);
        }
        if (method.equals("CANCEL")) {
            return null;
        }
        if (request.getMaxForwards() != null && request.getMaxForwards().getMaxForwards() == 0 && !method.equals("OPTIONS")) {
            return replies.reply(request, 483);
        }
        List<String> unknown = repertoire.takes(method) ? repertoire.unknown(method, required(request)) : List.of();
        if (!unknown.isEmpty()) {
            return replies.reply(request, 420, "Unsupported", String.join(", ", unknown));
        }
        if (method.equals("INVITE") && !hasOneContact(request)) {
            return replies.reply(request, 400);
        }
        return null;
    }

    /** Behind the authentication, so that what we serve is told to those alone who may know. */
    SIPResponse refuseMethod(SIPRequest request, Repertoire repertoire) {
        return repertoire.takes(request.getMethod()) ? null : replies.reply(request, 405, "Allow", repertoire.allow());
    }

    private static List<String> required(SIPRequest request) {
        if (request.getHeader("Require") == null) {
            return List.of();
        }
        List<String> tags = new ArrayList<>();
        for (Iterator<SIPHeader> all = request.getHeaders("Require"); all.hasNext(); ) {
            tags.add(all.next().getHeaderValue().trim());
        }
        return tags;
    }

    /** RFC 3261, section 8.1.1.8: exactly one SIP or SIPS URI in a request that can make a dialog. */
    private static boolean hasOneContact(SIPRequest request) {
        ContactList contacts = request.getContactHeaders();
        if (contacts == null || contacts.size() != 1) {
            return false;
        }
        Contact contact = (Contact) contacts.getFirst();
        return !contact.isWildCard() && contact.getAddress() != null && contact.getAddress().getURI() instanceof SipUri;
    }
}
