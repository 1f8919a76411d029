package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.address.GenericURI;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.RouteList;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.spi.DialogInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A dialog of ours (RFC 3261, section 12): early from the first provisional response with a tag, confirmed with the 2xx. Used
 * on the mailbox of its call only.
 */
public final class Dialog {

    private static final MaxForwards SEVENTY = maxForwards();

    public final CallID callId;
    public final String localTag;
    public final String remoteTag;
    /** Whether we sent the INVITE, that is: whether the Call-ID is ours (RFC 3261, section 14.1). */
    public final boolean caller;
    public final String transport;
    private final From from;
    private final To to;
    /** Written on the mailbox; {@link #mayCome} reads them on the thread of the stack too. */
    private volatile List<Route> routes;
    private volatile GenericURI target;
    private long localSeq;
    /** -1 until the far end sent a request. */
    private long remoteSeq;
    private final InetAddress source;

    private Dialog(boolean caller, CallID callId, From from, To to, String localTag, String remoteTag, String transport,
                   InetAddress source) {
        this.caller = caller;
        this.callId = callId;
        this.from = from;
        this.to = to;
        this.localTag = localTag;
        this.remoteTag = remoteTag;
        this.transport = transport;
        this.source = source;
    }

    /** Of the called side. {@code localTo}: the To header of our responses, with our tag. */
    public static Dialog called(SIPRequest invite, To localTo, String transport, InetSocketAddress source) {
        From local = new From(localTo);
        To remote = new To((From) invite.getFrom());
        Dialog dialog = new Dialog(false, (CallID) invite.getCallId(), local, remote, localTo.getTag(), tag(invite.getFromTag()),
                transport, source.getAddress());
        dialog.remoteSeq = invite.getCSeq().getSeqNumber();
        dialog.routes = routes(invite.getRecordRouteHeaders(), false);
        dialog.refreshTarget(invite, source);
        return dialog;
    }

    /** Of the calling side, from a response with a To tag. */
    public static Dialog caller(SIPRequest invite, SIPResponse response, String transport) {
        Dialog dialog = new Dialog(true, (CallID) invite.getCallId(), (From) invite.getFrom(), (To) response.getTo(),
                invite.getFromTag(), tag(response.getToTag()), transport, address(response));
        dialog.remoteSeq = -1;
        dialog.localSeq = invite.getCSeq().getSeqNumber();
        dialog.target = (GenericURI) invite.getRequestURI();
        dialog.confirm(response);
        return dialog;
    }

    /**
     * Of a subscriber, from the NOTIFY that makes the dialog (RFC 6665, section 4.4.1).
     *
     * @param local     From of the SUBSCRIBE
     * @param subscribed number of the SUBSCRIBE
     * @param otherwise where requests go if the NOTIFY has no Contact
     */
    public static Dialog notified(SIPRequest notify, From local, long subscribed, GenericURI otherwise, String transport, InetSocketAddress source) {
        Dialog dialog = new Dialog(true, (CallID) notify.getCallId(), local, new To((From) notify.getFrom()), local.getTag(),
                tag(notify.getFromTag()), transport, source.getAddress());
        dialog.remoteSeq = notify.getCSeq().getSeqNumber();
        dialog.localSeq = subscribed;
        dialog.routes = routes(notify.getRecordRouteHeaders(), false);
        dialog.target = otherwise;
        dialog.refreshTarget(notify, source);
        return dialog;
    }

    /**
     * The 2xx to the SUBSCRIBE came behind the NOTIFY. Proxies of RFC 3265 leave their mark in the SUBSCRIBE alone: the route set
     * is the one of the response then.
     */
    public void answered(SIPResponse response) {
        if (routes.isEmpty()) {
            routes = routes(response.getRecordRouteHeaders(), true);
        }
    }

    private static InetAddress address(SIPResponse response) {
        InetAddress packet = response.getPeerPacketSourceAddress();
        return packet != null ? packet : response.getRemoteAddress();
    }

    /** The 2xx settles the route set (RFC 3261, section 13.2.2.4). */
    public void confirm(SIPResponse response) {
        routes = routes(response.getRecordRouteHeaders(), true);
        refreshTarget(response, null);
    }

