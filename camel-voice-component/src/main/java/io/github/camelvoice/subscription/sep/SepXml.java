package io.github.camelvoice.subscription.sep;

import io.github.camelvoice.subscription.state.xml.XmlException;
import io.github.camelvoice.subscription.state.xml.XmlLimits;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlReader;
import io.github.camelvoice.subscription.state.xml.XmlWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** XML in the making, whose parts may be documents as they came. Namespaces are default ones. */
final class SepXml {

    /** What may stand before the root and not inside another document. */
    private static final Pattern PROLOG = Pattern.compile("\\A\\uFEFF?\\s*(<\\?xml\\s[^>]*\\?>)?\\s*");

    private static final Pattern TAG = Pattern.compile("\\A(<[^\\s/>]+)([^>]*)");

    private final StringBuilder out = new StringBuilder(1024).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<String> namespaces = new ArrayDeque<>();
    private boolean inTag;
    private boolean hasText;

    SepXml start(String name) {
        closeTag();
        indent();
        out.append('<').append(name);
        open.push(name);
        namespaces.push(namespaces.isEmpty() ? "" : namespaces.peek());
        inTag = true;
        return this;
    }

    /** Of the element that was started, before its attributes. */
    SepXml namespace(String uri) {
        if (!uri.equals(namespaces.peek())) {
            namespaces.pop();
            namespaces.push(uri);
            attribute("xmlns", uri);
        }
        return this;
    }

    /** @param value null for none */
    SepXml attribute(String name, String value) {
        if (value != null) {
            out.append(' ').append(name).append("=\"");
            escape(value);
            out.append('"');
        }
        return this;
    }

    SepXml text(String text) {
        closeTag();
        escape(text);
        hasText = true;
        return this;
    }

    /**
     * A document, word for word, without its declaration.
     *
     * @return false if it is none that could stand here; nothing was written then
     */
    boolean inline(String document, String contentType) {
        if (!isXml(contentType)) {
            return false;
        }
        XmlNode root;
        try {
            root = XmlReader.read(document, XmlLimits.BODY);
        } catch (XmlException broken) {
            return false;
        }
        closeTag();
        indent();
        if (hasBare(root)) {
            out.append(withoutDefault(XmlWriter.fragment(List.of(root))));
        } else {
            Matcher prolog = PROLOG.matcher(document);
            out.append(document, prolog.find() ? prolog.end() : 0, document.length());
        }
        return true;
    }

    /** Whether an element has no namespace: it must not come to be in ours. */
    private static boolean hasBare(XmlNode node) {
        return node.namespace().isEmpty() || node.children().stream().anyMatch(SepXml::hasBare);
    }

    private static String withoutDefault(String fragment) {
        Matcher tag = TAG.matcher(fragment);
        return !tag.find() || tag.group(2).contains(" xmlns=\"") ? fragment : tag.group(1) + " xmlns=\"\"" + fragment.substring(tag.end(1));
    }

    private static boolean isXml(String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.endsWith("+xml") || type.endsWith("/xml");
    }

    SepXml end() {
        String name = open.pop();
        namespaces.pop();
        if (inTag) {
            out.append("/>");
            inTag = false;
        } else {
            if (!hasText) {
                indent();
            }
            out.append("</").append(name).append('>');
        }
        hasText = false;
        return this;
    }

    byte[] bytes() {
        return SepWriter.utf8(out.append('\n'));
    }

    private void closeTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    private void indent() {
        if (out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
        out.append("  ".repeat(open.size()));
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#13;");
                case '\t', '\n' -> out.append(inTag ? "&#" + c + ";" : Character.toString(c));
                default -> out.appendCodePoint(c >= 0x20 && c < 0xd800 || c > 0xdfff && c < 0xfffe || c > 0xffff ? c : 0xfffd);
            }
        });
    }
}
