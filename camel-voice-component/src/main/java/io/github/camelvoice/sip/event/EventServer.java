package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.notifier.spi.EventDoor;
import io.github.camelvoice.notifier.spi.EventHandler;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.DialogHome;
import io.github.camelvoice.sip.dialog.Dispatcher;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier's side of RFC 6665, and RFC 3903: SUBSCRIBE and PUBLISH of others, and the dialogs of their subscriptions. Called on the threads of
 * the stack; what belongs to a dialog goes to its mailbox. Thread-safe.
 */
public final class EventServer implements EventDoor, DialogHome {

    private static final Logger LOG = LoggerFactory.getLogger(EventServer.class);
    /** RFC 4662 and RFC 5367. */
    private static final Set<String> LISTS = Set.of("eventlist", "recipient-list-subscribe");

    private final SipEnv env;
    private final Dispatcher dispatcher;
    /** By our tag, which is random and ours: one map serves all. */
    private final ConcurrentMap<String, ServedDialog> dialogs = new ConcurrentHashMap<>();
    private volatile EventHandler handler;

    public EventServer(SipEnv env, Dispatcher dispatcher) {
        this.env = env;
        this.dispatcher = dispatcher;
    }

    @Override
    public void onEvents(EventHandler asked) {
        handler = asked;
        dispatcher.home(this).serve(SIPRequest.SUBSCRIBE, LISTS, request -> outside(request, this::subscribe))
                .serve("PUBLISH", Set.of(), request -> outside(request, this::publish));
    }

    @Override
    public int watcherDialogs() {
        return dialogs.size();
    }

    @Override
    public boolean owns(String localTag) {
        return dialogs.containsKey(localTag);
    }

    /** One in a dialog. */
    @Override
    public void request(InboundRequest request) {
        ServedDialog dialog = dialogs.get(request.message().getToTag());
        if (dialog == null) {
            env.reply(request, 481);
        } else {
            dialog.enqueue(request);
        }
    }

    private void outside(InboundRequest request, BiConsumer<InboundRequest, EventHandler> how) {
        try {
            how.accept(request, handler);
        } catch (RuntimeException failure) {
            SIPRequest message = request.message();
            LOG.error("[{}] a {} could not be handled", message.getCallId().getCallId(), message.getMethod(), failure);
            env.reply(request, 500);
        }
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

    @Override
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        String tag = request.getToTag();
        ServedDialog dialog = tag == null ? null : dialogs.get(tag);
        return dialog != null && dialog.accepts(request, source.getAddress());
    }

    SipEnv env() {
        return env;
    }

    void add(ServedDialog dialog) {
        dialogs.put(dialog.tag(), dialog);
    }

    void remove(ServedDialog dialog) {
        dialogs.remove(dialog.tag(), dialog);
    }

    void reply(InboundRequest request, int code, String phrase, List<RawHeader> headers) {
        SIPRequest message = request.message();
        To to = (To) message.getTo();
        SIPResponse response = Messages.response(message, code, phrase, to.getTag() == null ? Dialog.tagged(to, env.ids().token()) : to);
        env.signResponse(response);
        headers.forEach(response::addHeader);
        request.respond(response);
    }
}
