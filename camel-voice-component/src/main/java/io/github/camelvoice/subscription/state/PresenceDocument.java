package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.Presence.Note;
import io.github.camelvoice.subscription.state.Presence.Tuple;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code application/pidf+xml} (RFC 3863, section 4). */
final class PresenceDocument {

    static final String NS = "urn:ietf:params:xml:ns:pidf";
    private static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";
    private static final int MAX_DEPTH = 4;

    private PresenceDocument() {
    }

    static Presence read(XmlNode root) throws XmlException {
        List<Tuple> tuples = new ArrayList<>();
        for (XmlNode each : root.children("tuple")) {
            tuples.add(tuple(each));
        }
        return new Presence(Fields.required(root, "entity"), tuples, notes(root), root.foreign());
    }

    private static Tuple tuple(XmlNode node) throws XmlException {
        XmlNode status = node.child("status");
        if (status == null) {
            throw new XmlException(node, "has no <status>");
        }
        XmlNode basic = status.child("basic");
        XmlNode contact = node.child("contact");
        return new Tuple(Fields.required(node, "id"), basic == null ? null : Fields.word(basic, "its text", basic.text(), Presence.Basic.class),
                status.foreign(), contact == null || contact.text().isEmpty() ? null : contact.text(),
                contact == null ? null : contact.attribute("priority"),
                node.foreign(), notes(node), node.childText("timestamp"));
    }

    private static List<Note> notes(XmlNode node) {
        return node.children("note").stream().map(each -> new Note(each.text(), each.attribute(XmlNode.LANG))).toList();
    }

    static XmlNode write(Presence presence) {
        XmlNode.Builder root = XmlNode.builder(NS, "presence").attribute("entity", presence.entity());
        for (Tuple each : presence.tuples()) {
            XmlNode.Builder status = XmlNode.builder(NS, "status").textChild("basic", Fields.word(each.basic())).children(each.statusExtensions());
            XmlNode.Builder tuple = XmlNode.builder(NS, "tuple").attribute("id", each.id()).child(status.build()).children(each.extensions());
            if (each.contact() != null) {
                tuple.child(XmlNode.builder(NS, "contact").attribute("priority", each.priority()).text(each.contact()).build());
            }
            notes(tuple, each.notes());
            root.child(tuple.textChild("timestamp", each.timestamp()).build());
        }
        notes(root, presence.notes());
        return root.children(presence.extensions()).build();
    }

    private static void notes(XmlNode.Builder node, List<Note> notes) {
        notes.forEach(each -> node.child(XmlNode.builder(NS, "note").attribute(XmlNode.LANG, each.language()).text(each.text()).build()));
    }

    static List<String> activities(Presence presence) {
        Set<String> found = new LinkedHashSet<>();
        presence.extensions().forEach(each -> activities(each, found, 0));
        presence.tuples().forEach(tuple -> {
            tuple.extensions().forEach(each -> activities(each, found, 0));
            tuple.statusExtensions().forEach(each -> activities(each, found, 0));
        });
        return List.copyOf(found);
    }

    private static void activities(XmlNode node, Set<String> found, int depth) {
        boolean here = node.is(RPID, "activities");
        for (XmlNode each : node.children()) {
            if (here && each.namespace().equals(RPID) && !each.name().equals("note")) {
                found.add(each.name().equals("other") && !each.text().isEmpty() ? each.text() : each.name());
            } else if (depth < MAX_DEPTH) {
                activities(each, found, depth + 1);
            }
        }
    }

    static Map<String, Object> values(Presence presence) {
        return Fields.values("entity", presence.entity(), "basic", presence.basic(), "activities", presence.activities(), "notes",
                notes(presence.notes()), "tuples", presence.tuples().stream().map(each -> Fields.values("id", each.id(), "basic", each.basic(),
                "contact", each.contact(), "priority", each.priority(), "notes", notes(each.notes()), "timestamp", each.timestamp())).toList());
    }

    private static List<Map<String, Object>> notes(List<Note> notes) {
        return notes.stream().map(each -> Fields.values("text", each.text(), "language", each.language())).toList();
    }
}
