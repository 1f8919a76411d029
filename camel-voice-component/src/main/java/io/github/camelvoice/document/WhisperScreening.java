package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.dial.Screening;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A party that has answered hears a document before it is connected: the call is wanted when that comes to its end, and declined when it
 * hangs up, fails, or cannot be had.
 */
final class WhisperScreening implements Screening {

    private static final Logger LOG = LoggerFactory.getLogger(WhisperScreening.class);

    private final Documents documents;
    private final Action whisper;

    WhisperScreening(Documents documents, Action whisper) {
        this.documents = documents;
        this.whisper = whisper;
    }

    @Override
    public CompletionStage<Boolean> screen(Call leg) {
        return documents.ask(Ask.of(leg.snapshot(), whisper, List.of()), Role.WHISPER)
                .thenCompose(document -> documents.run(leg, document, RunOptions.whisper()).done())
                .handle((outcome, failure) -> {
                    if (failure != null) {
                        LOG.info("[{}] not connected: the document for the called party failed: {}", leg.id(), Failures.words(failure));
                        return false;
                    }
                    return outcome.ending() == Ending.COMPLETED || outcome.ending() == Ending.RETURNED;
                });
    }
}
