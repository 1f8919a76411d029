package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.spi.InviteHandler;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.sip.stack.RequestSink;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the leg for each request, and makes legs. Called on the threads of the stack: whatever is found, the rest happens on the
 * mailbox of its call.
 */
public final class Legs implements RequestSink {

    private static final Logger LOG = LoggerFactory.getLogger(Legs.class);
    /** Make sense within a dialog only. */
    private static final Set<String> IN_DIALOG = Set.of("BYE", "INFO", "UPDATE", "PRACK", "NOTIFY", "CANCEL");
    private static final Set<String> KNOWN = Set.of("OPTIONS", "REGISTER", "SUBSCRIBE", "MESSAGE", "PUBLISH");

    private static final RawHeader UNSUPPORTED_TIMER = new RawHeader("Unsupported", "timer");

    private final LegEnv env;
    private volatile InviteHandler handler;

    public Legs(LegEnv env) {
        this.env = env;
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
    public void request(InboundRequest request) {
        SIPRequest message = request.message();
        if (message.getMethod().equals(SIPRequest.CANCEL)) {
            cancel(request);
            return;
        }
        String tag = message.getToTag();
        if (tag == null) {
            outside(request);
            return;
        }
        Leg leg = env.legs().find(tag);
        if (leg != null) {
            // Here and not on the mailbox: a CANCEL may be right behind.
            request.attach(leg);
            leg.enqueue(request);
        } else {
            env.legs().countUnknown();
            reply(request, 481);
        }
    }

    private void cancel(InboundRequest cancel) {
        InboundRequest invite = cancel.cancelled();
        if (invite != null && invite.attachment() instanceof Leg leg) {
            leg.enqueueCancel(cancel);
        } else {
            reply(cancel, invite == null ? 481 : 200);
        }
    }

    private void outside(InboundRequest request) {
        String method = request.message().getMethod();
        if (method.equals(SIPRequest.INVITE)) {
            invite(request);
        } else if (IN_DIALOG.contains(method)) {
            reply(request, 481);
        } else if (method.equals(SIPRequest.REFER)) {
            // Only who is in a call with us may ask us to call somebody.
            reply(request, 403);
        } else {
            reply(request, KNOWN.contains(method) ? 405 : 501, Messages.ALLOW);
        }
    }

    private void invite(InboundRequest request) {
        SIPRequest message = request.message();
        if (message.getRawContent() != null && message.getRawContent().length > 0 && Messages.sdp(message) == null) {
            reply(request, 415, Messages.ACCEPT_SDP);
            return;
        }
        if (!env.settings().sessionTimers() && Messages.lists(message, "Require", "timer")) {
            reply(request, 420, UNSUPPORTED_TIMER);
            return;
        }
        if (SessionTerms.tooBrief(message, env.settings())) {
            reply(request, 422, env.minSe());
            return;
        }
        Replaces replaces;
        try {
            String value = Messages.value(message, "Replaces");
            replaces = value == null ? null : Replaces.parse(value);
        } catch (IllegalArgumentException malformed) {
            reply(request, 400);
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

    @Override
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

    private void reply(InboundRequest request, int code, RawHeader... headers) {
        SIPRequest message = request.message();
        if (message.getMethod().equals(SIPRequest.ACK)) {
            return;
        }
        To to = (To) message.getTo();
        SIPResponse response = Messages.response(message, code, null, to.getTag() == null ? Dialog.tagged(to, env.ids().token()) : to);
        env.signResponse(response);
        for (RawHeader header : headers) {
            response.addHeader(header);
        }
        request.respond(response);
    }
}
