package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/** The INVITE of a call that we place: checked when the leg is made, built for each try. */
final class OutboundInvite {

    private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");
    /** Beyond this many rises of the session interval (422) the call fails. */
    private static final int MAX_RISES = 3;

    private final LegEnv env;
    private final SipUri target;
    /** Where the INVITE goes: the target, or where it is registered. */
    private final SipUri requestUri;
    /** What the INVITE passes first; empty to go straight. */
    private final List<SipUri> path;
    private final From from;
    private final To to;
    private final CallID callId;
    private final String localTag;
    private final String transport;
    private final List<RawHeader> extra;
    private final int maxForwards;
    private int sessionExpires;
    private int minSe;
    private int rises;
    private long seq;

    /** @throws IllegalArgumentException naming what is wrong with the call */
    OutboundInvite(LegEnv env, OutboundLeg spec) {
        this.env = env;
        this.target = Addresses.sipUri(spec.target(), "target");
        this.target.removeHeaders();
        this.target.removeMethod();
        this.requestUri = spec.reached() == null ? target : Addresses.sipUri(spec.reached().contact(), "contact");
        this.requestUri.removeHeaders();
        this.requestUri.removeMethod();
        this.path = path(spec);
        this.transport = Addresses.transport(path.isEmpty() ? requestUri : path.get(0));
        if (!TRANSPORTS.contains(transport)) {
            throw new IllegalArgumentException("transport '" + transport + "' is none of udp, tcp, tls");
        }
        if (!env.door().listens(transport)) {
            throw new IllegalArgumentException("there is no listening point for transport '" + transport + "'");
        }
        this.extra = HeaderRules.check(spec.headers());
        this.maxForwards = spec.maxForwards();
        this.localTag = env.ids().token();
        try {
            from = new From();
            from.setAddress(Addresses.address(identity(spec), spec.fromDisplay()));
            from.setTag(localTag);
            to = new To();
            to.setAddress(Addresses.address((SipUri) target.clone(), null));
            callId = new CallID(env.ids().token() + env.ids().token() + "@" + env.door().bindings().advertisedHost());
        } catch (ParseException impossible) {
            throw new IllegalArgumentException("addresses of the call: " + impossible.getMessage(), impossible);
        }
        this.sessionExpires = spec.sessionExpires() > 0 ? spec.sessionExpires() : env.settings().sessionExpires();
        this.minSe = env.settings().minSe();
        if (spec.sessionExpires() < 0 || spec.sessionExpires() > 0 && spec.sessionExpires() < minSe) {
            throw new IllegalArgumentException("sessionExpires must be 0 or " + minSe + " seconds or more: " + spec.sessionExpires());
        }
    }

    private SipUri identity(OutboundLeg spec) throws ParseException {
        if (spec.from() != null) {
            return Addresses.sipUri(spec.from(), "from");
        }
        SipUri uri = new SipUri();
        uri.setScheme(target.isSecure() ? "sips" : "sip");
        uri.setUser(env.settings().identity());
        uri.setHost(env.door().bindings().advertisedHost());
        return uri;
    }

    /** The INVITE of the next try, with the next number. */
    SIPRequest request(String offer) {
        SIPRequest request = new SIPRequest();
        SipUri uri = (SipUri) requestUri.clone();
        request.setRequestLine(new RequestLine(uri, SIPRequest.INVITE));
        request.addHeader(callId);
        request.addHeader(new CSeq(++seq, SIPRequest.INVITE));
        request.addHeader(from);
        request.addHeader(to);
        request.addHeader(maxForwards(maxForwards));
        if (!path.isEmpty()) {
            request.addHeader(route());
        }
        Messages.add(request, env.contact(transport, secure()));
        request.addHeader(Messages.ALLOW);
        addExtensions(request, offer != null);
        env.signRequest(request);
        Messages.addAll(request, extra);
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

    private static List<SipUri> path(OutboundLeg spec) {
        if (spec.outboundProxy() != null) {
            return List.of(Addresses.sipUri(spec.outboundProxy(), "outbound proxy"));
        }
        return spec.reached() == null ? List.of() : spec.reached().path().stream().map(uri -> Addresses.sipUri(uri, "path")).toList();
    }

    private RouteList route() {
        RouteList list = new RouteList();
        for (SipUri each : path) {
            SipUri uri = (SipUri) each.clone();
            uri.setLrParam();
            Route route = new Route();
            route.setAddress(Addresses.address(uri, null));
            list.add(route);
        }
        return list;
    }

    private static MaxForwards maxForwards(int value) {
        try {
            return new MaxForwards(value > 0 ? value : 70);
        } catch (javax.sip.InvalidArgumentException impossible) {
            throw new IllegalStateException(impossible);
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
        return requestUri.isSecure();
    }

    String localTag() {
        return localTag;
    }

    String callId() {
        return callId.getCallId();
    }

    String transport() {
        return transport;
    }

    Party from() {
        return Addresses.party(from);
    }

    Party to() {
        return Addresses.party(to);
    }
}
