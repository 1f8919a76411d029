package io.github.camelvoice.sip;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.spi.InviteHandler;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.Signalling;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.notifier.spi.EventDoor;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Dispatcher;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.event.EventServer;
import io.github.camelvoice.sip.leg.LegEnv;
import io.github.camelvoice.sip.leg.LegSettings;
import io.github.camelvoice.sip.leg.Legs;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.sip.stack.Networks;
import io.github.camelvoice.sip.stack.Repertoire;
import io.github.camelvoice.sip.stack.RequestSink;
import io.github.camelvoice.sip.stack.SipDoor;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/**
 * The sip room as the call room sees it: legs on top of a SIP stack. Give it to {@code SipStackHost.start} as the sink of requests.
 * Thread-safe.
 */
public final class SipSignalling implements Signalling, RequestSink {

    private final LegEnv env;
    private final Legs legs;
    private final Dispatcher dispatcher;
    private final EventServer events;

    public SipSignalling(SipDoor stack, SipConfig config, Timers timers, Ids ids) {
        this(stack, LegSettings.of(config), timers, ids);
        env.trust(new Networks(config.trustedSources())::contains);
    }

    SipSignalling(SipDoor stack, LegSettings settings, Timers timers, Ids ids) {
        env = new LegEnv(stack, timers, ids, settings);
        legs = new Legs(env);
        dispatcher = new Dispatcher(env);
        legs.join(dispatcher);
        events = new EventServer(env, dispatcher);
    }

    @Override
    public SignallingLeg leg(OutboundLeg spec, Executor mailbox, SignalListener listener) {
        return legs.outbound(spec, mailbox, listener);
    }

    @Override
    public void onInvite(InviteHandler handler) {
        legs.onInvite(handler);
    }

    /** Legs that are not closed. */
    public int liveLegs() {
        return env.legs().live();
    }

    /** Requests so far that named a dialog that is not, or came from where that dialog does not live (481). */
    public long unknownDialogs() {
        return env.legs().unknownDialogs() + dispatcher.unknownDialogs();
    }

    /** Where others than calls say what they serve. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** What all who speak SIP here share. */
    public SipEnv env() {
        return env;
    }

    /** Where others subscribe to us. */
    public EventDoor events() {
        return events;
    }

    @Override
    public void request(InboundRequest request) {
        dispatcher.request(request);
    }

    @Override
    public void repeatedInvite(InboundRequest first) {
        legs.repeatedInvite(first);
    }

    @Override
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        return dispatcher.inDialog(request, source);
    }

    @Override
    public Repertoire repertoire() {
        return dispatcher.repertoire();
    }
}
