package io.github.camelvoice.subscription.state.xml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML of strangers into elements. Document types and entities are refused, nothing is ever fetched, and what is too large, too deep or
 * too rich ends the reading where it is found.
 */
public final class XmlReader {

    private final XMLStreamReader reader;
    private final XmlLimits limits;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;
    private int counted;
    private XmlNode root;

    /** An element whose end is still to come. */
    private static final class Open {
        private final String namespace;
        private final String name;
        private final String prefix;
        private final String path;
        private final int line;
        private final int column;
        private final Map<String, String> attributes;
        private final List<XmlNode> children = new ArrayList<>();
        private final Map<String, Integer> names = new HashMap<>();
        private final StringBuilder text = new StringBuilder();

        Open(XMLStreamReader at, String path, Map<String, String> attributes) {
            this.namespace = at.getNamespaceURI() == null ? "" : at.getNamespaceURI();
            this.name = at.getLocalName();
            this.prefix = at.getPrefix() == null ? "" : at.getPrefix();
            this.path = path;
            this.line = at.getLocation().getLineNumber();
            this.column = at.getLocation().getColumnNumber();
            this.attributes = attributes;
        }

        XmlNode node() {
            return new XmlNode(namespace, name, prefix, Collections.unmodifiableMap(attributes), List.copyOf(children), text.toString().strip(), path,
                    line, column);
        }
    }

    private XmlReader(XMLStreamReader reader, XmlLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /**
     * @param charset of the media type, null where it has none: then a byte order mark and the declaration decide
     * @throws XmlException for what is not well-formed, declares something, or is more than allowed
     */
    public static XmlNode read(byte[] document, String charset, XmlLimits limits) throws XmlException {
        if (document.length > limits.bytes()) {
            throw new XmlException("has more than " + limits.bytes() + " bytes", "", 0, 0);
        }
        return parse(XmlText.decode(document, charset), limits);
    }

    /** The same of characters. */
    public static XmlNode read(String document, XmlLimits limits) throws XmlException {
        if (document.length() > limits.bytes()) {
            throw new XmlException("has more than " + limits.bytes() + " characters", "", 0, 0);
        }
        return parse(document.startsWith("\uFEFF") ? document.substring(1) : document, limits);
    }

    private static XmlNode parse(String text, XmlLimits limits) throws XmlException {
        try {
            XMLStreamReader reader = factory(limits).createXMLStreamReader(new StringReader(text));
            return new XmlReader(reader, limits).run();
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new XmlException("is not well-formed XML: " + reason(e), "", line, line == 0 ? 0 : e.getLocation().getColumnNumber());
        } catch (RuntimeException e) {
            // the JDK's parser throws others for some malformed text
            throw new XmlException("is not well-formed XML", "", 0, 0);
        }
    }

    private static XMLInputFactory factory(XmlLimits limits) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(limits.attributes()));
        return factory;
    }

    private static String reason(XMLStreamException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        int at = message.indexOf("Message: ");
        String plain = (at < 0 ? message : message.substring(at + 9)).replaceAll("[^\\x20-\\x7e]", " ").strip();
        return plain.length() > 160 ? plain.substring(0, 160) + "…" : plain;
    }

    private XmlNode run() throws XMLStreamException, XmlException {
        if (reader.getVersion() != null && !"1.0".equals(reader.getVersion())) {
            throw here("only XML 1.0 is read");
        }
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                case XMLStreamConstants.DTD -> throw here("a document type is not allowed");
                case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.ENTITY_DECLARATION -> throw here("entities are not allowed");
                default -> {
                }
            }
        }
        if (root == null) {
            throw new XmlException("has no element", "", 0, 0);
        }
        return root;
    }

    private XmlException here(String message) {
        Open parent = open.peek();
        return new XmlException(message, parent == null ? "" : parent.path, reader.getLocation().getLineNumber(),
                reader.getLocation().getColumnNumber());
    }

    private void start() throws XmlException {
        if (++elements > limits.elements()) {
            throw here("more than " + limits.elements() + " elements");
        }
        if (open.size() >= limits.depth()) {
            throw here("nested deeper than " + limits.depth());
        }
        if (reader.getLocalName().equals(limits.counted()) && ++counted > limits.most()) {
            throw here("more than " + limits.most() + " <" + limits.counted() + ">");
        }
        if (reader.getAttributeCount() + reader.getNamespaceCount() > limits.attributes()) {
            throw here("more than " + limits.attributes() + " attributes");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            String name = reader.getAttributeLocalName(i);
            attributes.put(namespace == null || namespace.isEmpty() ? name : "{" + namespace + "}" + name, reader.getAttributeValue(i));
        }
        open.push(new Open(reader, pathOf(reader.getLocalName()), attributes));
    }

    private String pathOf(String name) {
        Open parent = open.peek();
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        if (parent == null) {
            return "/" + shown;
        }
        int count = parent.names.merge(name, 1, Integer::sum);
        return parent.path + "/" + shown + (count == 1 ? "" : "[" + count + "]");
    }

    private void text() {
        if (!open.isEmpty()) {
            open.peek().text.append(reader.getText());
        }
    }

    private void end() {
        XmlNode node = open.pop().node();
        if (open.isEmpty()) {
            root = node;
        } else {
            open.peek().children.add(node);
        }
    }
}
