package io.github.camelvoice.store.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.subscription.Ownership;
import io.github.camelvoice.subscription.SubscriptionStore;
import io.github.camelvoice.subscription.SubscriptionStore.Kept;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) with subscriptions: the next one has them all, with every state that was told. */
class SubscriptionKillTest {

    @TempDir
    Path folder;
    /** The newest version that was told, by id. */
    private final Map<String, Integer> told = new HashMap<>();
    private final Set<String> removed = new HashSet<>();

    private void runAndKill(int first, int lines) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), SubscriptionChild.class.getName(), folder.toString(), Integer.toString(first))
            .redirectError(new File("/dev/null")).start();
        int seen = 0;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "put" -> told.put(words[1], 1);
                    case "told" -> told.put(words[1], Integer.parseInt(words[2]));
                    case "removed" -> removed.add(words[1]);
                    default -> {
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
    }

    @Test
    void noSubscriptionAndNoLastStateIsLost() throws Exception {
        runAndKill(1_000, 150);
        runAndKill(2_000, 157);
        CallArchive archive = CallbackChild.archive(folder);
        archive.start();
        try {
            SubscriptionStore store = archive.subscriptions(false);
            Map<String, Kept> found = new HashMap<>();
            for (int partition = 0; partition < Ownership.PARTITIONS; partition++) {
                for (Kept kept : store.load(partition)) {
                    found.put(kept.info().id(), kept);
                }
            }
            assertThat(found).doesNotContainKeys(removed.toArray(new String[0]));
            Set<String> expected = new HashSet<>(told.keySet());
            expected.removeAll(removed);
            assertThat(expected).hasSizeGreaterThan(10);
            // The last of each run may have gone further than it came to say, to its end even.
            assertThat(expected.stream().filter(id -> !found.containsKey(id))).hasSizeLessThanOrEqualTo(2)
                    .allSatisfy(id -> assertThat(told.get(id)).isEqualTo(1 + SubscriptionChild.CHANGES));
            found.forEach((id, kept) -> check(kept, told.getOrDefault(id, 1)));
        } finally {
            archive.close();
        }
    }

    private static void check(Kept kept, int atLeast) {
        long version = kept.info().version();
        assertThat(version).as(kept.info().id()).isBetween((long) atLeast, 1L + SubscriptionChild.CHANGES);
        assertThat(kept.request().resources()).hasSize(SubscriptionChild.RESOURCES);
        for (int i = 0; i < SubscriptionChild.RESOURCES; i++) {
            long newest = -1;
            for (long each = 2; each <= version; each++) {
                newest = each % SubscriptionChild.RESOURCES == i ? each : newest;
            }
            var instances = kept.info().resources().get(i).instances();
            if (newest < 0) {
                assertThat(instances).isEmpty();
            } else {
                assertThat(instances).hasSize(1);
                assertThat(instances.get(0).version()).isEqualTo(newest);
                assertThat(instances.get(0).full().document()).isEqualTo("state " + newest);
            }
        }
    }
}
