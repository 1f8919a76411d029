package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPMessage;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.stack.Bindings;
import io.github.camelvoice.sip.stack.SipDoor;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** What all legs share. Thread-safe. */
public final class LegEnv {

    private final SipDoor door;
    private final Timers timers;
    private final Ids ids;
    private final LegSettings settings;
    private final LegTable legs = new LegTable();
    private final RawHeader userAgent;
    private final RawHeader server;
    private final RawHeader minSe;
    private volatile Predicate<InetAddress> trusted = source -> false;
    private final ConcurrentMap<String, ContactList> contacts = new ConcurrentHashMap<>();

    public LegEnv(SipDoor door, Timers timers, Ids ids, LegSettings settings) {
        this.door = door;
        this.timers = timers;
        this.ids = ids;
        this.settings = settings;
        this.userAgent = settings.product() == null ? null : new RawHeader("User-Agent", settings.product());
        this.server = settings.product() == null ? null : new RawHeader("Server", settings.product());
        this.minSe = new RawHeader("Min-SE", String.valueOf(settings.minSe()));
    }

    /** @param sources whose word is enough to take over a call */
    public LegEnv trusting(Predicate<InetAddress> sources) {
        trusted = sources;
        return this;
    }

    public boolean trusts(InetAddress source) {
        return trusted.test(source);
    }

    public LegTable legs() {
        return legs;
    }

    public SipDoor door() {
        return door;
    }

    public Timers timers() {
        return timers;
    }

    public Ids ids() {
        return ids;
    }

    public LegSettings settings() {
        return settings;
    }

    RawHeader minSe() {
        return minSe;
    }

    /** The option tags that we support, as a header. */
    RawHeader supported() {
        return settings.sessionTimers() ? Messages.SUPPORTED : Messages.SUPPORTED_100REL;
    }

    /** How a leg answers challenges; {@code username} null: not at all. */
    public Credentials credentials(String username, String password) {
        return username == null || password == null ? Credentials.NONE : new DigestCredentials(username, password);
    }

    public void signRequest(SIPMessage request) {
        if (userAgent != null) {
            request.addHeader(userAgent);
        }
    }

    public void signResponse(SIPMessage response) {
        if (server != null) {
            response.addHeader(server);
        }
    }

    /** Our Contact for a transport; shared by all messages, not to be changed. */
    public ContactList contact(String transport, boolean secure) {
        return contacts.computeIfAbsent(secure ? "sips" : transport, key -> makeContact(key));
    }

    private ContactList makeContact(String key) {
        boolean secure = key.equals("sips");
        Bindings bindings = door.bindings();
        String transport = secure ? "tls" : key;
        try {
            SipUri uri = new SipUri();
            uri.setScheme(secure ? "sips" : "sip");
            uri.setUser(settings.identity());
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
