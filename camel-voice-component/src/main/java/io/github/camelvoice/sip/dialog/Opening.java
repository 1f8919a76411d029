package io.github.camelvoice.sip.dialog;

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
import io.github.camelvoice.call.SipHeaders;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/**
 * The request that opens a dialog of ours, for each of its tries: where it goes, who we are, its Call-ID and our tag. Checked when
 * it is made. For one owner, on its mailbox.
 */
public final class Opening {

    private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");

    private final SipEnv env;
    private final SipUri target;
    /** Where the request goes: the target, or where that is. */
    private final SipUri requestUri;
    /** What it passes first; empty to go straight. */
    private final List<SipUri> path;
    private final From from;
    private final To to;
    private final CallID callId;
    private final String localTag;
    private final List<RawHeader> extra;
    private String transport;
    private long seq;

    /**
     * @param contact where the target is, if that is known; null to go where the target says
     * @param path    SIP URIs that the request passes first, in their order
     * @param from    who we say we are, null for our own identity
     * @param headers more header fields; those that belong to the dialog are refused
     * @throws IllegalArgumentException naming what is wrong
     */
    public Opening(SipEnv env, String target, String contact, List<String> path, String from, String fromDisplay, SipHeaders headers) {
        this.env = env;
        this.target = Addresses.sipUri(target, "target");
        this.target.removeHeaders();
        this.target.removeMethod();
        this.requestUri = contact == null ? this.target : Addresses.sipUri(contact, "contact");
        this.requestUri.removeHeaders();
        this.requestUri.removeMethod();
        this.path = path.stream().map(uri -> Addresses.sipUri(uri, "outbound proxy or path")).toList();
        this.transport = Addresses.transport(hop());
        if (!TRANSPORTS.contains(transport)) {
            throw new IllegalArgumentException("transport '" + transport + "' is none of udp, tcp, tls");
        }
        if (!env.door().listens(transport)) {
            throw new IllegalArgumentException("there is no listening point for transport '" + transport + "'");
        }
        this.extra = HeaderRules.check(headers);
        this.localTag = env.ids().token();
        try {
            this.from = new From();
            this.from.setAddress(Addresses.address(identity(from), fromDisplay));
            this.from.setTag(localTag);
            to = new To();
            to.setAddress(Addresses.address((SipUri) this.target.clone(), null));
            callId = new CallID(env.ids().token() + env.ids().token() + "@" + env.door().bindings().advertisedHost());
        } catch (ParseException impossible) {
            throw new IllegalArgumentException("addresses: " + impossible.getMessage(), impossible);
        }
    }

    private SipUri hop() {
        return path.isEmpty() ? requestUri : path.get(0);
    }

    private SipUri identity(String given) throws ParseException {
        if (given != null) {
            return Addresses.sipUri(given, "from");
        }
        SipUri uri = new SipUri();
        uri.setScheme(target.isSecure() ? "sips" : "sip");
        uri.setUser(env.identity());
        uri.setHost(env.door().bindings().advertisedHost());
        return uri;
    }

    /** TCP where no URI names a transport: for requests that are too large for a datagram (RFC 3261, section 18.1.1). */
    public void preferTcp() {
        SipUri hop = hop();
        if (hop.getTransportParam() == null && !hop.isSecure() && env.door().listens("tcp")) {
            try {
                hop.setTransportParam("tcp");
            } catch (ParseException impossible) {
                throw new IllegalStateException(impossible);
            }
            transport = "tcp";
        }
    }

    /** The request of the next try, with the next number; without what {@link #addExtra} adds. */
    public SIPRequest request(String method, int maxForwards) {
        SIPRequest request = bare(method, maxForwards);
        Messages.add(request, env.contact(transport, secure()));
        return request;
    }

    /** As {@link #request}, without a Contact. */
    public SIPRequest bare(String method, int maxForwards) {
        SIPRequest request = new SIPRequest();
        request.setRequestLine(new RequestLine((SipUri) requestUri.clone(), method));
        request.addHeader(callId);
        request.addHeader(new CSeq(++seq, method));
        request.addHeader(from);
        request.addHeader(to);
        request.addHeader(maxForwards(maxForwards));
        if (!path.isEmpty()) {
            request.addHeader(route());
        }
        return request;
    }

    /** Adds the header fields that were given, in the place of equally named ones. */
    public void addExtra(SIPRequest request) {
        Messages.addAll(request, extra);
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

    public boolean secure() {
        return requestUri.isSecure();
    }

    public String localTag() {
        return localTag;
    }

    public CallID callIdHeader() {
        return callId;
    }

    public From fromHeader() {
        return from;
    }

    /** Where the request goes. */
    public SipUri requestUri() {
        return requestUri;
    }

    /** Number of the last request. */
    public long seq() {
        return seq;
    }

    public List<RawHeader> extra() {
        return extra;
    }

    public String callId() {
        return callId.getCallId();
    }

    public String transport() {
        return transport;
    }

    public Party from() {
        return Addresses.party(from);
    }

    public Party to() {
        return Addresses.party(to);
    }
}
