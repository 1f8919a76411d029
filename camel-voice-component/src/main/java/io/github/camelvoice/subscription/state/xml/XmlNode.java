package io.github.camelvoice.subscription.state.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An element. Immutable. Two are equal that say the same: prefixes, places and the order of attributes do not count. Text between children
 * is joined.
 */
public final class XmlNode {

    /** Key of {@code xml:lang} in {@link #attributes}. */
    public static final String LANG = "{http://www.w3.org/XML/1998/namespace}lang";

    private final String namespace;
    private final String name;
    private final String prefix;
    private final Map<String, String> attributes;
    private final List<XmlNode> children;
    private final String text;
    private final String path;
    private final int line;
    private final int column;

    XmlNode(String namespace, String name, String prefix, Map<String, String> attributes, List<XmlNode> children, String text, String path,
            int line, int column) {
        this.namespace = namespace;
        this.name = name;
        this.prefix = prefix;
        this.attributes = attributes;
        this.children = children;
        this.text = text;
        this.path = path;
        this.line = line;
        this.column = column;
    }

    /** Begins an element that is to be written. @param namespace empty for none */
    public static Builder builder(String namespace, String name) {
        return new Builder(namespace, name);
    }

    /** Empty for none. */
    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    String prefix() {
        return prefix;
    }

    /** Keys are local names, with a namespace {@code {namespace}name}. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** @return null without */
    public String attribute(String key) {
        return attributes.get(key);
    }

    public List<XmlNode> children() {
        return children;
    }

    /** All text directly in it, without blanks around. */
    public String text() {
        return text;
    }

    /** {@code /list/entry[3]}: where it stood in its document. */
    public String path() {
        return path.isEmpty() ? "/" + name : path;
    }

    /** Where its start tag ends, from 1; 0 for one that was not read. */
    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public boolean is(String ofNamespace, String named) {
        return name.equals(named) && namespace.equals(ofNamespace);
    }

    /** The first child of this name in the namespace of this element, or null. */
    public XmlNode child(String named) {
        for (XmlNode each : children) {
            if (each.is(namespace, named)) {
                return each;
            }
        }
        return null;
    }

    /** Text of the first child of this name in the namespace of this element, or null. */
    public String childText(String named) {
        XmlNode child = child(named);
        return child == null ? null : child.text;
    }

    /** Children of this name in the namespace of this element. */
    public List<XmlNode> children(String named) {
        return children.stream().filter(each -> each.is(namespace, named)).toList();
    }

    /** Children of other namespaces: extensions. */
    public List<XmlNode> foreign() {
        return children.stream().filter(each -> !each.namespace.equals(namespace)).toList();
    }

    /** The same element with other attributes and children. */
    public Builder edit() {
        Builder copy = new Builder(namespace, name);
        copy.prefix = prefix;
        copy.attributes.putAll(attributes);
        copy.children.addAll(children);
        copy.text = text;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XmlNode node && name.equals(node.name) && namespace.equals(node.namespace) && text.equals(node.text)
                && attributes.equals(node.attributes) && children.equals(node.children);
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespace, name, text, attributes, children.size());
    }

    @Override
    public String toString() {
        return "<" + name + ">";
    }

    /** Makes an element. What is null is left out. */
    public static final class Builder {

        private final String namespace;
        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<XmlNode> children = new ArrayList<>();
        private String prefix = "";
        private String text = "";

        private Builder(String namespace, String name) {
            this.namespace = namespace;
            this.name = name;
        }

        public Builder attribute(String key, Object value) {
            if (value != null) {
                attributes.put(key, value.toString());
            }
            return this;
        }

        public Builder without(String key) {
            attributes.remove(key);
            return this;
        }

        public Builder text(Object value) {
            text = value == null ? "" : value.toString();
            return this;
        }

        public Builder child(XmlNode child) {
            if (child != null) {
                children.add(child);
            }
            return this;
        }

        public Builder children(List<XmlNode> more) {
            children.addAll(more);
            return this;
        }

        /** In place of those that it has. */
        public Builder onlyChildren(List<XmlNode> others) {
            children.clear();
            children.addAll(others);
            return this;
        }

        /** A child of the same namespace that has text only; none if the text is null. */
        public Builder textChild(String named, Object value) {
            return value == null ? this : child(builder(namespace, named).text(value).build());
        }

        public XmlNode build() {
            return new XmlNode(namespace, name, prefix, Collections.unmodifiableMap(new LinkedHashMap<>(attributes)), List.copyOf(children), text,
                    "", 0, 0);
        }
    }
}
