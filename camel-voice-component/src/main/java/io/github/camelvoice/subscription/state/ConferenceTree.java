package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Elements with a state of their own, put together (RFC 4575, section 4.6): a full one replaces what was known, a partial one changes those of its
 * children that it names, a deleted one goes. An element that says nothing is full.
 */
final class ConferenceTree {

    private static final int MOST = 50_000;
    private static final Map<String, String> KEYS = Map.of("user", "entity", "endpoint", "entity", "media", "id");
    /** Children in the order of the schema, for what is put together of several documents. */
    private static final Map<String, List<String>> ORDER = Map.of(
            "conference-info", List.of("conference-description", "host-info", "conference-state", "users", "sidebars-by-ref", "sidebars-by-val"),
            "conference-description", List.of("display-text", "subject", "free-text", "keywords", "conf-uris", "service-uris", "maximum-user-count",
                    "available-media"),
            "host-info", List.of("display-text", "web-page", "uris"),
            "conference-state", List.of("user-count", "active", "locked"),
            "user", List.of("display-text", "associated-aors", "roles", "languages", "cascaded-focus", "endpoint"),
            "endpoint", List.of("display-text", "referred", "status", "joining-method", "joining-info", "disconnection-method", "disconnection-info",
                    "media", "call-info"));

    private ConferenceTree() {
    }

    static String state(XmlNode node) throws XmlException {
        String state = node.attribute("state") == null ? "full" : node.attribute("state").strip().toLowerCase(Locale.ROOT);
        if (!state.equals("full") && !state.equals("partial") && !state.equals("deleted")) {
            throw new XmlException(node, "state is neither full nor partial nor deleted");
        }
        return state;
    }

    /** As full state, without the words that say how it came. */
    static XmlNode whole(XmlNode node) throws XmlException {
        List<XmlNode> children = new ArrayList<>();
        for (XmlNode each : node.children()) {
            boolean ours = each.namespace().equals(node.namespace());
            if (!ours || !state(each).equals("deleted")) {
                children.add(ours ? whole(each) : each);
            }
        }
        return node.edit().without("state").onlyChildren(children).build();
    }

    /** @param said partial */
    static XmlNode merge(XmlNode known, XmlNode said) throws XmlException {
        Map<Object, XmlNode> children = keyed(known);
        for (Map.Entry<Object, XmlNode> each : keyed(said).entrySet()) {
            XmlNode child = each.getValue();
            XmlNode was = children.get(each.getKey());
            switch (child.namespace().equals(said.namespace()) ? state(child) : "full") {
                case "deleted" -> children.remove(each.getKey());
                case "partial" -> children.put(each.getKey(), was == null ? whole(child) : merge(was, child));
                default -> children.put(each.getKey(), child.namespace().equals(said.namespace()) ? whole(child) : child);
            }
        }
        List<XmlNode> ordered = new ArrayList<>(children.values());
        List<String> order = ORDER.getOrDefault(known.name(), List.of());
        ordered.sort(Comparator.comparingInt(each -> each.namespace().equals(known.namespace()) && order.contains(each.name())
                ? order.indexOf(each.name()) : order.size()));
        XmlNode.Builder merged = known.edit().without("state").onlyChildren(ordered);
        said.attributes().forEach((name, value) -> {
            if (!name.equals("state")) {
                merged.attribute(name, value);
            }
        });
        return said.text().isEmpty() ? merged.build() : merged.text(said.text()).build();
    }

    /** Children by what makes them one of a kind: name and key, or name and number. */
    private static Map<Object, XmlNode> keyed(XmlNode node) {
        Map<Object, XmlNode> keyed = new LinkedHashMap<>();
        Map<Object, Integer> counts = new HashMap<>();
        for (XmlNode each : node.children()) {
            String key = key(each);
            keyed.put(List.of(each.namespace(), each.name(), key != null ? key : counts.merge(List.of(each.namespace(), each.name()), 1,
                    Integer::sum)), each);
        }
        return keyed;
    }

    private static String key(XmlNode node) {
        if (!node.namespace().equals(ConferenceDocument.NS)) {
            return null;
        }
        String attribute = KEYS.get(node.name());
        if (attribute != null) {
            return node.attribute(attribute) == null ? "" : node.attribute(attribute);
        }
        if (!node.name().equals("entry")) {
            return null;
        }
        String uri = node.childText("uri");
        return uri != null ? uri : node.attribute("label") != null ? node.attribute("label") : node.attribute("entity");
    }

    static void bound(XmlNode root) throws XmlException {
        if (size(root) > MOST) {
            throw new XmlException("more than " + MOST + " elements at one time", "", 0, 0);
        }
    }

    private static int size(XmlNode node) {
        int size = 1;
        for (XmlNode each : node.children()) {
            size += size(each);
        }
        return size;
    }
}
