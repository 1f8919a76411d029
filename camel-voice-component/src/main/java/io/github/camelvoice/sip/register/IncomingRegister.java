package io.github.camelvoice.sip.register;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.account.spi.RegisterAnswer;
import io.github.camelvoice.account.spi.RegisterRequest;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.Nat;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One REGISTER, and its answer. Immutable. */
final class IncomingRegister implements RegisterRequest {

    private static final Pattern INSTANCE = Pattern.compile("<urn:[^\"<>\\\\\\s]{1,200}>");

    private final SipEnv env;
    private final InboundRequest request;
    private final SIPRequest message;

    IncomingRegister(SipEnv env, InboundRequest request) {
        this.env = env;
        this.request = request;
        this.message = request.message();
    }

    private SipUri to() {
        return (SipUri) message.getTo().getAddress().getURI();
    }

    @Override
    public String user() {
        return to().getUser();
    }

    @Override
    public String aor() {
        return (to().isSecure() ? "sips:" : "sip:") + to().getUser() + "@" + to().getHost().toLowerCase(Locale.ROOT)
                + (to().getPort() > 0 ? ":" + to().getPort() : "");
    }

    @Override
    public String authenticatedUser() {
        return request.authenticatedUser();
    }

    @Override
    public String callId() {
        return message.getCallId().getCallId();
    }

    @Override
    public long sequence() {
        return message.getCSeq().getSeqNumber();
    }

    @Override
    public boolean wildcard() {
        ContactList all = message.getContactHeaders();
        return all != null && all.stream().anyMatch(each -> each.isWildCard());
    }

    @Override
    public List<Contact> contacts() {
        ContactList all = message.getContactHeaders();
        if (all == null) {
            return List.of();
        }
        boolean direct = path().isEmpty();
        return all.stream().filter(each -> !each.isWildCard()).map(each -> contact(each, direct)).toList();
    }

    private RegisterRequest.Contact contact(gov.nist.javax.sip.header.Contact contact, boolean direct) {
        SipUri uri = (SipUri) contact.getAddress().getURI();
        String named = contact.getParameter("+sip.instance");
        float quality = contact.getQValue();
        return new RegisterRequest.Contact(uri.encode(), key(uri), direct ? target(uri) : uri.encode(), contact.getExpires(),
                quality < 0 ? 1000 : Math.round(quality * 1000), named != null && INSTANCE.matcher(named).matches() ? named : "",
                regId(contact.getParameter("reg-id")));
    }

    private static int regId(String text) {
        return text != null && text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }

    /** What must be equal in equal URIs (RFC 3261, section 19.1.4). */
    private static String key(SipUri uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT) + ':' + uri.getUser() + '@' + uri.getHost().toLowerCase(Locale.ROOT) + ':' + uri.getPort()
                + ';' + lower(uri.getTransportParam()) + ';' + lower(uri.getMAddrParam());
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /** A connection that the phone has made is the way back; over UDP it is where an address translator hides the phone. */
    private String target(SipUri uri) {
        InetSocketAddress source = request.source();
        boolean connected = !request.transport().equals("udp") && Addresses.transport(uri).equals(request.transport());
        return connected || Nat.hides(uri.getHost(), source.getAddress()) ? Nat.seen(uri, source).encode() : uri.encode();
    }

    @Override
    public int expires() {
        return message.getExpires() == null ? -1 : message.getExpires().getExpires();
    }

    @Override
    public List<String> path() {
        List<String> path = new ArrayList<>();
        if (message.getHeader("Path") == null) {
            return path;
        }
        for (Iterator<SIPHeader> all = message.getHeaders("Path"); all.hasNext(); ) {
            String value = all.next().getHeaderValue().trim();
            int from = value.indexOf('<');
            int to = value.indexOf('>', from);
            path.add(from >= 0 && to > from ? value.substring(from + 1, to) : value);
        }
        return path;
    }

    @Override
    public String source() {
        return request.source().getAddress().getHostAddress() + ":" + request.source().getPort();
    }

    @Override
    public String transport() {
        return request.transport();
    }

    @Override
    public String userAgent() {
        String value = Messages.value(message, "User-Agent");
        return value == null ? "" : value;
    }

    @Override
    public void answer(RegisterAnswer answer) {
        if (answer instanceof RegisterAnswer.Registered registered) {
            SIPResponse ok = response(200, null);
            if (!registered.bindings().isEmpty()) {
                ok.addHeader(new RawHeader("Contact", registered.bindings().stream().map(IncomingRegister::bound).toArray(String[]::new)));
            }
            if (!path().isEmpty()) {
                ok.addHeader(new RawHeader("Path", path().stream().map(uri -> "<" + uri + ">").toArray(String[]::new)));
            }
            request.respond(ok);
        } else if (answer instanceof RegisterAnswer.Refused refused) {
            SIPResponse failure = response(refused.code(), refused.phrase());
            if (refused.minExpires() > 0) {
                failure.addHeader(new RawHeader("Min-Expires", String.valueOf(refused.minExpires())));
            }
            request.respond(failure);
        }
    }

    private static String bound(RegisterAnswer.Bound bound) {
        return "<" + bound.contact() + ">;expires=" + bound.expires()
                + (bound.quality() == 1000 ? "" : ";q=0." + String.format(Locale.ROOT, "%03d", bound.quality()))
                + (bound.instance().isEmpty() ? "" : ";+sip.instance=\"" + bound.instance() + "\"");
    }

    private SIPResponse response(int code, String phrase) {
        SIPResponse response = Messages.response(message, code, phrase, Dialog.tagged((To) message.getTo(), env.ids().token()));
        env.signResponse(response);
        return response;
    }
}
