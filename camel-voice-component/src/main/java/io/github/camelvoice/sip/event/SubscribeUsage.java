package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Answers;
import io.github.camelvoice.sip.dialog.Credentials;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.Opening;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.event.SubscribeTable.Action;
import io.github.camelvoice.sip.event.SubscribeTable.Event;
import io.github.camelvoice.sip.event.SubscribeTable.State;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageListener;
import io.github.camelvoice.subscription.spi.UsageSpec;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SUBSCRIBE and the dialogs that it made: the actions of {@link SubscribeTable}. Everything but {@link #admits} and
 * {@link #enqueue} belongs to its mailbox.
 */
final class SubscribeUsage implements Usage {

    /** The longest interval that a 423 may ask for. */
    private static final int MAX_EXPIRES = 7 * 24 * 3600;
    /** Larger requests do not fit into a datagram everywhere (RFC 3261, section 18.1.1). */
    private static final int MAX_DATAGRAM_BODY = 800;
    private static final ContentType LIST_TYPE = new ContentType("application", "resource-lists+xml");
    private static final RawHeader ALLOW = new RawHeader("Allow", "NOTIFY");
    private static final Logger LOG = LoggerFactory.getLogger(SubscribeUsage.class);

    private final Subscriber home;
    private final SubscribeHeaders headers;
    private final Executor mailbox;
    private final UsageListener listener;
    private final Credentials credentials;
    private final Forks forks = new Forks();
    private final String callId;
    private final From from;
    private final String localTag;
    private final SipUri target;
    private final boolean secure;
    private final List<RawHeader> extra;
    private final boolean fetch;
    /** Gone when the SUBSCRIBE is answered. */
    private Opening opening;
    private byte[] list;
    private long subscribed;
    private State state = State.IDLE;
    private int asked;
    private int granted;
    private boolean raised;
    private Timers.Timer notifyTimer;
    private UsageEvent.Accepted accepted;
    private UsageEvent.Refused refused;
    private UsageEvent.Ended ended;

    SubscribeUsage(Subscriber home, UsageSpec spec, SubscribeHeaders headers, Executor mailbox, UsageListener listener) {
        if (spec.expires() < 0 || spec.expires() > MAX_EXPIRES) {
            throw new IllegalArgumentException("expires must be 0 to " + MAX_EXPIRES + " seconds: " + spec.expires());
        }
        this.home = home;
        this.headers = headers;
        this.mailbox = mailbox;
        this.listener = listener;
        SipHeaders given = SipHeaders.of(spec.headers().entrySet().stream().map(e -> new SipHeaders.Field(e.getKey(), e.getValue())).toList());
        List<String> proxy = spec.outboundProxy() == null ? List.of() : List.of(spec.outboundProxy());
        opening = new Opening(home.env(), spec.target(), null, proxy, spec.from(), null, given);
        list = spec.list();
        if (list != null && list.length > MAX_DATAGRAM_BODY) {
            opening.preferTcp();
        }
        credentials = new WhileWanted(home.env().credentials(spec.username(), spec.password()), () -> state != State.OVER);
        callId = opening.callId();
        from = opening.fromHeader();
        localTag = opening.localTag();
        target = opening.requestUri();
        secure = opening.secure();
        extra = opening.extra();
        fetch = spec.expires() == 0;
        asked = spec.expires();
        granted = asked;
    }

    private void fire(Event event) {
        Table.Step<State, Action> step = SubscribeTable.TABLE.step(state, event);
        state = step.next();
        for (Action action : step.actions()) {
            switch (action) {
                case SEND -> {
                    home.add(localTag, this);
                    send();
                }
                case ARM -> {
                    cancelTimer();
                    notifyTimer = env().timers().schedule(Subscriber.GIVE_UP_MILLIS, TimeUnit.MILLISECONDS, mailbox, () -> fire(Event.NO_NOTIFY));
                }
                case DISARM -> cancelTimer();
                case LEAVE_DIALOGS -> Arrays.stream(forks.all()).forEach(NotifierDialog::leave);
                case TELL_ACCEPTED -> tell(accepted);
                case TELL_REFUSED -> tell(refused);
                case TELL_ENDED -> tell(ended);
                case TELL_LEFT -> tell(new UsageEvent.Ended(UsageEvent.Why.UNSUBSCRIBED, 0, ""));
                case TELL_NO_NOTIFY -> tell(new UsageEvent.Ended(UsageEvent.Why.NO_NOTIFY, 0, "accepted, but no NOTIFY came"));
                case RELEASE -> release();
            }
        }
    }

    private void release() {
        cancelTimer();
        home.remove(localTag);
        for (NotifierDialog dialog : forks.all()) {
            dialog.close();
        }
        forks.clear();
        opening = null;
        list = null;
    }

    private void cancelTimer() {
        if (notifyTimer != null) {
            notifyTimer.cancel();
            notifyTimer = null;
        }
    }

    private void tell(UsageEvent event) {
        try {
            listener.happened(event);
        } catch (RuntimeException failure) {
            LOG.error("[{}] the subscription failed on {}", callId, event.getClass().getSimpleName(), failure);
        }
    }

    // ---- the first SUBSCRIBE

    private void send() {
        Opening own = opening;
        Exchange.start(env(), mailbox, credentials, () -> subscribe(own), new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                answered(response);
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                accepted = new UsageEvent.Accepted(asked, false);
                refused = new UsageEvent.Refused(timeout ? 408 : 503, why, -1, List.of());
                settled(Event.SILENCE);
            }
        });
    }

    private SIPRequest subscribe(Opening own) {
        SIPRequest request = own.request(SIPRequest.SUBSCRIBE, 0);
        subscribed = own.seq();
        headers.addTo(request, asked);
        if (list != null) {
            request.addHeader(SubscribeHeaders.REQUIRE_LIST);
            request.addHeader(SubscribeHeaders.LIST_DISPOSITION);
            request.addHeader(LIST_TYPE);
            request.setMessageContent(list);
        }
        own.addExtra(request);
        return request;
    }

    private void answered(SIPResponse response) {
        int code = response.getStatusCode();
        if (code == 423 && asked > 0 && !raised && state != State.OVER && raise(response)) {
            raised = true;
            send();
        } else if (code < 300) {
            granted = Math.min(Answers.expires(response, asked), asked);
            accepted = new UsageEvent.Accepted(granted, Messages.lists(response, "Require", "eventlist"));
            for (NotifierDialog dialog : forks.all()) {
                if (dialog.dialog.remoteTag.equals(response.getToTag())) {
                    dialog.dialog.answered(response);
                }
                dialog.granted(granted);
            }
            settled(Event.ACCEPT);
        } else {
            refused = new UsageEvent.Refused(code, response.getReasonPhrase(), Answers.retryAfter(response), Answers.unsupported(response));
            settled(Event.REFUSE);
        }
    }

    /** The SUBSCRIBE has its answer, or will have none. */
    private void settled(Event event) {
        forks.close(now() + TimeUnit.MILLISECONDS.toNanos(Subscriber.GIVE_UP_MILLIS));
        opening = null;
        list = null;
        fire(event);
    }

    /** A 423: asks for what it demands from now on. @return whether that can help */
    boolean raise(SIPResponse response) {
        int demanded = Answers.minExpires(response);
        if (demanded <= asked || demanded > MAX_EXPIRES) {
            return false;
        }
        asked = demanded;
        granted = demanded;
        return true;
    }

    // ---- requests of notifiers

    /** Any thread: whether this request is for a dialog of ours, or may make one, and its source may send it. */
    boolean admits(SIPRequest request, InetAddress source) {
        if (!callId.equals(request.getCallId().getCallId())) {
            return false;
        }
        NotifierDialog known = forks.find(request);
        if (known != null) {
            return !env().pinSource() || known.dialog.mayCome(source);
        }
        return request.getMethod().equals(SIPRequest.NOTIFY) && request.getFromTag() != null && forks.mayGrow(now());
    }

    /** Any thread. */
    void enqueue(InboundRequest request) {
        mailbox.execute(() -> {
            try {
                receive(request);
            } catch (RuntimeException failure) {
                LOG.error("[{}] a {} could not be handled", callId, request.message().getMethod(), failure);
                reply(request, 500);
            }
        });
    }

    private void receive(InboundRequest request) {
        SIPRequest message = request.message();
        if (state == State.OVER || state == State.IDLE || !admits(message, request.source().getAddress())) {
            home.refuseStranger(request);
            return;
        }
        NotifierDialog known = forks.find(message);
        if (known != null && !known.dialog.inOrder(message)) {
            reply(request, 500);
            return;
        }
        if (!message.getMethod().equals(SIPRequest.NOTIFY)) {
            reply(request, 405, ALLOW);
            return;
        }
        Notification news = Notification.of(message, headers.event(), headers.eventList());
        if (news.refusal() != 0) {
            LOG.debug("[{}] a NOTIFY is refused with {}", callId, news.refusal());
            reply(request, news.refusal(), news.refusedWith());
            return;
        }
        NotifierDialog dialog = known != null ? known : install(request);
        if (known != null) {
            known.dialog.refreshTarget(message, request.source());
        }
        confirm(request, dialog.dialog);
        if (known == null) {
            fire(Event.DIALOG);
        }
        dialog.notified(news);
        if (state == State.LEAVING) {
            dialog.leave();
        } else if (fetch) {
            dialog.fetch();
        }
    }

    private NotifierDialog install(InboundRequest request) {
        Dialog dialog = Dialog.notified(request.message(), from, subscribed, target, request.transport(), request.source());
        NotifierDialog made = new NotifierDialog(this, dialog);
        forks.add(made);
        return made;
    }

    private void confirm(InboundRequest request, Dialog dialog) {
        SIPResponse response = Messages.response(request.message(), 200, null, (To) request.message().getTo());
        Messages.copyRecordRoute(request.message(), response);
        Messages.add(response, env().contact(dialog.transport, secure));
        env().signResponse(response);
        request.respond(response);
    }

    private void reply(InboundRequest request, int code, RawHeader... with) {
        env().reply(request, code, with.length == 1 && with[0] == null ? new RawHeader[0] : with);
    }

    // ---- for its dialogs

    void tell(NotifierDialog dialog, Notification news) {
        SubscriptionState said = news.state();
        tell(new UsageEvent.Notified(dialog.dialog.remoteTag, said.state(), said.reason(), said.retryAfter(), said.expires(), news.contentType(),
                news.body()));
    }

    /** A dialog is over. While others live, one that was lost is told as terminated: nobody else would say so. */
    void over(NotifierDialog gone, UsageEvent.Ended how) {
        forks.remove(gone);
        ended = fetch ? new UsageEvent.Ended(UsageEvent.Why.UNSUBSCRIBED, 0, "") : how;
        if (forks.isEmpty()) {
            fire(Event.EMPTY);
        } else if (how.why() == UsageEvent.Why.REFRESH_FAILED || how.why() == UsageEvent.Why.NO_NOTIFY) {
            tell(new UsageEvent.Notified(gone.dialog.remoteTag, UsageEvent.State.TERMINATED, "", -1, -1, null, new byte[0]));
        }
    }

    /** What stands in every SUBSCRIBE within a dialog. */
    void addTo(SIPRequest request, String transport, int expires) {
        Messages.add(request, env().contact(transport, secure));
        headers.addTo(request, expires);
        Messages.addAll(request, extra);
    }

    SipEnv env() {
        return home.env();
    }

    Executor mailbox() {
        return mailbox;
    }

    Credentials credentials() {
        return credentials;
    }

    long now() {
        return home.clock().nanos();
    }

    double random() {
        return home.random();
    }

    /** Seconds that we ask for. */
    int asked() {
        return asked;
    }

    /** Seconds that the first 2xx granted; what we ask for before it came. */
    int granted() {
        return granted;
    }

    // ---- commands

    @Override
    public void start() {
        fire(Event.START);
    }

    @Override
    public void refresh() {
        for (NotifierDialog dialog : forks.all()) {
            dialog.refresh();
        }
    }

    @Override
    public void end() {
        fire(Event.END);
    }

    @Override
    public void close() {
        fire(Event.CLOSE);
    }
}
