package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.ConferenceInfo.Endpoint;
import io.github.camelvoice.subscription.state.ConferenceInfo.Media;
import io.github.camelvoice.subscription.state.ConferenceInfo.User;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code application/conference-info+xml} (RFC 4575, section 5). */
final class ConferenceDocument {

    static final String NS = "urn:ietf:params:xml:ns:conference-info";

    private static final Set<String> DELETABLE = Set.of("conference-description", "users", "sidebars-by-val");

    private ConferenceDocument() {
    }

    static List<User> users(XmlNode root) {
        XmlNode users = root.child("users");
        return users == null ? List.of() : users.children("user").stream().map(ConferenceDocument::user).toList();
    }

    private static User user(XmlNode node) {
        XmlNode roles = node.child("roles");
        return new User(node.attribute("entity"), node.childText("display-text"),
                roles == null ? List.of() : roles.children("entry").stream().map(XmlNode::text).toList(),
                node.children("endpoint").stream().map(ConferenceDocument::endpoint).toList(), "deleted".equals(node.attribute("state")));
    }

    private static Endpoint endpoint(XmlNode node) {
        return new Endpoint(node.attribute("entity"), node.childText("display-text"),
                Fields.wordOrNull(node.childText("status"), ConferenceInfo.Status.class),
                Fields.wordOrNull(node.childText("joining-method"), ConferenceInfo.Joining.class),
                Fields.wordOrNull(node.childText("disconnection-method"), ConferenceInfo.Leaving.class),
                node.children("media").stream().map(each -> new Media(each.attribute("id"), each.childText("type"), each.childText("label"),
                        each.childText("src-id"), Fields.wordOrNull(each.childText("status"), ConferenceInfo.Direction.class))).toList());
    }

    static long userCount(ConferenceInfo info) {
        XmlNode state = info.root().child("conference-state");
        String count = state == null ? null : state.childText("user-count");
        return count != null && count.matches("[0-9]{1,9}") ? Long.parseLong(count) : info.users().size();
    }

    static Boolean flag(XmlNode root, String name) {
        XmlNode state = root.child("conference-state");
        String text = state == null ? null : state.childText(name);
        return text == null ? null : Boolean.valueOf(text.equals("true") || text.equals("1"));
    }

    static Map<String, Object> values(ConferenceInfo info) {
        return Fields.values("version", info.version() < 0 ? null : info.version(), "state", info.part(), "entity", info.entity(), "subject",
                info.subject(), "userCount", info.userCount(), "active", info.active(), "locked", info.locked(), "users",
                info.users().stream().map(ConferenceDocument::values).toList());
    }

    private static Map<String, Object> values(User user) {
        return Fields.values("entity", user.entity(), "displayText", user.displayText(), "roles", user.roles(), "deleted", user.gone() ? true : null,
                "endpoints", user.endpoints().stream().map(each -> Fields.values("entity", each.entity(), "displayText", each.displayText(), "status",
                        each.status(), "joiningMethod", each.joining(), "disconnectionMethod", each.leaving(), "media",
                        each.media().stream().map(media -> Fields.values("id", media.id(), "type", media.type(), "label", media.label(), "srcId",
                                media.source(), "status", media.direction())).toList())).toList());
    }

    /** What differs, as partial state: users that came, changed or went, and other elements of the conference. No children: nothing does. */
    static XmlNode changed(XmlNode before, XmlNode after) {
        List<XmlNode> children = new ArrayList<>();
        for (XmlNode each : after.children()) {
            if (each.is(NS, "users")) {
                XmlNode users = changedUsers(before == null ? null : before.child("users"), each);
                if (users != null) {
                    children.add(users);
                }
            } else if (before == null || !before.children().contains(each)) {
                children.add(each);
            }
        }
        if (before != null) {
            before.children().stream().filter(each -> each.namespace().equals(NS) && DELETABLE.contains(each.name())
                    && after.child(each.name()) == null)
                    .forEach(each -> children.add(deleted(each)));
        }
        return after.edit().attribute("state", "partial").onlyChildren(children).build();
    }

    private static XmlNode changedUsers(XmlNode before, XmlNode after) {
        Map<String, XmlNode> gone = new LinkedHashMap<>();
        if (before != null) {
            before.children("user").forEach(each -> gone.put(each.attribute("entity"), each));
        }
        List<XmlNode> users = new ArrayList<>();
        for (XmlNode each : after.children("user")) {
            if (!each.equals(gone.remove(each.attribute("entity")))) {
                users.add(each);
            }
        }
        gone.values().forEach(each -> users.add(deleted(each)));
        return users.isEmpty() ? null : XmlNode.builder(NS, "users").attribute("state", "partial").children(users).build();
    }

    private static XmlNode deleted(XmlNode node) {
        return XmlNode.builder(NS, node.name()).attribute("entity", node.attribute("entity")).attribute("state", "deleted").build();
    }
}
