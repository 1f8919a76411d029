package io.github.camelvoice.store.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.SessionStore;
import io.github.camelvoice.session.SessionStore.Kept;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.secret.SecretKeys;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) with accounts: the next one has them all, with their passwords and histories, and no file has a password. */
class SessionKillTest {

    @TempDir
    Path folder;
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Long> told = new HashMap<>();
    private final Set<String> removed = new HashSet<>();

    private void runAndKill(int first, int lines) throws Exception {
        File output = folder.resolveSibling(folder.getFileName() + ".log").toFile();
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), SessionChild.class.getName(), folder.toString(), Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.appendTo(output)).start();
        int seen = 0;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "put" -> passwords.put(words[1], words[2]);
                    case "status" -> told.put(words[1], Long.parseLong(words[2]));
                    case "removed" -> removed.add(words[1]);
                    default -> {
                        assertThat(line).doesNotContain(SessionChild.PLANTED);
                        continue;
                    }
                }
                if (++seen == lines) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.waitFor();
        assertThat(seen).isGreaterThanOrEqualTo(lines);
        assertThat(Files.readString(output.toPath(), StandardCharsets.ISO_8859_1)).doesNotContain(SessionChild.PLANTED);
        Files.delete(output.toPath());
    }

    private void noPasswordInAnyFile() throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            assertThat(files).hasSizeGreaterThan(3);
            boolean named = false;
            for (Path file : files) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(text.contains(SessionChild.PLANTED)).as(file.toString()).isFalse();
                named |= text.contains("a1000@example.com");
            }
            assertThat(named).as("accounts are in these files").isTrue();
        }
    }

    @Test
    void noAccountAndNoStatusIsLostAndNoPasswordIsSeen() throws Exception {
        runAndKill(1_000, 150);
        noPasswordInAnyFile();
        runAndKill(2_000, 157);
        CallArchive archive = SessionChild.archive(folder);
        archive.start();
        try {
            SessionStore store = archive.sessions();
            Map<String, Kept> found = new HashMap<>();
            store.load().forEach(kept -> found.put(kept.account().name(), kept));
            assertThat(found).doesNotContainKeys(removed.toArray(new String[0]));
            Set<String> expected = new HashSet<>(passwords.keySet());
            expected.removeAll(removed);
            assertThat(expected).hasSizeGreaterThan(10);
            // The last of each run may have gone further than it came to say, to its end even.
            assertThat(expected.stream().filter(name -> !found.containsKey(name))).hasSizeLessThanOrEqualTo(2)
                    .allSatisfy(name -> assertThat(told.get(name)).isEqualTo(SessionChild.STATUSES));
            for (Kept kept : found.values()) {
                String name = kept.account().name();
                assertThat(kept.trouble()).isEmpty();
                assertThat(kept.sequence()).as(name).isBetween(told.getOrDefault(name, 0L), (long) SessionChild.STATUSES);
                if (told.containsKey(name)) {
                    assertThat(kept.account().password()).isEqualTo(passwords.get(name));
                    assertThat(kept.started()).isTrue();
                }
                checkHistory(store, name, kept.sequence());
            }
            for (String name : removed) {
                checkHistory(store, name, SessionChild.STATUSES);
            }
        } finally {
            archive.close();
        }
        noPasswordInAnyFile();
        anotherKeyIsNoPassword();
    }

    private static void checkHistory(SessionStore store, String name, long newest) throws Exception {
        assertThat(store.history(name, 0, 100)).as(name).extracting(SessionStatus::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(Math.max(1, newest - SessionChild.HISTORY + 1), newest).boxed().toList());
    }

    private void anotherKeyIsNoPassword() throws Exception {
        Files.delete(folder.resolve(SecretKeys.FILE));
        CallArchive archive = SessionChild.archive(folder);
        archive.start();
        try {
            assertThat(archive.sessions().load()).isNotEmpty().allSatisfy(kept -> {
                assertThat(kept.account().password()).isNull();
                assertThat(kept.trouble()).contains("another key than that of the file " + folder.resolve(SecretKeys.FILE)).contains("register the account anew");
            });
        } finally {
            archive.close();
        }
    }
}
