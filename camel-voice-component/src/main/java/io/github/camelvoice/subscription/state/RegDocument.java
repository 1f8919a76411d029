package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.RegInfo.Contact;
import io.github.camelvoice.subscription.state.RegInfo.Registration;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code application/reginfo+xml} (RFC 3680, section 5). */
final class RegDocument {

    static final String NS = "urn:ietf:params:xml:ns:reginfo";

    private RegDocument() {
    }

    static RegInfo read(XmlNode root) throws XmlException {
        long version = Fields.number(root, "version");
        boolean full = Fields.isFull(root);
        List<Registration> registrations = new ArrayList<>();
        for (XmlNode each : root.children("registration")) {
            registrations.add(registration(each));
        }
        return new RegInfo(version, !full, registrations);
    }

    private static Registration registration(XmlNode node) throws XmlException {
        List<Contact> contacts = new ArrayList<>();
        for (XmlNode each : node.children("contact")) {
            contacts.add(contact(each));
        }
        RegInfo.State state = Fields.word(node, "state", Fields.required(node, "state"), RegInfo.State.class);
        return new Registration(Fields.required(node, "aor"), Fields.required(node, "id"), state, contacts, node.foreign(), List.of());
    }

    private static Contact contact(XmlNode node) throws XmlException {
        String state = Fields.required(node, "state").toLowerCase(Locale.ROOT);
        if (!state.equals("active") && !state.equals("terminated")) {
            throw new XmlException(node, "state is neither active nor terminated");
        }
        String uri = node.childText("uri");
        if (uri == null || uri.isEmpty()) {
            throw new XmlException(node, "has no <uri>");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (XmlNode each : node.children("unknown-param")) {
            parameters.put(Fields.required(each, "name"), each.text());
        }
        RegInfo.Event event = Fields.word(node, "event", Fields.required(node, "event"), RegInfo.Event.class);
        return new Contact(Fields.required(node, "id"), state.equals("active"), event, uri, node.childText("display-name"),
                Fields.optionalNumber(node, "expires"), Fields.optionalNumber(node, "retry-after"),
                Fields.optionalNumber(node, "duration-registered"), node.attribute("callid"), Fields.optionalNumber(node, "cseq"), q(node), parameters,
                node.foreign());
    }

    private static String q(XmlNode node) throws XmlException {
        String q = node.attribute("q");
        if (q == null || q.isBlank()) {
            return null;
        }
        if (!q.strip().matches("0(\\.[0-9]{0,9})?|1(\\.0{0,9})?|\\.[0-9]{1,9}")) {
            throw new XmlException(node, "q is not a number from 0 to 1");
        }
        return q.strip();
    }

    static XmlNode write(RegInfo info) {
        XmlNode.Builder root = XmlNode.builder(NS, "reginfo").attribute("version", Math.max(0, info.version()))
                .attribute("state", info.partial() ? "partial" : "full");
        for (Registration each : info.registrations()) {
            XmlNode.Builder registration = XmlNode.builder(NS, "registration").attribute("aor", each.aor()).attribute("id", each.id())
                    .attribute("state", Fields.word(each.state()));
            each.contacts().forEach(contact -> registration.child(write(contact)));
            root.child(registration.children(each.extensions()).build());
        }
        return root.build();
    }

    private static XmlNode write(Contact contact) {
        XmlNode.Builder node = XmlNode.builder(NS, "contact").attribute("id", contact.id())
                .attribute("state", contact.active() ? "active" : "terminated")
                .attribute("event", Fields.word(contact.event())).attribute("duration-registered", contact.durationRegistered())
                .attribute("expires", contact.expires()).attribute("retry-after", contact.retryAfter()).attribute("q", contact.q())
                .attribute("callid", contact.callId()).attribute("cseq", contact.cseq())
                .textChild("uri", contact.uri()).textChild("display-name", contact.displayName());
        contact.parameters().forEach((name, value) ->
                node.child(XmlNode.builder(NS, "unknown-param").attribute("name", name).text(value).build()));
        return node.children(contact.extensions()).build();
    }

    static Map<String, Object> values(RegInfo info) {
        return Fields.values("version", info.version(), "state", info.partial() ? "partial" : "full", "registrations",
                info.registrations().stream().map(each -> Fields.values("aor", each.aor(), "id", each.id(), "state", each.state(), "contacts",
                        each.contacts().stream().map(RegDocument::values).toList())).toList());
    }

    private static Map<String, Object> values(Contact contact) {
        return Fields.values("id", contact.id(), "state", contact.active() ? "active" : "terminated", "event", contact.event(), "uri", contact.uri(),
                "displayName", contact.displayName(), "expires", contact.expires(), "retryAfter", contact.retryAfter(), "durationRegistered",
                contact.durationRegistered(), "callId", contact.callId(), "cseq", contact.cseq(), "q", contact.q(), "parameters",
                contact.parameters(), "publicGruu", contact.publicGruu());
    }
}
