package io.github.camelvoice.speech;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers what was said lately: the same text in the same voice is made once, also while it is being made. What failed is not remembered.
 * At most {@value #MOST_TEXTS} texts and {@value #MOST_BYTES_KEPT} bytes, the one that was used least lately goes first.
 */
public final class RememberedSpeech implements Speech {

    static final int MOST_TEXTS = 200;
    static final int MOST_BYTES_KEPT = 32 * 1024 * 1024;
    /** A text that takes more is not kept: it is hardly said twice. */
    static final int MOST_OF_ONE = 4 * 1024 * 1024;

    private final Speech engine;
    private final Map<Utterance, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Utterance, CompletableFuture<byte[]>> coming = new HashMap<>();
    private long bytes;

    public RememberedSpeech(Speech engine) {
        this.engine = engine;
    }

    @Override
    public CompletionStage<byte[]> speak(Utterance utterance) {
        CompletableFuture<byte[]> making = new CompletableFuture<>();
        synchronized (this) {
            byte[] known = kept.get(utterance);
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            CompletableFuture<byte[]> already = coming.putIfAbsent(utterance, making);
            if (already != null) {
                return already;
            }
        }
        CompletionStage<byte[]> spoken;
        try {
            spoken = engine.speak(utterance);
        } catch (RuntimeException bug) {
            spoken = CompletableFuture.failedFuture(new SpeechException("the text could not be spoken", bug));
        }
        spoken.whenComplete((wav, failure) -> {
            made(utterance, wav);
            if (failure == null) {
                making.complete(wav);
            } else {
                making.completeExceptionally(failure);
            }
        });
        return making;
    }

    private synchronized void made(Utterance utterance, byte[] wav) {
        coming.remove(utterance);
        if (wav == null || wav.length > MOST_OF_ONE) {
            return;
        }
        kept.put(utterance, wav);
        bytes += wav.length;
        var oldest = kept.values().iterator();
        while (kept.size() > MOST_TEXTS || bytes > MOST_BYTES_KEPT) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }

    /** Texts that are remembered. */
    synchronized int size() {
        return kept.size();
    }

    @Override
    public void close() {
        engine.close();
    }
}
