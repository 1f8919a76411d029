package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.notifier.spi.SubscribeRequest;
import io.github.camelvoice.notifier.spi.WatcherDialog;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A SUBSCRIBE of somebody to us. */
final class ServedSubscribe extends Served implements SubscribeRequest {

    private final EventFields.Event event;
    /** Null for a new one. */
    private final ServedDialog dialog;

    private ServedSubscribe(EventServer server, InboundRequest request, EventTerms terms, EventFields.Event event, ServedDialog dialog) {
        super(server, request, terms);
        this.event = event;
        this.dialog = dialog;
    }

    /** @return null if it was refused: it makes no dialog as it is */
    static ServedSubscribe outside(EventServer server, InboundRequest request) {
        if (!hasOneContact(request.message())) {
            server.env().reply(request, 400);
            return null;
        }
        return make(server, request, null);
    }

    static ServedSubscribe inside(EventServer server, InboundRequest request, ServedDialog dialog) {
        return make(server, request, dialog);
    }

    private static ServedSubscribe make(EventServer server, InboundRequest request, ServedDialog dialog) {
        EventFields.Event event = EventFields.event(Messages.value(request.message(), "Event"));
        EventTerms terms = terms(server, request, event);
        return terms == null ? null : new ServedSubscribe(server, request, terms, event, dialog);
    }

    private static boolean hasOneContact(SIPRequest request) {
        ContactList contacts = request.getContactHeaders();
        if (contacts == null || contacts.size() != 1) {
            return false;
        }
        Contact contact = (Contact) contacts.getFirst();
        return !contact.isWildCard() && contact.getAddress() != null && contact.getAddress().getURI() instanceof SipUri;
    }

    /** Null where the Event cannot be read. */
    EventFields.Event event() {
        return event;
    }

    @Override
    public WatcherDialog accept(int expires, boolean list, Executor mailbox, Consumer<SubscribeRequest> refreshes) {
        if (dialog != null || event == null || !answers()) {
            throw new IllegalStateException("this SUBSCRIBE makes no dialog, or is answered");
        }
        ServedDialog made = new ServedDialog(server, request, event, list, mailbox, refreshes);
        server.add(made);
        made.accepted(request, expires);
        return made;
    }

    @Override
    public void prolong(int expires) {
        if (dialog == null) {
            throw new IllegalStateException("this SUBSCRIBE is of no dialog");
        }
        if (answers()) {
            dialog.accepted(request, expires);
        }
    }
}
