package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.stack.Bindings;
import io.github.camelvoice.sip.stack.InboundRequest;
import io.github.camelvoice.sip.stack.SipDoor;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** What all who speak in dialogs share: the stack, timers, ids, and what stands in each message of ours. Thread-safe. */
public class SipEnv {

    private final SipDoor door;
    private final Timers timers;
    private final Ids ids;
    private final String identity;
    private final RawHeader userAgent;
    private final RawHeader server;
    private final boolean pinSource;
    private volatile Predicate<InetAddress> trusted = source -> false;
    private final ConcurrentMap<String, ContactList> contacts = new ConcurrentHashMap<>();

    /**
     * @param identity  user of our Contact, and of our From where nothing else is named
     * @param product   value of User-Agent and Server, null for none
     * @param pinSource whether requests in a dialog must come from an address that the dialog named (see {@link Dialog#mayCome})
     */
    public SipEnv(SipDoor door, Timers timers, Ids ids, String identity, String product, boolean pinSource) {
        this.door = door;
        this.timers = timers;
        this.ids = ids;
        this.identity = identity;
        this.userAgent = product == null ? null : new RawHeader("User-Agent", product);
        this.server = product == null ? null : new RawHeader("Server", product);
        this.pinSource = pinSource;
    }

    /** @param sources whose word is enough where others are asked who they are */
    public final void trust(Predicate<InetAddress> sources) {
        trusted = sources;
    }

    public final boolean trusts(InetAddress source) {
        return trusted.test(source);
    }

    public final SipDoor door() {
        return door;
    }

    public final Timers timers() {
        return timers;
    }

    public final Ids ids() {
        return ids;
    }

    public final String identity() {
        return identity;
    }

    public final boolean pinSource() {
        return pinSource;
    }

    /** How a dialog answers challenges; {@code username} null: not at all. */
    public final Credentials credentials(String username, String password) {
        return username == null || password == null ? Credentials.NONE : new DigestCredentials(username, password);
    }

    public final void signRequest(SIPMessage request) {
        if (userAgent != null) {
            request.addHeader(userAgent);
        }
    }

    public final void signResponse(SIPMessage response) {
        if (server != null) {
            response.addHeader(server);
        }
    }

    /** Answers a request without a dialog of ours; nothing for an ACK. */
    public final void reply(InboundRequest request, int code, RawHeader... headers) {
        SIPRequest message = request.message();
        if (message.getMethod().equals(SIPRequest.ACK)) {
            return;
        }
        To to = (To) message.getTo();
        SIPResponse response = Messages.response(message, code, null, to.getTag() == null ? Dialog.tagged(to, ids.token()) : to);
        signResponse(response);
        for (RawHeader header : headers) {
            response.addHeader(header);
        }
        request.respond(response);
    }

    /** Our Contact for a transport; shared by all messages, not to be changed. */
    public final ContactList contact(String transport, boolean secure) {
        return contacts.computeIfAbsent(secure ? "sips" : transport, key -> makeContact(key));
    }

    private ContactList makeContact(String key) {
        boolean secure = key.equals("sips");
        Bindings bindings = door.bindings();
        String transport = secure ? "tls" : key;
        try {
            SipUri uri = new SipUri();
            uri.setScheme(secure ? "sips" : "sip");
            uri.setUser(identity);
            uri.setHost(bindings.advertisedHost());
            uri.setPort(bindings.advertisedPort(transport));
            if (!secure && !transport.equals("udp")) {
                uri.setTransportParam(transport);
            }
            Contact contact = new Contact();
            contact.setAddress(Addresses.address(uri, null));
            ContactList list = new ContactList();
            list.add(contact);
            return list;
        } catch (ParseException malformed) {
            throw new IllegalStateException("advertised address " + bindings, malformed);
        }
    }
}
