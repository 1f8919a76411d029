package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.ListNotification.Instance;
import io.github.camelvoice.subscription.state.ListNotification.Name;
import io.github.camelvoice.subscription.state.ListNotification.Resource;
import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import io.github.camelvoice.subscription.state.mime.Multipart;
import io.github.camelvoice.subscription.state.mime.Part;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlLimits;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code application/rlmi+xml} and the parts around it (RFC 4662, section 5). */
final class RlmiDocument {

    static final String NS = "urn:ietf:params:xml:ns:rlmi";
    private static final XmlLimits LIMITS = XmlLimits.BODY.upTo(Multipart.MAX_BYTES, 60_000);

    private RlmiDocument() {
    }

    static ListNotification read(String contentType, byte[] body, int depth) throws MimeException {
        MediaType type = MediaType.of(contentType);
        if (type == null) {
            throw new MimeException("its Content-Type is malformed");
        }
        if (depth > ListNotification.MAX_DEPTH) {
            throw new MimeException("lists are nested deeper than " + ListNotification.MAX_DEPTH);
        }
        if (type.name().equals(ListNotification.TYPE)) {
            return list(body, type, Map.of());
        }
        Multipart multipart = Multipart.read(type, body);
        Part root = multipart.root();
        MediaType rootType = MediaType.of(root.contentType());
        if (rootType == null || !rootType.name().equals(ListNotification.TYPE)) {
            throw new MimeException("its root is not " + ListNotification.TYPE);
        }
        Map<String, ListNotification.Part> parts = new LinkedHashMap<>();
        for (Part each : multipart.parts()) {
            if (each != root && each.contentId() != null && !parts.containsKey(each.contentId())) {
                ListNotification nested = ListNotification.isOne(each.contentType()) ? read(each.contentType(), each.body(), depth + 1) : null;
                parts.put(each.contentId(), new ListNotification.Part(each.contentType(), each.body(), nested));
            }
        }
        return list(root.body(), rootType, parts);
    }

    private static ListNotification list(byte[] body, MediaType type, Map<String, ListNotification.Part> parts) throws MimeException {
        try {
            XmlNode root = XmlReader.read(body, type.parameter("charset"), LIMITS);
            if (!root.is(NS, "list")) {
                throw new XmlException(root, "is not <list> of the namespace " + NS);
            }
            List<Resource> resources = new ArrayList<>();
            for (XmlNode each : root.children("resource")) {
                resources.add(resource(each));
            }
            return new ListNotification(Fields.required(root, "uri"), Fields.number(root, "version"), truth(root), names(root), resources, parts);
        } catch (XmlException e) {
            throw new MimeException(e.getMessage());
        }
    }

    private static boolean truth(XmlNode root) throws XmlException {
        return switch (Fields.required(root, "fullState").toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new XmlException(root, "fullState is neither true nor false");
        };
    }

    private static List<Name> names(XmlNode node) {
        return node.children("name").stream().map(each -> new Name(each.text(), each.attribute(XmlNode.LANG))).toList();
    }

    private static Resource resource(XmlNode node) throws XmlException {
        List<Instance> instances = new ArrayList<>();
        for (XmlNode each : node.children("instance")) {
            ListNotification.State state = Fields.wordOrNull(Fields.required(each, "state"), ListNotification.State.class);
            // one that is not known counts as active (RFC 6665, section 4.1.3)
            instances.add(new Instance(Fields.required(each, "id"), state == null ? ListNotification.State.ACTIVE : state, each.attribute("reason"),
                    Part.plainId(each.attribute("cid"))));
        }
        return new Resource(Fields.required(node, "uri"), names(node), instances);
    }

    static XmlNode write(ListNotification list) {
        XmlNode.Builder root = XmlNode.builder(NS, "list").attribute("uri", list.uri()).attribute("version", list.version())
                .attribute("fullState", list.fullState());
        names(root, list.names());
        for (Resource each : list.resources()) {
            XmlNode.Builder resource = XmlNode.builder(NS, "resource").attribute("uri", each.uri());
            names(resource, each.names());
            for (Instance instance : each.instances()) {
                resource.child(XmlNode.builder(NS, "instance").attribute("id", instance.id()).attribute("state", Fields.word(instance.state()))
                        .attribute("reason", instance.reason()).attribute("cid", instance.cid()).build());
            }
            root.child(resource.build());
        }
        return root.build();
    }

    private static void names(XmlNode.Builder node, List<Name> names) {
        names.forEach(each -> node.child(XmlNode.builder(NS, "name").attribute(XmlNode.LANG, each.language()).text(each.text()).build()));
    }

    static Multipart.Written body(ListNotification list, String host) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(ListNotification.TYPE + ";charset=\"UTF-8\"", "list-" + list.version() + "@" + host,
                list.document().getBytes(StandardCharsets.UTF_8)));
        list.parts().forEach((cid, part) -> {
            Multipart.Written nested = part.nested() == null ? null : body(part.nested(), host);
            parts.add(nested == null ? new Part(part.contentType(), cid, part.body()) : new Part(nested.contentType(), cid, nested.body()));
        });
        return new Multipart(parts, null).write();
    }
}
