package io.github.camelvoice.subscription.sep;

import io.github.camelvoice.subscription.state.ResourceLists;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the document {@code subscribe} of strangers. What it does not know it refuses, with the element. */
public final class SepReader {

    /** Namespace of the API, under whatever path. */
    public static final String NAMESPACE = "http://voip.co.uk/api/sep/2009-06";
    private static final String ROOT = "subscribe";

    private SepReader() {
    }

    /**
     * @param charset       of the media type, null where it has none
     * @param mostResources more are refused
     */
    public static SepRequest xml(byte[] document, String charset, int mostResources) throws SepException {
        XmlNode root;
        try {
            root = XmlReader.read(document, charset, ResourceLists.limits(Math.max(mostResources + 1, document.length / 16)));
        } catch (XmlException wrong) {
            throw wrong("bad-xml", wrong);
        }
        if (!root.name().equals(ROOT)) {
            throw wrong("unknown-element", root, "a document to subscribe with begins with <subscribe xmlns=\"" + NAMESPACE + "\">");
        }
        if (!root.namespace().equals(NAMESPACE)) {
            throw wrong("wrong-namespace", root, root.namespace().isEmpty() ? "has no namespace; it is " + NAMESPACE
                    : "has another namespace than " + NAMESPACE);
        }
        SepRequest request = request(root, mostResources);
        // What breaks the schema was told above, with its element; this holds the promise for what is not thought of there.
        SepSchema.check(document, charset, root);
        return request;
    }

    private static SepRequest request(XmlNode root, int mostResources) throws SepException {
        attributes(root, "event");
        String event = root.attribute("event");
        if (event == null) {
            throw wrong("missing-attribute", root, "@event", "is missing: the event package, reg for example");
        }
        List<SepRequest.Resource> resources = null;
        XmlNode receiver = null;
        XmlNode expires = null;
        List<String> accept = new ArrayList<>();
        for (XmlNode each : root.children()) {
            if (each.is(ResourceLists.NAMESPACE, "resource-lists")) {
                once(resources, each);
                resources = resources(each, mostResources);
            } else if (each.is(NAMESPACE, "notify")) {
                once(receiver, each);
                receiver = each;
            } else if (each.is(NAMESPACE, "expires")) {
                once(expires, each);
                expires = each;
            } else if (each.is(NAMESPACE, "accept")) {
                accept.add(accept(each));
            } else {
                throw unknown(each);
            }
        }
        if (resources == null) {
            throw wrong("missing-element", root, "has no <resource-lists xmlns=\"" + ResourceLists.NAMESPACE + "\">");
        }
        return new SepRequest(event(event, root), resources, accept, expires == null ? null : expires(expires), receiver == null ? null : url(receiver));
    }

    private static SepException unknown(XmlNode node) {
        boolean known = List.of("resource-lists", "notify", "expires", "accept").contains(node.name());
        return known ? wrong("wrong-namespace", node, "has another namespace than "
                + (node.name().equals("resource-lists") ? ResourceLists.NAMESPACE : NAMESPACE))
                : wrong("unknown-element", node, "is not known here; there are resource-lists, notify, expires and accept");
    }

    private static void once(Object before, XmlNode node) throws SepException {
        if (before != null) {
            throw wrong("repeated-element", node, "may be there once");
        }
    }

    private static List<SepRequest.Resource> resources(XmlNode lists, int most) throws SepException {
        List<SepRequest.Resource> resources;
        try {
            resources = ResourceLists.of(lists).entries().stream().map(each -> new SepRequest.Resource(each.uri(), each.displayName())).toList();
        } catch (XmlException wrong) {
            throw wrong("bad-resource", wrong);
        }
        if (resources.isEmpty()) {
            throw wrong("no-resources", lists, "has no <entry uri=\"…\"> in a <list>");
        }
        if (resources.size() > most) {
            throw wrong("too-many-resources", lists, "has " + resources.size() + " resources, at most " + most + " are taken");
        }
        for (SepRequest.Resource each : resources) {
            if (!SepRules.isResource(each.uri())) {
                throw wrong("bad-resource", lists, "/list/entry@uri", SepRules.RESOURCE);
            }
        }
        return resources;
    }

    private static String event(String event, XmlNode root) throws SepException {
        if (!SepRules.isEvent(event)) {
            throw wrong("bad-event", root, "@event", SepRules.EVENT);
        }
        return event;
    }

    private static String accept(XmlNode node) throws SepException {
        text(node);
        if (!SepRules.isMediaType(node.text())) {
            throw wrong("bad-accept", node, SepRules.ACCEPT);
        }
        return node.text();
    }

    private static Instant expires(XmlNode node) throws SepException {
        text(node);
        Instant time = SepRules.time(node.text());
        if (time == null) {
            throw wrong("bad-expires", node, SepRules.EXPIRES);
        }
        return time;
    }

    private static String url(XmlNode node) throws SepException {
        attributes(node, "url");
        if (!node.children().isEmpty()) {
            throw wrong("unknown-element", node.children().get(0), "is not known here");
        }
        String url = node.attribute("url");
        if (url == null || url.isBlank()) {
            throw wrong("missing-attribute", node, "@url", "is missing: where changes are told");
        }
        return url.strip();
    }

    private static void text(XmlNode node) throws SepException {
        attributes(node, "");
        if (!node.children().isEmpty()) {
            throw wrong("unknown-element", node.children().get(0), "is not known here: <" + node.name() + "> has text only");
        }
    }

    /** Those of other namespaces are for others. */
    private static void attributes(XmlNode node, String known) throws SepException {
        for (String name : node.attributes().keySet()) {
            if (!name.startsWith("{") && !name.equals(known)) {
                throw wrong("unknown-attribute", node, "@" + (name.length() > 40 ? name.substring(0, 40) : name), "is not known here");
            }
        }
    }

    private static SepException wrong(String code, XmlException wrong) {
        return new SepException(code, wrong.element().isEmpty() ? null : wrong.element(), wrong.line(), wrong.column(), wrong.getMessage());
    }

    private static SepException wrong(String code, XmlNode node, String message) {
        return wrong(code, node, "", message);
    }

    private static SepException wrong(String code, XmlNode node, String below, String message) {
        String element = node.path() + below;
        return new SepException(code, element, node.line(), node.column(), element + " " + message);
    }
}
