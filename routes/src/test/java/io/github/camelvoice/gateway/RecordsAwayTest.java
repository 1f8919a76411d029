package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where records cannot be read, or are not kept: calls go on, and whoever asks is told. */
class RecordsAwayTest {

    @TempDir
    Path folder;

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static CompletableFuture<HttpResponse<String>> ask(Running running, String path) {
        return running.client().sendAsync(running.request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + closedPort() + "/voice";
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.store", "postgresql",
        "voice.store.url", url, "voice.store.user", "hidden"));
                TestPhone phone = new TestPhone(folder)) {
            Call call = phone.dial("echo", running.sipPort());
            assertThat(phone.answered(call).cause()).isNull();
            phone.hangUp(call);
            assertThat(phone.ended(call).cause().kind()).isEqualTo(EndCause.Kind.NORMAL);
            var list = ask(running, "/api/v1/history");
            var record = ask(running, "/api/v1/history/" + call.id());
            var sipInfo = ask(running, "/v1beta1/projects/default/calls/" + call.id() + "/sipInfo");
            for (HttpResponse<String> each : List.of(list.join(), record.join(), sipInfo.join())) {
                assertThat(each.statusCode()).as(each.body()).isEqualTo(503);
                assertThat(each.headers().firstValue("Retry-After")).isPresent();
                assertThat(each.body()).doesNotContain("jdbc", "127.0.0.1", "hidden", "Exception");
            }
            assertThat(Running.json(sipInfo.join()).at("/error/status").asText()).isEqualTo("UNAVAILABLE");
            assertThat(Running.json(list.join()).get("code").asText()).isEqualTo("unavailable");
            assertThat(running.get("/observe/health/ready").statusCode()).as("calls are taken").isEqualTo(200);
            String metrics = running.get("/observe/metrics").body();
            assertThat(metrics).containsPattern("(?m)^voice_archive_store_up\\{.*} 0.0$").containsPattern("(?m)^voice_archive_recording\\{.*} 1.0$")
                    .containsPattern("(?m)^voice_archive_waiting_entries\\{.*} [1-9]");
        }
    }

    @Test
    void withoutCaptureOldCallsCanBeRead() throws Exception {
        try (TestPhone phone = new TestPhone(folder)) {
            String id;
            try (Running running = Running.start(folder.resolve("data"), Map.of("voice.store", "h2"))) {
                String made = refused(phone, running);
                id = made;
                await().until(() -> running.get("/api/v1/history/" + made).statusCode() == 200);
            }
            try (Running running = Running.start(folder.resolve("data"), Map.of("voice.store", "h2", "voice.capture", "off"))) {
                refused(phone, running);
                assertThat(Running.json(running.get("/api/v1/history")).get("calls")).hasSize(1);
                assertThat(running.get("/api/v1/history/" + id + "/pcap").statusCode()).isEqualTo(200);
                assertThat(running.get("/v1beta1/projects/default/calls/" + id + "/sipInfo").statusCode()).isEqualTo(200);
            }
        }
    }

    private static String refused(TestPhone phone, Running running) throws Exception {
        Call call = phone.dial("nobody", running.sipPort());
        phone.ended(call);
        return URLEncoder.encode(call.snapshot().sipCallId(), StandardCharsets.UTF_8);
    }
}
