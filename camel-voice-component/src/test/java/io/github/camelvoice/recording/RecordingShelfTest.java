package io.github.camelvoice.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.testkit.ManualTimers;
import io.github.camelvoice.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingShelfTest {

    private static final Instant BEGAN = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir
    Path folder;

    private static String sid(int number) {
        return "RE" + String.format("%032x", number);
    }

    private static RecordingInfo info(int number, RecordingStatus status, RecordingInfo.Upload upload) {
        return new RecordingInfo(sid(number), "n1-call", "AC1", status, "DialVerb", 1, BEGAN.plusSeconds(number), 1_500, "", upload);
    }

    private RecordingShelf opened() {
        RecordingShelf shelf = new RecordingShelf(folder);
        shelf.open();
        return shelf;
    }

    @Test
    void whatIsKnownOutlivesTheProcess() throws Exception {
        RecordingShelf shelf = opened();
        RecordingInfo first = info(1, RecordingStatus.COMPLETED, new RecordingInfo.Upload("https://x.example/y", "PUT", "pending", 2,
                "it was answered 503"));
        shelf.put(first);
        shelf.put(info(2, RecordingStatus.ABSENT, null));
        Files.writeString(folder.resolve(sid(3) + ".json"), "{\"sid\": \"../../etc/passwd\"}");
        Files.writeString(folder.resolve(sid(4) + ".json"), "not json");
        Files.writeString(folder.resolve(sid(5) + ".json"), Files.readString(folder.resolve(sid(1) + ".json")));
        RecordingShelf again = opened();
        assertThat(again.list(info -> true)).containsExactly(info(2, RecordingStatus.ABSENT, null), first);
        assertThat(again.find("../" + sid(1))).isEmpty();
        assertThatThrownBy(() -> again.wav("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatACrashCutOffEndsThere() throws Exception {
        RecordingShelf shelf = opened();
        shelf.put(info(1, RecordingStatus.IN_PROGRESS, null));
        shelf.put(info(2, RecordingStatus.IN_PROGRESS, null));
        Tones.write(folder.resolve(sid(1) + ".wav.part"), 8_000, 400, 2.5);
        RecordingShelf again = opened();
        RecordingInfo saved = again.find(sid(1)).orElseThrow();
        assertThat(saved.status()).isEqualTo(RecordingStatus.COMPLETED);
        assertThat(saved.millis()).isEqualTo(2_500);
        assertThat(saved.detail()).isEqualTo("interrupted");
        assertThat(again.wav(sid(1))).exists();
        assertThat(again.find(sid(2)).orElseThrow().status()).isEqualTo(RecordingStatus.FAILED);
    }

    @Test
    void oldOnesAreForgottenAndThoseThatRunAreNot() throws Exception {
        RecordingShelf shelf = opened();
        shelf.put(info(1, RecordingStatus.COMPLETED, null));
        Tones.write(shelf.wav(sid(1)), 8_000, 400, 0.1);
        shelf.put(info(2, RecordingStatus.IN_PROGRESS, null));
        shelf.put(info(100, RecordingStatus.COMPLETED, null));
        shelf.forget(BEGAN.plusSeconds(50));
        assertThat(shelf.list(info -> true)).extracting(RecordingInfo::sid).containsExactly(sid(100), sid(2));
        assertThat(shelf.wav(sid(1))).doesNotExist();
        assertThat(shelf.delete(sid(2))).isFalse();
    }

    @Test
    void anUploadIsTriedAgainAndGoesOnAfterARestart() throws Exception {
        ManualTimers timers = new ManualTimers();
        RecordingShelf shelf = opened();
        shelf.put(info(1, RecordingStatus.COMPLETED, new RecordingInfo.Upload("https://x.example/y", "PUT", "pending", 0, "")));
        Tones.write(shelf.wav(sid(1)), 8_000, 400, 0.1);
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        Uploads uploads = new Uploads(shelf, (url, method, recording, wav) -> {
            sent.add(new CompletableFuture<>());
            return sent.get(sent.size() - 1);
        }, Uploads.Targets.NONE, timers, Runnable::run);
        uploads.resume();
        for (int i = 0; i < Uploads.MOST_ATTEMPTS - 1; i++) {
            assertThat(sent).hasSize(i + 1);
            sent.get(i).completeExceptionally(new IllegalStateException("it was answered 503"));
            timers.advance(Duration.ofHours(4));
        }
        assertThat(opened().find(sid(1)).orElseThrow().upload().attempts()).isEqualTo(Uploads.MOST_ATTEMPTS - 1);
        sent.get(sent.size() - 1).completeExceptionally(new IllegalStateException("it was answered 503"));
        assertThat(timers.pending()).isZero();
        assertThat(shelf.find(sid(1)).orElseThrow().upload().state()).isEqualTo("failed");
        shelf.put(info(2, RecordingStatus.COMPLETED, new RecordingInfo.Upload("https://x.example/y", "PUT", "pending", 0, "")));
        Tones.write(shelf.wav(sid(2)), 8_000, 400, 0.1);
        uploads.resume();
        sent.get(sent.size() - 1).completeExceptionally(new IllegalArgumentException("the policy refuses it"));
        assertThat(shelf.find(sid(2)).orElseThrow().upload().state()).isEqualTo("failed");
    }
}
