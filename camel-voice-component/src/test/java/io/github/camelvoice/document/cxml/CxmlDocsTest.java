package io.github.camelvoice.document.cxml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/cxml.md are documents, and nothing in them is left out. */
class CxmlDocsTest {

    @Test
    void everyExampleIsReadWithoutAWarning() throws Exception {
        Matcher examples = Pattern.compile("```xml\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("..", "docs", "cxml.md")));
        List<Document> documents = new ArrayList<>();
        while (examples.find()) {
            documents.add(CxmlParser.parse("docs/cxml.md", URI.create("https://app.example/main"), examples.group(1), Role.MAIN,
                    CxmlOptions.STANDARD));
        }
        assertThat(documents).hasSize(4).allSatisfy(document -> assertThat(document.warnings()).isEmpty());
    }
}
