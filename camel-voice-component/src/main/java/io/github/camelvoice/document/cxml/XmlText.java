package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.source.Findings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A first look at XML: where its tags and attributes are, that it is no larger, deeper or richer than allowed, and that it declares nothing. It
 * says nothing on whether the text is well-formed. A bare {@code &} is read as {@code &amp;}: examples of the field have it in URIs.
 */
final class XmlText {

    static final int MAX_CHARS = 65_536;
    static final int MAX_DEPTH = 16;
    static final int MAX_ELEMENTS = 1_000;
    static final int MAX_ATTRIBUTES = 64;
    private static final Pattern DECLARATION = Pattern.compile("\\s*<\\?xml\\s[^<>]*\\?>");
    private static final Pattern REFERENCE = Pattern.compile("&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});");
    private static final Pattern ENTITY = Pattern.compile("&[A-Za-z_:][A-Za-z0-9_:.-]*;");

    private final String text;
    private final Findings findings;
    private final StringBuilder repaired;
    private final List<Tag> tags = new ArrayList<>();
    private final Map<Integer, List<Integer>> repairs = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private int line = 1;
    private int column = 1;

    /** An element whose end is still to come, with how many children of each name it has. */
    private record Open(String path, Map<String, Integer> children) {
    }

    private XmlText(String text, Findings findings) {
        this.text = text;
        this.findings = findings;
        this.repaired = new StringBuilder(text.length() + 64);
    }

    /** @throws DocumentException for what is refused before anything is read */
    static XmlText scan(String text, Findings findings) throws DocumentException {
        if (text.length() > MAX_CHARS) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "has more than " + MAX_CHARS + " characters");
        }
        XmlText xml = new XmlText(withoutDeclaration(text), findings);
        xml.open.push(new Open("", new HashMap<>()));
        xml.run();
        return xml;
    }

    /** The text is characters already: what the declaration says of its encoding no longer counts. Blanks keep the places. */
    private static String withoutDeclaration(String text) {
        String plain = text.startsWith("\uFEFF") ? " " + text.substring(1) : text;
        Matcher declaration = DECLARATION.matcher(plain);
        return declaration.lookingAt() ? plain.substring(0, declaration.end()).replaceAll("[^\\r\\n]", " ") + plain.substring(declaration.end())
                : plain;
    }

    /** The same places with another text behind them. */
    XmlText with(String other) {
        XmlText xml = new XmlText(other, findings);
        xml.tags.addAll(tags);
        xml.repaired.append(other);
        return xml;
    }

    /** In the order of the text. */
    List<Tag> tags() {
        return tags;
    }

    /** What a parser reads. */
    String repaired() {
        return repaired.toString();
    }

    /** A place of the text that the parser has read, in the text as it was. */
    Place original(int atLine, int atColumn) {
        int shift = 0;
        for (int repair : repairs.getOrDefault(atLine, List.of())) {
            if (repair + shift < atColumn) {
                shift += 4;
            }
        }
        return new Place("", Math.max(atLine, 1), Math.max(atColumn - shift, 1));
    }

    private void run() throws DocumentException {
        while (at < text.length()) {
            if (text.charAt(at) != '<') {
                character();
            } else if (text.startsWith("<!--", at)) {
                past("-->");
            } else if (text.startsWith("<![CDATA[", at)) {
                past("]]>");
            } else if (text.startsWith("<?", at)) {
                past("?>");
            } else if (text.startsWith("<!", at)) {
                throw new DocumentException(ProblemCode.PARSE_ERROR, here(""), "a document declares no types and no entities (<!" + word() + ")");
            } else if (text.startsWith("</", at)) {
                past(">");
                if (open.size() > 1) {
                    open.pop();
                }
            } else {
                startTag();
            }
        }
    }

    private String word() {
        Matcher word = Pattern.compile("[A-Za-z\\[]{0,10}").matcher(text).region(at + 2, text.length());
        return word.lookingAt() ? word.group() : "";
    }

    private Place here(String path) {
        return new Place(path, line, column);
    }

    private void take() {
        char c = text.charAt(at++);
        repaired.append(c);
        // a CR before an LF is a part of that line's end, one without is an end itself
        if (c == '\n' || c == '\r' && (at == text.length() || text.charAt(at) != '\n')) {
            line++;
            column = 1;
        } else {
            column++;
        }
    }

    private void character() throws DocumentException {
        if (text.charAt(at) != '&' || REFERENCE.matcher(text).region(at, text.length()).lookingAt()) {
            take();
            return;
        }
        Matcher entity = ENTITY.matcher(text).region(at, text.length());
        if (entity.lookingAt()) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, here(""), "there is no entity " + Findings.shown(entity.group())
                    + "; there are &amp; &lt; &gt; &quot; &apos; and numbers");
        }
        if (repairs.isEmpty()) {
            findings.warn(ProblemCode.PARSE_ERROR, here(""), "'&' is to be written &amp; and was read so");
        }
        repairs.computeIfAbsent(line, each -> new ArrayList<>()).add(column);
        take();
        repaired.append("amp;");
    }

    private void past(String end) {
        int until = text.indexOf(end, at);
        int stop = until < 0 ? text.length() : until + end.length();
        while (at < stop) {
            take();
        }
    }

    private void startTag() throws DocumentException {
        int startLine = line;
        int startColumn = column;
        take();
        String name = name();
        Tag tag = new Tag(name, pathOf(name), startLine, startColumn);
        if (tags.size() >= MAX_ELEMENTS) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, tag.place(), "has more than " + MAX_ELEMENTS + " elements");
        }
        if (open.size() > MAX_DEPTH) {
            throw new DocumentException(ProblemCode.NESTED_TOO_DEEP, tag.place(), "is nested deeper than " + MAX_DEPTH);
        }
        tags.add(tag);
        boolean closed = attributes(tag);
        if (!closed) {
            open.push(new Open(tag.path, new HashMap<>()));
        }
    }

    /** {@code /Response/Dial/Sip[2]}: the first of its name has no number. */
    private String pathOf(String name) {
        Open parent = open.peek();
        int count = parent.children().merge(name, 1, Integer::sum);
        return parent.path() + "/" + Findings.shown(name) + (count == 1 ? "" : "[" + count + "]");
    }

    private String name() {
        int from = at;
        while (at < text.length() && " \t\r\n/>=<\"'".indexOf(text.charAt(at)) < 0) {
            take();
        }
        return text.substring(from, at);
    }

    /** @return whether the tag ends itself */
    private boolean attributes(Tag tag) throws DocumentException {
        while (at < text.length() && text.charAt(at) != '<') {
            char c = text.charAt(at);
            if (c == '>') {
                take();
                return text.charAt(at - 2) == '/';
            }
            if (c == '"' || c == '\'') {
                value(c);
            } else if (" \t\r\n/=".indexOf(c) >= 0) {
                take();
            } else {
                int atLine = line;
                int atColumn = column;
                if (tag.attribute(name(), atLine, atColumn) > MAX_ATTRIBUTES) {
                    throw new DocumentException(ProblemCode.PARSE_ERROR, tag.place(), "has more than " + MAX_ATTRIBUTES + " attributes");
                }
            }
        }
        return false;
    }

    private void value(char quote) throws DocumentException {
        take();
        while (at < text.length() && text.charAt(at) != quote) {
            character();
        }
        if (at < text.length()) {
            take();
        }
    }
}
