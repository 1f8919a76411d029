package io.github.camelvoice.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.PeerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on signatures: its vectors hold, its receivers run. */
class SignatureDocsTest {

    private static final Pattern VECTOR = Pattern.compile("(?m)^\\| (JSON|form|hash) \\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\| `([^`]+)` \\|$");
    private static final Pattern RECEIVER = Pattern.compile("(?s)```(python|javascript|java)\n(.*?)```");

    @TempDir
    Path folder;

    private static String page() throws IOException {
        Path docs = Path.of("docs");
        return Files.readString((Files.isDirectory(docs) ? docs : Path.of("..", "docs")).resolve("signatures.md"));
    }

    @Test
    void theVectorsHold() throws IOException {
        Matcher vector = VECTOR.matcher(page());
        int vectors = 0;
        while (vector.find()) {
            vectors++;
            byte[] body = vector.group(4).getBytes(StandardCharsets.UTF_8);
            assertThat(Signature.verify(vector.group(2), vector.group(5), vector.group(3), body)).as(vector.group()).isTrue();
            assertThat(Signature.verify(vector.group(2), vector.group(5), vector.group(3), (vector.group(4) + " ").getBytes(StandardCharsets.UTF_8)))
                    .as("another body: " + vector.group()).isFalse();
            assertThat(vector.group(5).matches("[0-9a-f]{40}")).isEqualTo(vector.group(1).equals("JSON"));
        }
        assertThat(vectors).isEqualTo(8);
    }

    @Test
    @Tag("peer")
    void theReceiversRun() throws IOException {
        Matcher receiver = RECEIVER.matcher(page());
        List<String> said = new ArrayList<>();
        while (receiver.find()) {
            String[] command = switch (receiver.group(1)) {
                case "python" -> new String[] {"python3", "receiver.py"};
                case "javascript" -> new String[] {"node", "receiver.js"};
                default -> new String[] {"java", "Receiver.java"};
            };
            Files.writeString(folder.resolve(command[1]), receiver.group(2));
            said.add(PeerProcess.run(folder, command).strip().toLowerCase(Locale.ROOT));
        }
        assertThat(said).containsExactly("true", "true", "true", "true");
    }
}
