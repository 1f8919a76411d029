package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlLimits;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlReader;
import io.github.camelvoice.subscription.state.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of resources (RFC 4826, section 3), as it is sent with a SUBSCRIBE too (RFC 5367). Immutable.
 *
 * @param entries in the order of their first appearance; lists in lists are one list here
 */
public record ResourceLists(List<Entry> entries) {

    public static final String TYPE = "application/resource-lists+xml";
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:resource-lists";
    /** More entries are refused. */
    public static final int MAX_ENTRIES = 10_000;
    /** Characters of a URI. */
    public static final int MAX_URI = 1_024;
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):([^\\s<>\"\\p{Cntrl}]+)");
    private static final Pattern SIP = Pattern.compile("(?:([^@]*)@)?([^;?@]*)(.*)");

    public ResourceLists {
        entries = List.copyOf(entries);
    }

    /** @param displayName null without */
    public record Entry(String uri, String displayName) {
    }

    /** How much is read where no more than so many entries are allowed. */
    public static XmlLimits limits(int maxEntries) {
        return XmlLimits.BODY.upTo(Math.max(1 << 20, Math.min(maxEntries, 100_000) * 512), Math.min(maxEntries, 100_000) * 4 + 1_000)
                .counting("entry", maxEntries);
    }

    /**
     * @param contentType with its parameters
     * @throws XmlException names element, line and column
     */
    public static ResourceLists read(String contentType, byte[] document, int maxEntries) throws XmlException {
        MediaType type = MediaType.of(contentType);
        if (type == null || !type.name().equals(TYPE)) {
            throw new XmlException("is not " + TYPE, "", 0, 0);
        }
        return of(XmlReader.read(document, type.parameter("charset"), limits(maxEntries)));
    }

    /** @throws XmlException names element, line and column */
    public static ResourceLists read(String document, int maxEntries) throws XmlException {
        return of(XmlReader.read(document, limits(maxEntries)));
    }

    /** Of an element that was read, {@code resource-lists}. */
    public static ResourceLists of(XmlNode root) throws XmlException {
        if (!root.is(NAMESPACE, "resource-lists")) {
            throw new XmlException(root, "is not <resource-lists> of the namespace " + NAMESPACE);
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (XmlNode each : root.children()) {
            if (each.is(NAMESPACE, "list")) {
                list(each, entries);
            } else if (each.namespace().equals(NAMESPACE)) {
                throw new XmlException(each, "only <list> is allowed here");
            }
        }
        return new ResourceLists(List.copyOf(entries.values()));
    }

    private static void list(XmlNode list, Map<String, Entry> entries) throws XmlException {
        for (XmlNode each : list.children()) {
            if (!each.namespace().equals(NAMESPACE)) {
                continue;
            }
            switch (each.name()) {
                case "entry" -> {
                    Entry entry = entry(each);
                    entries.putIfAbsent(key(entry.uri()), entry);
                }
                case "list" -> list(each, entries);
                case "display-name" -> {
                }
                case "entry-ref", "external" -> throw new XmlException(each, "references to other documents are not followed; name the entries here");
                default -> throw new XmlException(each, "is nothing that a list has");
            }
        }
    }

    private static Entry entry(XmlNode node) throws XmlException {
        String uri = Fields.required(node, "uri");
        if (uri.length() > MAX_URI) {
            throw new XmlException(node, "uri has more than " + MAX_URI + " characters");
        }
        if (!URI.matcher(uri).matches()) {
            throw new XmlException(node, "uri is not a URI");
        }
        String name = node.childText("display-name");
        return new Entry(uri, name == null || name.isEmpty() ? null : name);
    }

    /** The same for URIs that differ in letters that do not count only: scheme and host (RFC 3261, section 19.1.4). */
    static String key(String uri) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            return uri;
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        Matcher sip = SIP.matcher(parts.group(2));
        if (!scheme.matches("sips?|pres|im") || !sip.matches()) {
            return scheme + ":" + parts.group(2);
        }
        return scheme + ":" + (sip.group(1) == null ? "" : sip.group(1) + "@") + sip.group(2).toLowerCase(Locale.ROOT) + sip.group(3);
    }

    /** As one list. */
    public XmlNode root() {
        XmlNode.Builder list = XmlNode.builder(NAMESPACE, "list");
        for (Entry each : entries) {
            list.child(XmlNode.builder(NAMESPACE, "entry").attribute("uri", each.uri()).textChild("display-name", each.displayName()).build());
        }
        return XmlNode.builder(NAMESPACE, "resource-lists").child(list.build()).build();
    }

    /** {@link #root} as text. */
    public String document() {
        return XmlWriter.document(root());
    }
}
