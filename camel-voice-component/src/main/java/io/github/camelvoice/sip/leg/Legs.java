package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.spi.InviteHandler;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.sip.dialog.DialogHome;
import io.github.camelvoice.sip.dialog.Dispatcher;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the leg for each request, and makes legs. Called on the threads of the stack: whatever is found, the rest happens on the
 * mailbox of its call.
 */
public final class Legs implements DialogHome {

    private static final Logger LOG = LoggerFactory.getLogger(Legs.class);

    private static final RawHeader UNSUPPORTED_TIMER = new RawHeader("Unsupported", "timer");

    private final LegEnv env;
    private volatile InviteHandler handler;

    public Legs(LegEnv env) {
        this.env = env;
    }

    /** Calls are served from now on. */
    public void join(Dispatcher dispatcher) {
        dispatcher.home(this)
                .serve(SIPRequest.INVITE, Set.of(), this::invite)
                .serve(SIPRequest.CANCEL, Set.of(), this::cancel)
                // Only who is in a call with us may ask us to call somebody.
                .serve(SIPRequest.REFER, Set.of(), request -> env.reply(request, 403));
    }

    public void onInvite(InviteHandler asked) {
        handler = asked;
    }

    /** @throws IllegalArgumentException naming what is wrong with the call */
    public SignallingLeg outbound(OutboundLeg spec, Executor mailbox, SignalListener listener) {
        OutboundInvite plan = new OutboundInvite(env, spec);
        ClientLeg leg = new ClientLeg(env, plan, env.credentials(spec.username(), spec.password()), mailbox, listener);
        env.legs().add(leg.localTag, leg);
        return leg;
    }

    @Override
    public boolean owns(String localTag) {
        return env.legs().find(localTag) != null;
    }

    @Override
    public void request(InboundRequest request) {
        Leg leg = env.legs().find(request.message().getToTag());
        if (leg != null) {
            // Here and not on the mailbox: a CANCEL may be right behind.
            request.attach(leg);
            leg.enqueue(request);
        } else {
            env.legs().countUnknown();
            env.reply(request, 481);
        }
    }

    private void cancel(InboundRequest cancel) {
        InboundRequest invite = cancel.cancelled();
        if (invite != null && invite.attachment() instanceof Leg leg) {
            leg.enqueueCancel(cancel);
        } else {
            env.reply(cancel, invite == null ? 481 : 200);
        }
    }

    private void invite(InboundRequest request) {
        SIPRequest message = request.message();
        if (message.getRawContent() != null && message.getRawContent().length > 0 && Messages.sdp(message) == null) {
            env.reply(request, 415, Messages.ACCEPT_SDP);
            return;
        }
        if (!env.settings().sessionTimers() && Messages.lists(message, "Require", "timer")) {
            env.reply(request, 420, UNSUPPORTED_TIMER);
            return;
        }
        if (SessionTerms.tooBrief(message, env.settings())) {
            env.reply(request, 422, env.minSe());
            return;
        }
        Replaces replaces;
        try {
            String value = Messages.value(message, "Replaces");
            replaces = value == null ? null : Replaces.parse(value);
        } catch (IllegalArgumentException malformed) {
            env.reply(request, 400);
            return;
        }
        Invitation invitation = new Invitation(env, request, replaces);
        InviteHandler asked = handler;
        try {
            if (asked != null) {
                asked.invited(invitation);
            }
        } catch (RuntimeException failure) {
            LOG.error("[{}] the handler of new calls failed", invitation.sipCallId(), failure);
        }
        if (!invitation.decided()) {
            invitation.refuse(asked == null ? 480 : 500, null, null);
        }
    }

    /** An INVITE came again after its 2xx ({@code RequestSink.repeatedInvite}). */
    public void repeatedInvite(InboundRequest first) {
        if (first.attachment() instanceof Leg leg) {
            leg.enqueueAgain(first);
        }
    }

    @Override
    public boolean inDialog(SIPRequest request, InetSocketAddress source) {
        Leg leg = env.legs().find(request.getToTag());
        return leg != null && leg.accepts(request, source.getAddress());
    }
}
