package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Role;
import io.github.camelvoice.document.source.Findings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads cXML, also called TwiML and LaML: a {@code Response} with verbs. The whole text is checked. What cannot be executed is told with its
 * place; what is asked for and left out is a warning of the document. Thread-safe.
 */
public final class CxmlParser {

    /** What a party that was called may hear before it is connected. */
    private static final Set<String> WHISPER = Set.of("Play", "Say", "Gather", "Hangup", "Pause", "Redirect");

    private CxmlParser() {
    }

    /**
     * @param name where the text came from, for log lines
     * @param base its URL, null where it has none
     * @throws DocumentException with up to twenty problems and their places
     */
    public static Document parse(String name, URI base, String text, Role role, CxmlOptions options) throws DocumentException {
        Findings findings = new Findings();
        Element root = Binder.bind(XmlText.scan(text, findings));
        List<Instruction> instructions = new ArrayList<>();
        if (root instanceof Element.Response) {
            new Attributes(root, base, findings).end();
            noText(root, findings);
            for (Element child : root.children()) {
                verb(child, role, new Reading(base, findings, options), instructions);
            }
        } else {
            findings.add(ProblemCode.ELEMENT_UNDEFINED, root.tag.place(), "the root must be Response, not " + Findings.shown(root.tag.name));
        }
        findings.throwAny();
        return new Document(name, base, findings.warnings(), Map.of(Document.MAIN, List.copyOf(instructions)));
    }

    /** What reading a verb needs; {@code base} null where the document has no URL. */
    record Reading(URI base, Findings findings, CxmlOptions options) {

        Attributes attributes(Element element) {
            return new Attributes(element, base, findings);
        }

        void wrong(ProblemCode code, Element element, String words) {
            findings.add(code, element.tag.place(), words);
        }

        /** Tells of children; what may be within is said. */
        void empty(Element element) {
            for (Element child : element.children()) {
                wrong(ProblemCode.ELEMENT_UNDEFINED, child, Findings.shown(child.tag.name) + " cannot be within " + element.tag.name);
            }
        }
    }

    private static void verb(Element element, Role role, Reading reading, List<Instruction> instructions) {
        if (role == Role.WHISPER && !WHISPER.contains(element.tag.name) && Names.VERBS.contains(element.tag.name)) {
            reading.wrong(ProblemCode.METHOD_UNDEFINED, element, element.tag.name + " must not be in the document for a called party; there may be "
                    + "Play, Say, Gather, Hangup, Pause, Redirect");
            return;
        }
        Instruction instruction = Verbs.read(element, reading);
        if (instruction != null) {
            instructions.add(instruction);
        }
    }

    /** Text where there should be none is a mistake of the author's that would be passed over in silence. */
    static void noText(Element element, Findings findings) {
        String text = element.text();
        if (!text.isEmpty()) {
            findings.warn(ProblemCode.ELEMENT_INVALID_VALUE, element.tag.place(), "there is text in " + element.tag.name + ", which means nothing: "
                    + Findings.shown(text));
        }
    }
}
