package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.notifier.WatcherDecision;
import io.github.camelvoice.notifier.WatcherHandler;
import io.github.camelvoice.notifier.WatcherRequest;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.testkit.Postgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL, with locks in files, watch an engine of ours: each subscription has one owner, and is taken over from a dead one. */
@Tag("peer")
class ClusterPeerTest {

    private static final int PHONES = 16;
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;
    private Postgres server;
    private String database;
    private VoiceEngine watched;
    private Process other;
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = Postgres.start();
        database = server.newDatabase("cluster");
        watched = new VoiceEngine(EngineConfig.builder().sipPort(0).build());
        watched.start();
        watched.notifier().onWatcher(new WatcherHandler() {
            @Override
            public boolean wants(WatcherRequest request) {
                return true;
            }

            @Override
            public void asked(WatcherRequest request, Consumer<WatcherDecision> decision) {
                decision.accept(WatcherDecision.ACCEPT);
            }
        });
        for (int phone = 0; phone < PHONES; phone++) {
            mail(phone, 1);
        }
    }

    @AfterEach
    void stop() {
        if (other != null) {
            other.destroyForcibly();
        }
        watched.close();
        server.close();
    }

    private String uri(int phone) {
        return "sip:phone" + phone + "@127.0.0.1:" + watched.bindings().sipPort();
    }

    private void mail(int phone, int count) {
        watched.notifier().publish(ClusterNode.EVENT, "phone" + phone, "application/simple-message-summary",
                ("Messages-Waiting: yes\r\nVoice-Message: " + count + "/0\r\n").getBytes(StandardCharsets.UTF_8), 0).toCompletableFuture().join();
    }

    private void startOther() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-cp",
                System.getProperty("java.class.path"), ClusterNode.class.getName(), "left", folder.toString(), database));
        for (int phone = 0; phone < PHONES; phone++) {
            command.add(uri(phone));
        }
        other = new ProcessBuilder(command).redirectError(folder.resolve("left.log").toFile()).start();
        Thread reader = new Thread(() -> {
            try (BufferedReader out = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(said::add);
            } catch (java.io.IOException | java.io.UncheckedIOException gone) {
                said.add("gone");
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    private static List<SubscriptionInfo> all(ClusterNode node) throws Exception {
        return node.engine().subscriptions().findAll(null, 100);
    }

    private static long ours(ClusterNode node) {
        return node.engine().subscriptions().list(null).size();
    }

    private static List<String> resources(List<StateChange> changes) {
        return changes.stream().map(change -> change.resource() + " " + change.instance().full().document().replaceAll("\\s+", " ").trim()).toList();
    }

    @Test
    void eachSubscriptionHasOneOwnerAndADeadOnesAreTakenOver() throws Exception {
        startOther();
        await().atMost(LONG).until(() -> said.contains("ready"));
        await().atMost(LONG).until(() -> said.stream().filter(line -> line.startsWith("changed ") && line.contains("1/0")).count() == PHONES);
        try (ClusterNode right = new ClusterNode("right", folder, database)) {
            assertThat(all(right)).hasSize(PHONES).allSatisfy(info -> assertThat(info.version()).isPositive());
            assertThat(ours(right)).isZero();

            await().atMost(LONG).until(() -> ours(right) > 0 && watched.notifier().watchers().size() >= PHONES);
            await().atMost(LONG).untilAsserted(() -> assertThat(ours(right)).as("about a half").isBetween(2L, 14L));
            String theirs = all(right).stream().map(SubscriptionInfo::id).filter(id -> right.engine().subscriptions().get(id).isEmpty()).findFirst()
                    .orElseThrow();
            assertThat(right.engine().subscriptions().find(theirs).orElseThrow().resources().get(0).instances()).hasSize(1);
            right.engine().subscriptions().end(theirs).toCompletableFuture().join();
            await().atMost(LONG).until(() -> right.engine().subscriptions().find(theirs).isEmpty());
            int left = PHONES - 1;
            assertThat(right.changes).as("what was known is not told again").isEmpty();

            long mine = ours(right);
            other.destroyForcibly().waitFor();
            long killed = System.nanoTime();
            await().atMost(LONG).until(() -> ours(right) == left);
            System.out.printf("taken over %d of %d after %d ms%n", left - mine, left, Duration.ofNanos(System.nanoTime() - killed).toMillis());
            assertThat(all(right)).hasSize(left).allSatisfy(info -> assertThat(info.owner()).isEqualTo(all(right).get(0).owner()));

            for (int phone = 0; phone < PHONES; phone++) {
                mail(phone, 2);
            }
            await().atMost(LONG).untilAsserted(() -> assertThat(right.changes).hasSize(left));
            for (int phone = 0; phone < PHONES; phone++) {
                mail(phone, 3);
            }
            await().atMost(LONG).untilAsserted(() -> assertThat(right.changes).hasSize(2 * left));
            assertThat(resources(right.changes)).doesNotHaveDuplicates();
            assertThat(right.changes.stream().collect(java.util.stream.Collectors.groupingBy(StateChange::subscriptionId)).values())
                    .allSatisfy(each -> assertThat(each).extracting(StateChange::number).isSorted().doesNotHaveDuplicates());
        }
    }
}
