package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.notifier.spi.SubscribeRequest;
import io.github.camelvoice.notifier.spi.WatcherDialog;
import io.github.camelvoice.sip.dialog.Answers;
import io.github.camelvoice.sip.dialog.Credentials;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialog of a subscription to us: it has one subscription and nothing else (RFC 6665, section 4.5.1). Everything but {@link #enqueue},
 * {@link #accepts} and {@link #close} belongs to its mailbox.
 */
final class ServedDialog implements WatcherDialog {

    private static final Logger LOG = LoggerFactory.getLogger(ServedDialog.class);
    private static final RawHeader REQUIRE_LIST = new RawHeader("Require", "eventlist");

    private final EventServer server;
    private final Executor mailbox;
    private final Consumer<SubscribeRequest> refreshes;
    private final EventFields.Event event;
    private final SIPHeader eventHeader;
    private final boolean list;
    private final To to;
    private final boolean secure;
    private final String transport;
    private final Dialog dialog;
    private volatile boolean closed;

    ServedDialog(EventServer server, InboundRequest first, EventFields.Event event, boolean list, Executor mailbox,
                 Consumer<SubscribeRequest> refreshes) {
        SIPRequest message = first.message();
        this.server = server;
        this.mailbox = mailbox;
        this.refreshes = refreshes;
        this.event = event;
        this.eventHeader = EventFields.parsed("Event", event.text());
        this.list = list;
        this.to = Dialog.tagged((To) message.getTo(), server.env().ids().token());
        this.secure = message.getRequestURI() instanceof SipUri uri && uri.isSecure();
        this.transport = first.transport();
        this.dialog = Dialog.called(message, to, first.transport(), first.source());
    }

    String tag() {
        return dialog.localTag;
    }

    private String callId() {
        return dialog.callId.getCallId();
    }

    /** Any thread. */
    boolean accepts(SIPRequest request, InetAddress source) {
        return !closed && dialog.matches(request) && callId().equals(request.getCallId().getCallId())
                && (!server.env().pinSource() || dialog.mayCome(source));
    }

    /** Any thread. */
    void enqueue(InboundRequest request) {
        mailbox.execute(() -> {
            try {
                receive(request);
            } catch (RuntimeException failure) {
                LOG.error("[{}] a {} could not be handled", callId(), request.message().getMethod(), failure);
                server.env().reply(request, 500);
            }
        });
    }

    private void receive(InboundRequest request) {
        SIPRequest message = request.message();
        if (!accepts(message, request.source().getAddress())) {
            server.env().reply(request, 481);
            return;
        }
        if (!dialog.inOrder(message)) {
            server.reply(request, 500, "CSeq Out Of Order", List.of());
            return;
        }
        if (!message.getMethod().equals(SIPRequest.SUBSCRIBE)) {
            server.env().reply(request, message.getMethod().equals("NOTIFY") ? 481 : 405, new RawHeader("Allow", SIPRequest.SUBSCRIBE));
            return;
        }
        ServedSubscribe subscribe = ServedSubscribe.inside(server, request, this);
        if (subscribe == null) {
            return;
        }
        if (subscribe.event() == null || !subscribe.event().isSameAs(event)) {
            // A second subscription needs a dialog of its own.
            subscribe.refuse(403);
            return;
        }
        refreshes.accept(subscribe);
    }

    void accepted(InboundRequest request, int expires) {
        SIPRequest message = request.message();
        dialog.refreshTarget(message, request.source());
        SIPResponse response = Messages.response(message, 200, null, to);
        server.env().signResponse(response);
        Messages.copyRecordRoute(message, response);
        Messages.add(response, server.env().contact(request.transport(), secure));
        response.addHeader(Messages.expires(expires));
        if (list) {
            response.addHeader(REQUIRE_LIST);
        }
        request.respond(response);
    }

    @Override
    public void tell(String state, String contentType, byte[] body, Outcome outcome) {
        Exchange.start(server.env(), mailbox, Credentials.NONE, () -> notify(state, contentType, body), new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                outcome.answered(response.getStatusCode(), Answers.leading(Messages.value(response, "Retry-After")));
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                outcome.unanswered(why);
            }
        });
    }

    private SIPRequest notify(String state, String contentType, byte[] body) {
        SIPRequest request = dialog.request("NOTIFY");
        request.addHeader(eventHeader);
        request.addHeader(EventFields.parsed("Subscription-State", state));
        Messages.add(request, server.env().contact(contactTransport(), secure));
        if (list) {
            request.addHeader(REQUIRE_LIST);
        }
        if (contentType != null) {
            request.addHeader(EventFields.parsed("Content-Type", contentType));
            request.setMessageContent(body);
        }
        return request;
    }

    /** Where the next NOTIFY goes by something that we do not listen on, the Contact says how the dialog began. */
    private String contactTransport() {
        String next = dialog.nextTransport();
        return server.env().door().listens(next) ? next : transport;
    }

    @Override
    public void close() {
        closed = true;
        server.remove(this);
    }
}
