package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.notifier.spi.PublishRequest;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;

/** A PUBLISH of somebody to us (RFC 3903). */
final class ServedPublish extends Served implements PublishRequest {

    private ServedPublish(EventServer server, InboundRequest request, EventTerms terms) {
        super(server, request, terms);
    }

    /** @return null if it was refused */
    static ServedPublish of(EventServer server, InboundRequest request) {
        EventTerms terms = terms(server, request, EventFields.event(Messages.value(request.message(), "Event")));
        return terms == null ? null : new ServedPublish(server, request, terms);
    }

    @Override
    public String ifMatch() {
        return Messages.value(request.message(), "SIP-If-Match");
    }

    @Override
    public void accept(String tag, int expires) {
        if (!answers()) {
            return;
        }
        SIPRequest message = request.message();
        SIPResponse response = Messages.response(message, 200, null, Dialog.tagged((To) message.getTo(), server.env().ids().token()));
        server.env().signResponse(response);
        response.addHeader(new RawHeader("SIP-ETag", tag));
        response.addHeader(Messages.expires(expires));
        request.respond(response);
    }
}
