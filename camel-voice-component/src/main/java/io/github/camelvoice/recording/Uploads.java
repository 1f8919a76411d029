package io.github.camelvoice.recording;

import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.recording.RecordingInfo.Upload;
import io.github.camelvoice.runtime.Timers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends recordings where their applications want them, a URL or a target that the operator has by that name, again and again with growing
 * pauses: {@value #MOST_ATTEMPTS} times in about a day. How it gets on is written down with the recording, so that a restart goes on with it.
 */
public final class Uploads {

    static final int MOST_ATTEMPTS = 12;
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int FIRST_PAUSE_SECONDS = 5;
    private static final int LONGEST_PAUSE_SECONDS = 4 * 3_600;

    /** Sends a file to a URL. */
    @FunctionalInterface
    public interface Web {
        /** @return fails with words for a log */
        CompletionStage<Void> send(String url, String method, RecordingInfo recording, Path wav);
    }

    /** Sends a file to what the operator has by a name. */
    public interface Targets {
        Targets NONE = new Targets() {
            @Override
            public boolean has(String name) {
                return false;
            }

            @Override
            public CompletionStage<Void> send(String name, RecordingInfo recording, Path wav) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("there is no such target"));
            }
        };

        boolean has(String name);

        /** @return fails with words for a log */
        CompletionStage<Void> send(String name, RecordingInfo recording, Path wav);
    }

    private final RecordingShelf shelf;
    private final Web web;
    private final Targets targets;
    private final Timers timers;
    private final Executor files;
    private volatile boolean closed;

    Uploads(RecordingShelf shelf, Web web, Targets targets, Timers timers, Executor files) {
        this.shelf = shelf;
        this.web = web;
        this.targets = targets;
        this.timers = timers;
        this.files = files;
    }

    void resume() {
        shelf.list(info -> info.upload() != null && info.upload().state().equals(Upload.PENDING)).forEach(this::begin);
    }

    /** On the thread of the files. */
    void begin(RecordingInfo info) {
        Upload upload = info.upload();
        if (upload == null || closed || info.status() != RecordingStatus.COMPLETED || !upload.state().equals(Upload.PENDING)) {
            return;
        }
        CompletionStage<Void> sent;
        try {
            sent = Files.exists(shelf.wav(info.sid())) ? send(info, upload)
                    : CompletableFuture.failedFuture(new IllegalStateException("the file is gone"));
        } catch (RuntimeException refused) {
            sent = CompletableFuture.failedFuture(refused);
        }
        sent.whenComplete((done, failure) -> {
            if (!closed) {
                files.execute(() -> tried(info.sid(), failure));
            }
        });
    }

    private CompletionStage<Void> send(RecordingInfo info, Upload upload) {
        Path wav = shelf.wav(info.sid());
        return upload.target().contains("://") ? web.send(upload.target(), upload.method(), info, wav) : targets.send(upload.target(), info, wav);
    }

    private void tried(String sid, Throwable failure) {
        RecordingInfo info = shelf.find(sid).orElse(null);
        if (info == null) {
            return;
        }
        Upload before = info.upload();
        int attempts = before.attempts() + 1;
        if (failure == null) {
            shelf.put(info.with(new Upload(before.target(), before.method(), Upload.DONE, attempts, "")));
            LOG.info("[{}] recording {} was sent on", info.callId(), sid);
            return;
        }
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String words = String.valueOf(cause.getMessage());
        boolean last = attempts >= MOST_ATTEMPTS || cause instanceof IllegalArgumentException;
        shelf.put(info.with(new Upload(before.target(), before.method(), last ? Upload.FAILED : Upload.PENDING, attempts, words)));
        LOG.warn("[{}] recording {} could not be sent on, attempt {}{}: {}", info.callId(), sid, attempts, last ? ", the last" : "", words);
        if (!last) {
            long pause = Math.min(LONGEST_PAUSE_SECONDS, (long) FIRST_PAUSE_SECONDS << 2 * (attempts - 1));
            timers.schedule(pause, TimeUnit.SECONDS, files, () -> shelf.find(sid).ifPresent(this::begin));
        }
    }

    void close() {
        closed = true;
    }
}
