package io.github.camelvoice.engine;

import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.HttpFailure;
import io.github.camelvoice.outbound.Outbound;
import io.github.camelvoice.recording.RecordingInfo;
import io.github.camelvoice.recording.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Sends recordings to URLs by the one HTTP client, from memory: so they are bounded in size, and few at a time. */
final class WebUploads implements Uploads.Web {

    /** An hour and a quarter of one channel at 8 kHz. */
    private static final int MOST_BYTES = 72 * 1024 * 1024;
    private static final int AT_ONCE = 3;
    private static final HttpCall.Times TIMES = new HttpCall.Times(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(2));

    private final Outbound outbound;
    private final Semaphore room = new Semaphore(AT_ONCE);

    WebUploads(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public CompletionStage<Void> send(String url, String method, RecordingInfo recording, Path wav) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(new IOException("others are being sent"));
        }
        CompletionStage<Void> sent;
        try {
            if (Files.size(wav) > MOST_BYTES) {
                throw new IllegalArgumentException("it has more than " + MOST_BYTES + " bytes");
            }
            HttpCall call = (method.equals("PUT") ? HttpCall.put(url, "audio/wav", Files.readAllBytes(wav))
                    : HttpCall.post(url, "audio/wav", Files.readAllBytes(wav))).withTimes(TIMES).withCredentials(true)
                            .withHeader("X-Recording-Sid", recording.sid()).discarding(HttpCall.RECEIPT_LIMIT);
            sent = outbound.http().call(call).handle((answer, failure) -> {
                if (failure instanceof HttpFailure refused && !refused.isRetryable()) {
                    throw new CompletionException(new IllegalArgumentException(refused.getMessage(), refused));
                }
                if (failure != null) {
                    throw new CompletionException(failure);
                }
                if (!answer.isSuccess()) {
                    String words = "it was answered " + answer.status();
                    throw new CompletionException(answer.isRetryable() ? new IOException(words) : new IllegalArgumentException(words));
                }
                return null;
            });
        } catch (IOException | RuntimeException unreadable) {
            sent = CompletableFuture.failedFuture(unreadable);
        }
        return sent.whenComplete((done, failure) -> room.release());
    }
}
