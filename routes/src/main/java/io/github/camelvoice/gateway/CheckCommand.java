package io.github.camelvoice.gateway;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Instruction;
import io.github.camelvoice.document.Role;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.document.Wording;
import io.github.camelvoice.document.cxml.CxmlOptions;
import io.github.camelvoice.engine.DocumentSyntaxes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code check FILE}: says what a document would do, one line a step, and what is wrong with it. Nothing is called and nothing fetched. */
final class CheckCommand {

    private static final String USAGE = "check [--url URL] [--whisper] [--strict-x-headers] FILE, or - for the standard input";
    /** One more is read, so that what is too large is seen to be. */
    private static final int MOST_BYTES = 1 << 20;

    private final PrintStream out;
    private final InputStream in;
    private URI base = URI.create("http://localhost/document");
    private Role role = Role.MAIN;
    private boolean strict;
    private String file;

    CheckCommand(PrintStream out, InputStream in) {
        this.out = out;
        this.in = in;
    }

    /** @return exit code: 0 if the document can be carried out, with or without warnings; 1 if it cannot */
    int run(List<String> arguments) throws IOException {
        options(arguments);
        String text = text();
        try {
            Document document = new DocumentSyntaxes(new CxmlOptions(strict, CxmlOptions.STANDARD.headerPrefix())).read(file, base, text, role);
            tell(document);
            return 0;
        } catch (DocumentException wrong) {
            wrong.problems().forEach(problem -> out.println("error: " + problem));
            out.println(file + ": cannot be carried out, " + wrong.problems().size() + (wrong.problems().size() == 1 ? " mistake" : " mistakes"));
            return 1;
        }
    }

    private void options(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.poll();
            switch (argument) {
                case "--url" -> base = url(left.poll());
                case "--whisper" -> role = Role.WHISPER;
                case "--strict-x-headers" -> strict = true;
                default -> {
                    if (file != null || argument.startsWith("-") && !argument.equals("-")) {
                        throw new IllegalArgumentException("use: " + USAGE);
                    }
                    file = argument;
                }
            }
        }
        if (file == null) {
            throw new IllegalArgumentException("which file? Use: " + USAGE);
        }
    }

    private static URI url(String text) {
        if (text == null) {
            throw new IllegalArgumentException("--url needs a URL");
        }
        try {
            return Urls.http(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--url " + wrong.getMessage());
        }
    }

    private String text() throws IOException {
        if (file.equals("-")) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new IOException("there is no file " + file);
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    private void tell(Document document) {
        Map<String, List<Instruction>> sections = new TreeMap<>(document.sections());
        List<String> names = new ArrayList<>(sections.keySet());
        names.remove(Document.MAIN);
        names.add(0, Document.MAIN);
        for (String name : names) {
            if (names.size() > 1) {
                out.println("section " + name + ":");
            }
            section(sections.get(name));
        }
        document.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println(file + ": can be carried out" + (document.warnings().isEmpty() ? "" : ", " + document.warnings().size()
                + (document.warnings().size() == 1 ? " warning" : " warnings")));
    }

    private void section(List<Instruction> instructions) {
        boolean over = false;
        for (Instruction instruction : instructions) {
            String line = instruction.place().line() == 0 ? "" : "line " + instruction.place().line() + ": ";
            out.println("  " + line + instruction.verb() + " " + Wording.of(instruction) + (over ? " (never reached)" : ""));
            over |= Wording.isLast(instruction);
        }
        if (!over) {
            out.println("  then " + (role == Role.WHISPER ? "the called party is connected" : "the call ends"));
        }
    }
}
