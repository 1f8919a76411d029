package io.github.camelvoice.subscription.state.xml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes elements, in UTF-8 and XML 1.0. What XML cannot hold is written as U+FFFD. */
public final class XmlWriter {

    private static final String XML = "http://www.w3.org/XML/1998/namespace";

    private final StringBuilder out;
    private final boolean indented;
    private int made;

    private XmlWriter(StringBuilder out, boolean indented) {
        this.out = out;
        this.indented = indented;
    }

    /** A document with its declaration, without line breaks. */
    public static String document(XmlNode root) {
        StringBuilder out = new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        new XmlWriter(out, false).write(root, Map.of("", ""), 0);
        return out.append('\n').toString();
    }

    /** A document that people read. */
    public static String indented(XmlNode root) {
        StringBuilder out = new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        new XmlWriter(out, true).write(root, Map.of("", ""), 0);
        return out.toString();
    }

    private void write(XmlNode node, Map<String, String> outer, int depth) {
        Map<String, String> scope = outer;
        StringBuilder declared = new StringBuilder();
        String prefix = prefixFor(node, outer);
        if (!node.namespace().equals(outer.get(prefix))) {
            scope = new HashMap<>(outer);
            scope.put(prefix, node.namespace());
            declare(declared, prefix, node.namespace());
        }
        String name = prefix.isEmpty() ? node.name() : prefix + ":" + node.name();
        indent(depth);
        out.append('<').append(name);
        StringBuilder attributes = new StringBuilder();
        for (Map.Entry<String, String> each : node.attributes().entrySet()) {
            String key = each.getKey();
            if (key.startsWith("{")) {
                int end = key.indexOf('}');
                scope = scope == outer ? new HashMap<>(outer) : scope;
                key = attributePrefix(key.substring(1, end), scope, declared) + ":" + key.substring(end + 1);
            }
            attributes.append(' ').append(key).append("=\"");
            escape(attributes, each.getValue(), true);
            attributes.append('"');
        }
        out.append(declared).append(attributes);
        content(node, name, scope, depth);
    }

    private void content(XmlNode node, String name, Map<String, String> scope, int depth) {
        if (node.children().isEmpty() && node.text().isEmpty()) {
            out.append("/>");
        } else {
            out.append('>');
            escape(out, node.text(), false);
            for (XmlNode each : node.children()) {
                write(each, scope, depth + 1);
            }
            if (!node.children().isEmpty()) {
                newLine(depth);
            }
            out.append("</").append(name).append('>');
        }
        if (indented && depth == 0) {
            out.append('\n');
        }
    }

    private void indent(int depth) {
        if (depth > 0) {
            newLine(depth);
        }
    }

    private void newLine(int depth) {
        if (indented) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private static void declare(StringBuilder declared, String prefix, String namespace) {
        declared.append(prefix.isEmpty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"");
        escape(declared, namespace, true);
        declared.append('"');
    }

    /** The prefix that it had, if it can have it; else none. */
    private static String prefixFor(XmlNode node, Map<String, String> scope) {
        if (node.namespace().equals(scope.get(node.prefix()))) {
            return node.prefix();
        }
        for (Map.Entry<String, String> each : scope.entrySet()) {
            if (each.getValue().equals(node.namespace())) {
                return each.getKey();
            }
        }
        return node.namespace().isEmpty() || scope.containsKey(node.prefix()) ? "" : node.prefix();
    }

    private String attributePrefix(String namespace, Map<String, String> scope, StringBuilder declared) {
        if (namespace.equals(XML)) {
            return "xml";
        }
        for (Map.Entry<String, String> each : scope.entrySet()) {
            if (!each.getKey().isEmpty() && each.getValue().equals(namespace)) {
                return each.getKey();
            }
        }
        String prefix = "ns" + ++made;
        while (scope.containsKey(prefix)) {
            prefix = "ns" + ++made;
        }
        scope.put(prefix, namespace);
        declare(declared, prefix, namespace);
        return prefix;
    }

    private static void escape(StringBuilder to, String text, boolean attribute) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '"' -> to.append(attribute ? "&quot;" : "\"");
                case '\t', '\n', '\r' -> to.append(attribute || c == '\r' ? "&#" + (int) c + ";" : String.valueOf(c));
                default -> i += character(to, text, i);
            }
        }
    }

    /** @return how many more characters were taken */
    private static int character(StringBuilder to, String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
            to.append(c).append(text.charAt(at + 1));
            return 1;
        }
        boolean allowed = c >= 0x20 && !Character.isSurrogate(c) && c < 0xFFFE;
        to.append(allowed ? c : '\uFFFD');
        return 0;
    }

    /** Elements one after the other, without a declaration. */
    public static String fragment(List<XmlNode> nodes) {
        StringBuilder out = new StringBuilder();
        for (XmlNode each : nodes) {
            new XmlWriter(out, false).write(each, Map.of("", ""), 0);
        }
        return out.toString();
    }
}
