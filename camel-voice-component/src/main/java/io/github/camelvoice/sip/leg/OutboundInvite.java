package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.Opening;
import io.github.camelvoice.sip.dialog.RawHeader;
import java.util.ArrayList;
import java.util.List;

/** The INVITE of a call that we place: checked when the leg is made, built for each try. */
final class OutboundInvite {

    /** Beyond this many rises of the session interval (422) the call fails. */
    private static final int MAX_RISES = 3;

    private final LegEnv env;
    private final Opening opening;
    private final int maxForwards;
    private int sessionExpires;
    private int minSe;
    private int rises;

    /** @throws IllegalArgumentException naming what is wrong with the call */
    OutboundInvite(LegEnv env, OutboundLeg spec) {
        this.env = env;
        this.opening = new Opening(env, spec.target(), spec.reached() == null ? null : spec.reached().contact(), path(spec), spec.from(),
                spec.fromDisplay(), spec.headers());
        this.maxForwards = spec.maxForwards();
        this.sessionExpires = spec.sessionExpires() > 0 ? spec.sessionExpires() : env.settings().sessionExpires();
        this.minSe = env.settings().minSe();
        if (spec.sessionExpires() < 0 || spec.sessionExpires() > 0 && spec.sessionExpires() < minSe) {
            throw new IllegalArgumentException("sessionExpires must be 0 or " + minSe + " seconds or more: " + spec.sessionExpires());
        }
    }

    private static List<String> path(OutboundLeg spec) {
        if (spec.firstHop() != null) {
            List<String> hops = new ArrayList<>(spec.route());
            if (spec.outboundProxy() != null) {
                hops.add(0, spec.outboundProxy());
            }
            return hops;
        }
        return spec.reached() == null ? List.of() : spec.reached().path();
    }

    /** The INVITE of the next try, with the next number. */
    SIPRequest request(String offer) {
        SIPRequest request = opening.request(SIPRequest.INVITE, maxForwards);
        request.addHeader(Messages.ALLOW);
        addExtensions(request, offer != null);
        env.signRequest(request);
        opening.addExtra(request);
        Messages.sdp(request, offer);
        return request;
    }

    /** 100rel is not offered with a late offer: the offer would come in a provisional response, and the PRACK would need our answer. */
    private void addExtensions(SIPRequest request, boolean offered) {
        boolean timer = env.settings().sessionTimers();
        request.addHeader(offered ? env.supported() : timer ? Messages.SUPPORTED_TIMER : Messages.SUPPORTED_REPLACES);
        if (timer) {
            request.addHeader(new RawHeader("Session-Expires", String.valueOf(Math.max(sessionExpires, minSe))));
            request.addHeader(new RawHeader("Min-SE", String.valueOf(minSe)));
        }
    }

    /** 422: the far end demands a longer interval. @return whether another try makes sense */
    boolean raiseInterval(int demanded) {
        if (!env.settings().sessionTimers() || demanded <= minSe || rises++ >= MAX_RISES) {
            return false;
        }
        minSe = demanded;
        return true;
    }

    boolean secure() {
        return opening.secure();
    }

    String localTag() {
        return opening.localTag();
    }

    String callId() {
        return opening.callId();
    }

    String transport() {
        return opening.transport();
    }

    Party from() {
        return opening.from();
    }

    Party to() {
        return opening.to();
    }
}
