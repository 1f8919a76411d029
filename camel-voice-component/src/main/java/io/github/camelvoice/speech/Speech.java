package io.github.camelvoice.speech;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes speech of text. Thread-safe; nothing here waits. */
@FunctionalInterface
public interface Speech extends AutoCloseable {

    /** Where nothing speaks. */
    Speech NONE = utterance -> CompletableFuture.failedFuture(new SpeechException("there is no speech here: it is switched off"));

    /** Largest WAV that is taken from others, in bytes: six minutes at 22,050 Hz. */
    int MOST_BYTES = 16 * 1024 * 1024;

    /**
     * @return a WAV file, not to be changed; fails with {@link SpeechException}. Dependants must be quick
     */
    CompletionStage<byte[]> speak(Utterance utterance);

    /** Gives back what it has. */
    @Override
    default void close() {
        // nothing to give back
    }
}
