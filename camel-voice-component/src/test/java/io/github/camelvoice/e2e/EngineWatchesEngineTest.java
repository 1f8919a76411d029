package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.notifier.WatcherDecision;
import io.github.camelvoice.notifier.WatcherHandler;
import io.github.camelvoice.notifier.WatcherRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One engine watches another. */
class EngineWatchesEngineTest {

    @TempDir
    static Path folder;
    private EngineRig theirs;
    private WatchRig ours;

    @BeforeEach
    void open() {
        theirs = EngineRig.start(config -> config);
        theirs.engine.notifier().onWatcher(new WatcherHandler() {
            @Override
            public boolean wants(WatcherRequest request) {
                return true;
            }

            @Override
            public void asked(WatcherRequest request, Consumer<WatcherDecision> answer) {
                answer.accept(request.resource().contains("secret") ? WatcherDecision.reject(403, null) : WatcherDecision.ACCEPT);
            }
        });
        theirs.on("answer", ANSWER);
        ours = WatchRig.start();
    }

    @AfterEach
    void close() {
        ours.mustBeInOrder(folder);
        ours.close();
        theirs.close();
    }

    private String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + theirs.port();
    }

    private void publishMessages(String user, String counts) {
        theirs.engine.notifier().publish("message-summary", user, "application/simple-message-summary",
                ("Messages-Waiting: yes\r\nMessage-Account: " + uri(user)
                + "\r\nVoice-Message: " + counts + "\r\n").getBytes(StandardCharsets.US_ASCII), 0).toCompletableFuture().join();
    }

    @Test
    void itsCallsAreTold() {
        String id = ours.watch("dialog", uri("answer"));
        ours.awaitFigures("it is watched", figures -> figures.active() == 1);
        Call call = ours.rig.place(uri("answer"));
        ours.await(id, uri("answer"), "confirmed");
        EngineRig.run(call, EngineRig.HANG_UP);
        Awaitility.await("the end").atMost(WatchRig.PATIENCE).untilAsserted(() -> assertThat(ours.changes(id, uri("answer"))).last()
                .satisfies(change -> assertThat(change.changed().document()).contains("terminated")));
    }

    /** RFC 5367: one SUBSCRIBE for all of them, one dialog, and each has its own state. */
    @Test
    void aListGoesInOneSubscribe() {
        publishMessages("alice", "1/0 (0/0)");
        String id = ours.watch("message-summary", uri("alice"), uri("bob"), uri("carol"));
        ours.await(id, uri("alice"), "1/0");
        publishMessages("bob", "3/4 (0/0)");
        ours.await(id, uri("bob"), "3/4");
        assertThat(ours.figures().watches()).isEqualTo(1);
        assertThat(ours.figures().listsRefused()).isZero();
        assertThat(theirs.engine.notifier().figures().watchers()).isEqualTo(1);
        ours.subscriptions().end(id).toCompletableFuture().join();
        Awaitility.await("nobody watches").atMost(WatchRig.PATIENCE).until(() -> theirs.engine.notifier().figures().watchers() == 0);
    }

    @Test
    void whoMayNotIsToldSo() {
        String id = ours.watch("dialog", uri("secret"));
        Awaitility.await("refused").atMost(WatchRig.PATIENCE)
                .untilAsserted(() -> assertThat(ours.resource(id, uri("secret")).trouble()).contains("403"));
    }

    /** The other goes, and comes back at another time: nothing of ours is lost, and it is watched again. */
    @Test
    void theOtherGoes() {
        publishMessages("alice", "1/0 (0/0)");
        String id = ours.watch("message-summary", uri("alice"));
        ours.await(id, uri("alice"), "1/0");
        theirs.engine.stop();
        ours.awaitFigures("it is tried again", figures -> figures.resubscriptions() > 0 || figures.waiting() == 1);
        assertThat(ours.resource(id, uri("alice")).instances()).anyMatch(each -> each.full() != null && each.full().document().contains("1/0"));
    }
}