    /**
     * Takes the Contact of a target refresh request or of its 2xx. A Contact that cannot be reached, because it names an address
     * behind a NAT that its sender does not know of, is replaced by where the message came from.
     *
     * @param from where the request came from, null for a response
     */
    public void refreshTarget(SIPMessage message, InetSocketAddress from) {
        ContactList contacts = message.getContactHeaders();
        if (contacts != null && !contacts.isEmpty()) {
            Contact first = (Contact) contacts.getFirst();
            if (!first.isWildCard() && first.getAddress().getURI() instanceof SipUri uri) {
                target = from != null && routes.isEmpty() && Nat.hides(uri.getHost(), from.getAddress()) ? Nat.seen(uri, from) : uri;
            }
        }
    }

    /** Whether a request of the far end comes in order (RFC 3261, section 12.2.2); remembers its number if so. */
    public boolean inOrder(SIPRequest request) {
        long seq = request.getCSeq().getSeqNumber();
        if (seq < remoteSeq) {
            return false;
        }
        remoteSeq = seq;
        return true;
    }

    public boolean matches(SIPRequest request) {
        return remoteTag.equals(tag(request.getFromTag())) && localTag.equals(tag(request.getToTag()));
    }

    /**
     * Whether a request in this dialog may come from this address: the one that made the dialog, the Contact, or the first hop
     * of the route set. Where one of those is a name, any address may be behind it.
     */
    public boolean mayCome(InetAddress from) {
        if (source == null || source.equals(from)) {
            return true;
        }
        if (mayBe(target, from)) {
            return true;
        }
        return !routes.isEmpty() && mayBe(routes.get(0).getAddress().getURI(), from);
    }

    private static boolean mayBe(javax.sip.address.URI uri, InetAddress from) {
        if (!(uri instanceof SipUri sip)) {
            return true;
        }
        String host = sip.getMAddrParam() != null ? sip.getMAddrParam() : sip.getHost();
        String bare = Addresses.bare(host);
        return !Addresses.isLiteral(bare) || bare.equals(from.getHostAddress());
    }

    /** A new request with the next number. */
    public SIPRequest request(String method) {
        return request(method, ++localSeq);
    }

    /** ACK to the 2xx of the INVITE (or re-INVITE) of this number. */
    public SIPRequest ack(long seq) {
        return request(SIPRequest.ACK, seq);
    }

    private SIPRequest request(String method, long seq) {
        SIPRequest request = new SIPRequest();
        request.setRequestLine(new RequestLine((GenericURI) target.clone(), method));
        request.addHeader(callId);
        request.addHeader(new CSeq(seq, method));
        request.addHeader(from);
        request.addHeader(to);
        request.addHeader(SEVENTY);
        if (!routes.isEmpty()) {
            RouteList list = new RouteList();
            list.addAll(routes);
            request.addHeader(list);
        }
        return request;
    }

    /** After a request of this dialog was sent past {@link #request}, as the repeated INVITE of the dialog's start is. */
    public void sent(long seq) {
        localSeq = Math.max(localSeq, seq);
    }

    /** The transport of the next request: that of the first route, else of the target, else of the dialog. */
    public String nextTransport() {
        if (!routes.isEmpty() && routes.get(0).getAddress().getURI() instanceof SipUri first) {
            return Addresses.transport(first);
        }
        return target instanceof SipUri sip ? Addresses.transport(sip) : transport;
    }

    /** Any thread. */
    public DialogInfo info(boolean takesRefer) {
        return new DialogInfo(callId.getCallId(), localTag, remoteTag, target.encode(), takesRefer);
    }

    private static List<Route> routes(RecordRouteList recorded, boolean reverse) {
        if (recorded == null || recorded.isEmpty()) {
            return List.of();
        }
        List<Route> list = new ArrayList<>(recorded.size());
        for (RecordRoute each : recorded) {
            Route route = new Route();
            route.setAddress(each.getAddress());
            list.add(reverse ? 0 : list.size(), route);
        }
        return list;
    }

    public static String tag(String tag) {
        return tag == null ? "" : tag;
    }

    /** The To of our responses: that of the request with this tag. */
    public static To tagged(To to, String tag) {
        To copy = (To) to.clone();
        try {
            copy.setTag(tag);
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
        return copy;
    }

    private static MaxForwards maxForwards() {
        try {
            return new MaxForwards(70);
        } catch (javax.sip.InvalidArgumentException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
