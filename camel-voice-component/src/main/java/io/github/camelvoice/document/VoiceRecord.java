package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.runtime.Mailbox;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A message that is left after a tone. On the mailbox of the execution. */
final class VoiceRecord {

    private final Prompt.Record record;
    private final Speaker speaker;
    private final RecordingPort port;
    private final Call call;
    private final Mailbox mailbox;
    private final BiConsumer<Sound, Throwable> failed;
    private final CompletableFuture<RecordingNews> ended = new CompletableFuture<>();
    private Calls.Registration listening;
    private RecordingPort.Running running;
    private boolean abandoned;
    private String key = "";

    VoiceRecord(Prompt.Record record, Speaker speaker, RecordingPort port, Call call, Mailbox mailbox, BiConsumer<Sound, Throwable> failed) {
        this.record = record;
        this.speaker = speaker;
        this.port = port;
        this.call = call;
        this.mailbox = mailbox;
        this.failed = failed;
    }

    /** @return done on the mailbox when the recording has ended */
    CompletionStage<RecordingNews> begin() {
        if (record.beep()) {
            speaker.play(List.of(new Sound.Beep()), 1, failed).thenRun(this::listen);
        } else {
            listen();
        }
        return ended;
    }

    private void listen() {
        if (abandoned) {
            return;
        }
        listening = call.onDigit((digit, millis, method) -> mailbox.execute(() -> pressed(digit)));
        running = port.start(call, record.order());
        running.ended().thenAccept(news -> mailbox.execute(() -> {
            listening.close();
            ended.complete(news);
        }));
    }

    private void pressed(char digit) {
        if (key.isEmpty() && record.finishOnKeys().indexOf(digit) >= 0) {
            key = String.valueOf(digit);
            running.stop();
        }
    }

    Prompt.Record record() {
        return record;
    }

    /** The key that ended it; empty if none did. */
    String key() {
        return key;
    }

    CompletionStage<RecordingNews> ended() {
        return ended;
    }

    /** The document goes no further: what was said until now is kept. */
    void abandon() {
        abandoned = true;
        if (running != null) {
            running.stop();
        }
    }
}
