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
import java.util.Locale;
import java.util.Set;

/** What a request must satisfy before anybody works for it (RFC 3261, section 8.2). */
final class Screening {

    private static final Set<String> METHODS = Set.of(Replies.METHODS.split(", "));
    private static final Set<String> KNOWN = Set.of("REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE");
    private static final Set<String> EXTENSIONS = Set.of(Replies.EXTENSIONS.split(", "));

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

    /** @return the answer to a request that goes no further, or null. Not for ACK. */
    SIPResponse refuse(SIPRequest request) {
        String method = request.getMethod();
        if (!method.equals(request.getCSeq().getMethod()) || !request.hasFromTag()) {
            return replies.reply(request, 400);
        }
        if (!METHODS.contains(method)) {
            return replies.reply(request, KNOWN.contains(method) ? 405 : 501, "Allow", Replies.METHODS);
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
        List<String> unknown = unknownExtensions(request);
        if (!unknown.isEmpty()) {
            return replies.reply(request, 420, "Unsupported", String.join(", ", unknown));
        }
        if (method.equals("INVITE") && !hasOneContact(request)) {
            return replies.reply(request, 400);
        }
        return null;
    }

    private static List<String> unknownExtensions(SIPRequest request) {
        if (request.getHeader("Require") == null) {
            return List.of();
        }
        List<String> unknown = new ArrayList<>();
        for (Iterator<SIPHeader> all = request.getHeaders("Require"); all.hasNext(); ) {
            String tag = all.next().getHeaderValue().trim();
            if (!EXTENSIONS.contains(tag.toLowerCase(Locale.ROOT))) {
                unknown.add(tag);
            }
        }
        return unknown;
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
