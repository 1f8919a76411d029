package io.github.camelvoice.store.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.callback.Outcome;
import io.github.camelvoice.callback.Schedule;
import io.github.camelvoice.callback.Terms;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.store.CallArchive;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) with callbacks that wait: the next one delivers them all, in order, under the same ids. */
class CallbackKillTest {

    private record Seen(String call, String id, int number) {
    }

    @TempDir
    Path folder;
    /** Id by number, of those that were tried or taken before the kill. */
    private final Map<Integer, String> ids = new HashMap<>();
    private final Set<Integer> taken = new TreeSet<>();
    private final Set<Integer> sent = new TreeSet<>();

    private void runAndKill(int first, int count) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), CallbackChild.class.getName(), folder.toString(), Integer.toString(first))
            .redirectError(new File("/dev/null")).start();
        int seen = 0;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("sent") && words.length == 2) {
                    sent.add(Integer.parseInt(words[1]));
                    if (++seen == count) {
                        child.toHandle().destroyForcibly();
                    }
                } else if (words.length == 3 && words[1].length() == 29) {
                    String before = ids.put(Integer.parseInt(words[2]), words[1]);
                    assertThat(before).isIn(null, words[1]);
                    if (words[0].equals("took")) {
                        taken.add(Integer.parseInt(words[2]));
                    }
                }
            }
        }
        child.waitFor();
        assertThat(seen).isGreaterThanOrEqualTo(count);
    }

    @Test
    void allAreDeliveredInOrderUnderTheSameIds() throws Exception {
        runAndKill(1_000, 300);
        runAndKill(100_000, 300);
        List<Seen> delivered = new CopyOnWriteArrayList<>();
        CallArchive archive = CallbackChild.archive(folder);
        try (ScheduledTimers timers = new ScheduledTimers(); Dispatcher dispatcher = CallbackChild.dispatcher(archive, timers)) {
            archive.start();
            dispatcher.start();
            dispatcher.attend(delivery -> {
                delivered.add(new Seen(delivery.callback().callId(), delivery.id(), Integer.parseInt(new String(delivery.callback().body()))));
                delivery.outcome().accept(new Outcome.Delivered());
            }, new Terms(Set.of(), 4, Schedule.DEFAULT));
            Set<Integer> left = new TreeSet<>(sent);
            left.removeAll(taken);
            await().atMost(Duration.ofSeconds(30)).until(() -> delivered.stream().map(Seen::number).collect(java.util.stream.Collectors.toSet())
                    .containsAll(left));
            await().until(() -> dispatcher.figures().waiting() == 0);
        } finally {
            archive.close();
        }
        Map<String, Integer> last = new TreeMap<>();
        for (Seen each : delivered) {
            assertThat(ids.getOrDefault(each.number(), each.id())).isEqualTo(each.id());
            Integer before = last.put(each.call(), each.number());
            assertThat(before == null || before < each.number()).as("order of " + each.call()).isTrue();
        }
        assertThat(delivered).doesNotHaveDuplicates();
        assertThat(ids).isNotEmpty();
    }
}
