package io.github.camelvoice.recording;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.document.RecordingNews;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.RecordingPort;
import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recordings of an engine: those that run, and the shelf of those that have ended. Thread-safe; nothing here waits. */
public final class CallRecordings implements RecordingPort, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallRecordings.class);
    /** What is shorter is no recording. */
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final int SWEEP_MINUTES = 10;

    private final RecordingShelf shelf;
    private final RecordingSettings settings;
    private final Teller teller;
    private final Uploads uploads;
    private final EngineClock clock;
    private final Timers timers;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, LiveRecording> running = new ConcurrentHashMap<>();
    /** One thread for the small files, so that what is known of a recording is written in its order. */
    private final ThreadPoolExecutor files;
    private volatile boolean closed;

    /** Tells applications of recordings. */
    @FunctionalInterface
    public interface Teller {
        /** @param told null for nobody */
        void tell(CallSnapshot call, RecordingOrder.Told told, RecordingNews news);
    }

    public CallRecordings(RecordingShelf shelf, RecordingSettings settings, Teller teller, Uploads.Web web, EngineClock clock, Timers timers) {
        this.shelf = shelf;
        this.settings = settings;
        this.teller = teller;
        this.clock = clock;
        this.timers = timers;
        this.files = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.named("recordings"));
        files.allowCoreThreadTimeOut(true);
        this.uploads = new Uploads(shelf, web, settings.targets(), timers, this::onFiles);
    }

    /** Reads the shelf; what was not sent yet is sent on. */
    public void start() {
        shelf.open();
        uploads.resume();
        sweep();
    }

    private void sweep() {
        if (settings.retention() != null && !closed) {
            shelf.forget(clock.now().minus(settings.retention()));
            timers.schedule(SWEEP_MINUTES, TimeUnit.MINUTES, this::onFiles, this::sweep);
        }
    }

    /** Those that have ended, and those that run. */
    public RecordingShelf shelf() {
        return shelf;
    }

    /** Where a recording can be fetched, without ending; null where nobody serves recordings. */
    public String url(RecordingInfo info) {
        return settings.url(info);
    }

    /** One that runs, or has ended. */
    public Optional<RecordingInfo> find(String sid) {
        LiveRecording live = running.get(sid);
        return live == null ? shelf.find(sid) : Optional.of(live.info);
    }

    /** A recording that runs. */
    public Optional<Running> running(String sid) {
        return Optional.ofNullable(running.get(sid));
    }

    @Override
    public Running start(Call call, RecordingOrder order) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        CallSnapshot now = call.snapshot();
        RecordingInfo.Upload upload = order.storage() == null ? null
                : new RecordingInfo.Upload(order.storage().target(), order.storage().method(), RecordingInfo.Upload.PENDING, 0, "");
        RecordingInfo info = new RecordingInfo("RE" + HexFormat.of().formatHex(bytes), call.id(), now.account(), RecordingStatus.IN_PROGRESS,
                order.source(), order.dual() ? 2 : 1, clock.now(), 0, "", upload);
        LiveRecording live = new LiveRecording(call, order, info);
        running.put(info.sid(), live);
        live.begin();
        return live;
    }

    private void onFiles(Runnable task) {
        try {
            files.execute(task);
        } catch (RejectedExecutionException closing) {
            task.run();
        }
    }

    private final class LiveRecording implements Running {
        private final Call call;
        private final RecordingOrder order;
        private final RecordingInfo info;
        private final CompletableFuture<RecordingNews> ended = new CompletableFuture<>();
        private boolean begun;
        private boolean stopped;

        LiveRecording(Call call, RecordingOrder order, RecordingInfo info) {
            this.call = call;
            this.order = order;
            this.info = info;
        }

        @Override
        public String id() {
            return info.sid();
        }

        @Override
        public String url() {
            return settings.url(info);
        }

        void begin() {
            if (call.snapshot().media() != null) {
                record();
            } else {
                call.reached(Milestone.ANSWERED).thenAccept(now -> record());
            }
        }

        private void record() {
            synchronized (this) {
                if (stopped) {
                    return;
                }
                begun = true;
            }
            RecordTarget target = new RecordTarget(shelf.wav(info.sid()), order.dual() ? RecordTarget.Layout.STEREO : RecordTarget.Layout.MIXED,
                    order.maxSeconds() == 0 ? null : Duration.ofSeconds(order.maxSeconds()), RecordTarget.Tracks.valueOf(order.tracks().name()),
                    RecordTarget.Pauses.SILENT, order.trim(), order.silenceSeconds() == 0 ? null : Duration.ofSeconds(order.silenceSeconds()), LEAST);
            CompletableFuture<CommandResult> result = call.execute(new CallCommand.Record(info.sid(), target)).toCompletableFuture();
            if (!result.isDone()) {
                onFiles(() -> shelf.put(info));
                teller.tell(call.snapshot(), order.told(), info.news(url()));
            }
            result.whenComplete((recorded, failure) -> over(recorded, failure));
        }

        private void over(CommandResult recorded, Throwable failure) {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
                LOG.warn("[{}] recording {} failed: {}", call.id(), info.sid(), cause.getMessage());
                end(info.ended(RecordingStatus.FAILED, 0, String.valueOf(cause.getMessage()).replace(shelf.wav(info.sid()) + ": ", "")));
            } else if ("absent".equals(recorded.outcome())) {
                end(info.ended(RecordingStatus.ABSENT, 0, "nothing but silence, or too short"));
            } else {
                end(info.ended(RecordingStatus.COMPLETED, recorded.length().toMillis(), ""));
            }
        }

        private void end(RecordingInfo last) {
            onFiles(() -> {
                shelf.put(last);
                running.remove(last.sid());
                teller.tell(call.snapshot(), order.told(), last.news(url()));
                ended.complete(last.news(url()));
                uploads.begin(last);
            });
        }

        @Override
        public void stop() {
            boolean never;
            synchronized (this) {
                if (stopped) {
                    return;
                }
                stopped = true;
                never = !begun;
            }
            if (never) {
                end(info.ended(RecordingStatus.ABSENT, 0, "it was stopped before there was any audio"));
            } else {
                call.execute(new CallCommand.StopRecording());
            }
        }

        @Override
        public CompletionStage<RecordingNews> ended() {
            return ended;
        }
    }

    /** What has ended is on the shelf when this returns; waits a second at most. */
    @Override
    public void close() {
        closed = true;
        uploads.close();
        files.shutdown();
        try {
            if (!files.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("not all that is known of recordings could be written");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
