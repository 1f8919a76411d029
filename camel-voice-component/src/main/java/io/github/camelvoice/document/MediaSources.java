package io.github.camelvoice.document;

import io.github.camelvoice.call.spi.PlaySource;
import java.util.concurrent.CompletionStage;

/** Finds what a document plays. Thread-safe; nothing here waits. */
@FunctionalInterface
public interface MediaSources {

    /**
     * @param gain in dB, -40 to 40
     * @return fails with an exception whose message may be told to the author of the document. Dependants must be quick
     */
    CompletionStage<PlaySource> find(Sound sound, double gain);
}
