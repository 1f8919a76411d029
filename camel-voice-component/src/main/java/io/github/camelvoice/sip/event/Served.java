package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.notifier.spi.EventRequest;
import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.dialog.Answers;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A SUBSCRIBE or PUBLISH that waits for its answer. */
abstract class Served implements EventRequest {

    final EventServer server;
    final InboundRequest request;
    private final EventTerms terms;
    private final AtomicBoolean answered = new AtomicBoolean();

    Served(EventServer server, InboundRequest request, EventTerms terms) {
        this.server = server;
        this.request = request;
        this.terms = terms;
    }

    /** @param event null where there is none that can be read @return null if the request was refused: its Expires is no number */
    static EventTerms terms(EventServer server, InboundRequest request, EventFields.Event event) {
        SIPRequest message = request.message();
        int expires;
        try {
            expires = Answers.seconds(Messages.value(message, "Expires"));
        } catch (NumberFormatException malformed) {
            server.env().reply(request, 400);
            return null;
        }
        SipUri target = (SipUri) message.getRequestURI();
        Party from = Addresses.party((From) message.getFrom());
        String disposition = Messages.value(message, "Content-Disposition");
        boolean list = Messages.lists(message, "Require", "recipient-list-subscribe")
                || disposition != null && disposition.toLowerCase(Locale.ROOT).startsWith("recipient-list");
        int length = raw(message).length;
        return new EventTerms(event == null ? "" : event.name(), event == null ? Map.of() : event.parameters(), target.encode(),
                target.getUser() == null ? "" : unescaped(target.getUser()), Addresses.bare(target.getHost()), from.uri(), from.displayName(),
                request.authenticatedUser(), server.env().trusts(request.source().getAddress()), request.transport(), request.source(),
                EventFields.accept(Messages.value(message, "Accept")), expires, Messages.lists(message, "Supported", "eventlist"), list,
                length == 0 ? null : Messages.value(message, "Content-Type"), length, Messages.headers(message));
    }

    private static byte[] raw(SIPRequest message) {
        byte[] body = message.getRawContent();
        return body == null ? new byte[0] : body;
    }

    @Override
    public byte[] body() {
        try {
            return ContentCoding.decoded(raw(request.message()), Messages.value(request.message(), "Content-Encoding"));
        } catch (ContentCoding.Unusable unusable) {
            refuse(unusable.code(), null, unusable.code() == 415 ? Map.of("Accept-Encoding", ContentCoding.ACCEPTED) : Map.of());
            return null;
        }
    }

    private static String unescaped(String user) {
        try {
            return java.net.URLDecoder.decode(user.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return user;
        }
    }

    @Override
    public EventTerms terms() {
        return terms;
    }

    /** @return whether this is the first answer */
    final boolean answers() {
        return answered.compareAndSet(false, true);
    }

    @Override
    public void refuse(int code, String phrase, Map<String, String> headers) {
        if (answers()) {
            List<RawHeader> fields = headers.entrySet().stream().map(e -> new RawHeader(e.getKey(), e.getValue())).toList();
            server.reply(request, code, phrase, fields);
        }
    }
}
