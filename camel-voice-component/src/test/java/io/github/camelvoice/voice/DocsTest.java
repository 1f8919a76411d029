package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.VoiceEvent;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the endpoints: their tables are those of the catalog, their examples are the files that {@link DocsExamplesTest} runs. */
class DocsTest {

    /** A mark, and what was put behind it, up to the mark {@code <!-- end -->} if there is one. */
    private static final Pattern MARK = Pattern.compile("(?s)<!-- (example|options|headers|events)( component)?(?:: ([^>]*?))? -->\n"
            + "(?:\n(?:(?!<!-- ).)*<!-- end -->\n)?");
    private static final List<String> PAGES = List.of("voice-call.md", "voice-events.md", "voice-sipinfo.md", "voice-tap.md", "voice-document.md",
            "voice-callbacks.md", "voice-transfer.md", "voice-subscribe.md", "voice-session.md", "options.md", "speech.md", "recordings.md");
    private final JsonNode catalog = CatalogFiles.catalog();

    @ParameterizedTest
    @ValueSource(strings = {"voice-call.md", "voice-events.md", "voice-sipinfo.md", "voice-tap.md", "voice-document.md", "voice-callbacks.md",
        "voice-transfer.md", "voice-subscribe.md", "voice-session.md", "options.md", "speech.md", "recordings.md"})
    void tablesAndExamplesAreUpToDate(String page) throws IOException {
        Path file = CatalogFiles.DOCS.resolve(page);
        String wanted = MARK.matcher(Files.readString(file)).replaceAll(mark -> Matcher.quoteReplacement(filled(mark)));
        assertThat(CatalogFiles.current(file, wanted)).as("stale: run the test with -Dvoice.docs.write=true").isEqualTo(wanted);
    }

    private String filled(java.util.regex.MatchResult mark) {
        String subject = mark.group(3);
        String head = "<!-- " + mark.group(1) + (mark.group(2) == null ? "" : mark.group(2)) + (subject == null ? "" : ": " + subject) + " -->\n\n";
        String content = switch (mark.group(1)) {
            case "example" -> example(subject);
            case "options" -> mark.group(2) != null ? componentTable() : table("option", subject, catalog.get("properties"));
            case "headers" -> table("header", subject, catalog.get("headers"));
            default -> events();
        };
        return head + content + "\n<!-- end -->\n";
    }

    private static String example(String file) {
        try {
            return "```yaml\n" + Files.readString(CatalogFiles.DOCS.resolve(file)) + "```\n";
        } catch (IOException missing) {
            throw new AssertionError("no example " + file, missing);
        }
    }

    private static String table(String what, String names, JsonNode from) {
        StringBuilder table = new StringBuilder("| " + what + " | type | " + (what.equals("option") ? "default | " : "") + "meaning |\n|---|---|---|"
                + (what.equals("option") ? "---|" : "") + "\n");
        for (String name : names.split(",")) {
            JsonNode entry = from.get(name.trim());
            assertThat(entry).as(name).isNotNull();
            row(table, name.trim(), entry, what.equals("option"));
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String name, JsonNode entry, boolean withDefault) {
        table.append("| `").append(name).append("` | ").append(type(entry)).append(" | ");
        if (withDefault) {
            table.append(entry.has("defaultValue") ? "`" + entry.get("defaultValue").asText() + "`" : "").append(" | ");
        }
        table.append(entry.get("description").asText().replace("|", "\\|")).append(" |\n");
    }

    private static String type(JsonNode entry) {
        if (entry.has("enum")) {
            return Stream.of(entry.get("enum")).flatMap(words -> java.util.stream.StreamSupport.stream(words.spliterator(), false))
                    .map(word -> "`" + word.asText() + "`").collect(Collectors.joining(", "));
        }
        String type = entry.has("type") ? entry.get("type").asText() : "";
        String javaType = entry.get("javaType").asText();
        return type.isEmpty() || type.equals("object") ? javaType.substring(javaType.lastIndexOf('.') + 1) : type;
    }

    private String componentTable() {
        StringBuilder table = new StringBuilder("| option | type | default | meaning |\n|---|---|---|---|\n");
        catalog.get("componentProperties").properties().stream().filter(option -> !catalog.get("properties").has(option.getKey())
                || option.getKey().equals("headerFilterStrategy") || option.getKey().equals("sslContextParameters")).forEach(option -> row(table, option.getKey(), option.getValue(), true));
        return table.toString();
    }

    private static String events() {
        StringBuilder table = new StringBuilder("| `type` | record | fields of its own |\n|---|---|---|\n");
        Map<VoiceEvent.Kind, Class<?>> types = Arrays.stream(VoiceEvent.class.getPermittedSubclasses())
                .collect(Collectors.toMap(DocsTest::kind, type -> type));
        for (VoiceEvent.Kind kind : VoiceEvent.Kind.values()) {
            Class<?> type = types.get(kind);
            table.append("| `").append(kind.label()).append("` | `").append(type.getSimpleName()).append("` | ")
                    .append(Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).filter(name -> !name.equals("head"))
                            .map(name -> "`" + name + "`").collect(Collectors.joining(", "))).append(" |\n");
        }
        return table + "\nAll have `callId`, `sequence`, `time`, `sipCallId`, `direction`, `from` and `to`. In JSON, `cause` of `call-ended` is laid flat\n"
                + "(`cause`, `endedBy`, `sipCode`, `phrase`, `reason`, `retryable`), and so are the figures of both directions (`receivedPackets`,\n"
                + "`receivedLost`, `receivedJitterMillis`, `receivedMos`, `sentPackets` …).\n";
    }

    private static VoiceEvent.Kind kind(Class<?> type) {
        return Arrays.stream(VoiceEvent.Kind.values()).filter(kind -> kind.type() == type).findFirst().orElseThrow();
    }

    @Test
    void everyOptionAndHeaderIsOnAPage() throws IOException {
        Set<String> named = new HashSet<>();
        for (String page : PAGES) {
            Matcher cells = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\|").matcher(Files.readString(CatalogFiles.DOCS.resolve(page)));
            while (cells.find()) {
                named.add(cells.group(1));
            }
        }
        Set<String> all = new TreeSet<>();
        catalog.get("properties").fieldNames().forEachRemaining(all::add);
        catalog.get("componentProperties").fieldNames().forEachRemaining(all::add);
        catalog.get("headers").fieldNames().forEachRemaining(all::add);
        assertThat(named).containsAll(all);
    }

    @Test
    void everyExampleIsOnAPage() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (String page : PAGES) {
            pages.append(Files.readString(CatalogFiles.DOCS.resolve(page)));
        }
        try (Stream<Path> files = Files.list(CatalogFiles.DOCS.resolve("examples"))) {
            assertThat(files.map(file -> "<!-- example: examples/" + file.getFileName() + " -->").toList())
                    .allSatisfy(mark -> assertThat(pages.toString()).contains(mark));
        }
    }
}
