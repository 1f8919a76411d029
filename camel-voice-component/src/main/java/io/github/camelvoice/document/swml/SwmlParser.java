package io.github.camelvoice.document.swml;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.source.Findings;
import io.github.camelvoice.document.source.SourceNode;
import io.github.camelvoice.document.source.SourceText;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads SWML: {@code version}, and {@code sections} of methods. The whole text is checked, and everything in it that cannot be executed is
 * told with its place. Thread-safe.
 */
public final class SwmlParser {

    private static final String VERSION = "1.0.0";

    private SwmlParser() {
    }

    /**
     * @param name where the text came from, for log lines
     * @param base its URL, null where it has none
     * @param text JSON or YAML
     * @throws DocumentException with up to twenty problems and their places
     */
    public static Document parse(String name, URI base, String text) throws DocumentException {
        SourceNode root = SourceText.read(text);
        if (!(root instanceof SourceNode.Members top)) {
            throw new DocumentException(ProblemCode.ELEMENT_WRONG_TYPE, root.place(), "must be an object with 'sections', not " + root.kind());
        }
        Findings findings = new Findings();
        Map<String, List<Instruction>> sections = new LinkedHashMap<>();
        top.members().forEach((key, member) -> {
            switch (key) {
                case "version" -> version(member.value(), findings);
                case "sections" -> sections(member.value(), sections, findings);
                default -> findings.add(ProblemCode.ELEMENT_UNDEFINED, member.place(), "there is no element '" + Findings.shown(key)
                        + "'; a document has version and sections");
            }
        });
        if (top.get("sections") == null) {
            findings.add(ProblemCode.SECTIONS_MISSING, top.place(), "has no 'sections'");
        }
        findings.throwAny();
        return new Document(name, base, List.of(), sections);
    }

    private static void version(SourceNode node, Findings findings) {
        if (!(node instanceof SourceNode.Scalar scalar) || !scalar.value().isTextual() || !scalar.value().asText().equals(VERSION)) {
            findings.add(ProblemCode.VERSION_INVALID, node.place(), "must be " + VERSION);
        }
    }

    private static void sections(SourceNode node, Map<String, List<Instruction>> sections, Findings findings) {
        if (!(node instanceof SourceNode.Members members)) {
            findings.add(ProblemCode.ELEMENT_WRONG_TYPE, node.place(), "must be an object with a list of methods for each name, not " + node.kind());
            return;
        }
        Methods methods = new Methods(members.members().keySet(), findings);
        members.members().forEach((name, member) -> sections.put(name, section(member.value(), methods, findings)));
        if (!members.members().containsKey(Document.MAIN)) {
            findings.add(ProblemCode.MAIN_SECTION_MISSING, members.place(), "has no section 'main'");
        }
    }

    private static List<Instruction> section(SourceNode node, Methods methods, Findings findings) {
        if (!(node instanceof SourceNode.Items items)) {
            findings.add(ProblemCode.ELEMENT_WRONG_TYPE, node.place(), "must be a list of methods, not " + node.kind());
            return List.of();
        }
        if (items.items().isEmpty()) {
            findings.add(ProblemCode.SECTION_CODE_MISSING, items.place(), "has no methods");
        }
        List<Instruction> instructions = new ArrayList<>(items.items().size());
        for (SourceNode item : items.items()) {
            Instruction instruction = method(item, methods, findings);
            if (instruction != null) {
                instructions.add(instruction);
            }
        }
        return List.copyOf(instructions);
    }

    /** A method is an object with one member, its name; or its name alone. @return null where it is told what is wrong */
    private static Instruction method(SourceNode item, Methods methods, Findings findings) {
        if (item instanceof SourceNode.Scalar scalar && scalar.value().isTextual()) {
            return methods.read(scalar.value().asText(), item.place(), null);
        }
        if (item instanceof SourceNode.Members members && members.members().size() == 1) {
            Map.Entry<String, SourceNode.Member> only = members.members().entrySet().iterator().next();
            return methods.read(only.getKey(), only.getValue().place(), only.getValue().value());
        }
        Place place = item.place();
        findings.add(ProblemCode.METHOD_MISSING_NAME, place, item instanceof SourceNode.Members members
                ? "must have one name, that of a method, and has " + members.members().size() : "must be a method, not " + item.kind());
        return null;
    }
}
