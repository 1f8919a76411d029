package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.notifier.spi.EventDoor;
import io.github.camelvoice.notifier.spi.EventHandler;
import io.github.camelvoice.sip.leg.Dialog;
import io.github.camelvoice.sip.leg.LegEnv;
import io.github.camelvoice.sip.leg.Messages;
import io.github.camelvoice.sip.leg.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier's side of RFC 6665, and RFC 3903: SUBSCRIBE and PUBLISH of others, and the dialogs of their subscriptions. Called on the threads of
 * the stack; what belongs to a dialog goes to its mailbox. Thread-safe.
 */
public final class EventServer implements EventDoor {

    private static final Logger LOG = LoggerFactory.getLogger(EventServer.class);
    private static final String PUBLISH = "PUBLISH";

    private final LegEnv env;
    /** By our tag, which is random and ours: one map serves all. */
    private final ConcurrentMap<String, ServedDialog> dialogs = new ConcurrentHashMap<>();
    private volatile EventHandler handler;

    public EventServer(LegEnv env) {
        this.env = env;
    }

    @Override
    public void onEvents(EventHandler asked) {
        handler = asked;
    }

    @Override
    public int watcherDialogs() {
        return dialogs.size();
    }

    /** @return whether this request is for here; it is answered then, now or later */
    public boolean request(InboundRequest request) {
        SIPRequest message = request.message();
        String method = message.getMethod();
        String tag = message.getToTag();
        ServedDialog dialog = tag == null ? null : dialogs.get(tag);
        if (dialog != null) {
            dialog.enqueue(request);
            return true;
        }
        EventHandler asked = handler;
        if (tag != null || asked == null || !method.equals(SIPRequest.SUBSCRIBE) && !method.equals(PUBLISH)) {
            return false;
        }
        try {
            if (method.equals(PUBLISH)) {
                publish(request, asked);
            } else {
                subscribe(request, asked);
            }
        } catch (RuntimeException failure) {
            LOG.error("[{}] a {} could not be handled", message.getCallId().getCallId(), method, failure);
            reply(request, 500);
        }
        return true;
    }

    private void subscribe(InboundRequest request, EventHandler asked) {
        ServedSubscribe subscribe = ServedSubscribe.outside(this, request);
        if (subscribe != null) {
            asked.subscribed(subscribe);
        }
    }

    private void publish(InboundRequest request, EventHandler asked) {
        ServedPublish publish = ServedPublish.of(this, request);
        if (publish != null) {
            asked.published(publish);
        }
    }

    /** Whether a request belongs to a dialog of a subscription to us, and its source may send it. */
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        String tag = request.getToTag();
        ServedDialog dialog = tag == null ? null : dialogs.get(tag);
        return dialog != null && dialog.accepts(request, source.getAddress());
    }

    LegEnv env() {
        return env;
    }

    void add(ServedDialog dialog) {
        dialogs.put(dialog.tag(), dialog);
    }

    void remove(ServedDialog dialog) {
        dialogs.remove(dialog.tag(), dialog);
    }

    void reply(InboundRequest request, int code, RawHeader... headers) {
        reply(request, code, null, List.of(headers));
    }

    void reply(InboundRequest request, int code, String phrase, List<RawHeader> headers) {
        SIPRequest message = request.message();
        if (message.getMethod().equals(SIPRequest.ACK)) {
            return;
        }
        To to = (To) message.getTo();
        SIPResponse response = Messages.response(message, code, phrase, to.getTag() == null ? Dialog.tagged(to, env.ids().token()) : to);
        env.signResponse(response);
        for (RawHeader header : headers) {
            response.addHeader(header);
        }
        request.respond(response);
    }
}
