package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks screenings of one dial, and takes what fails or lasts too long for a no. */
final class Screener {

    private static final Logger LOG = LoggerFactory.getLogger(Screener.class);

    private final String dialId;
    private final Timers timers;
    private final Executor mailbox;

    Screener(String dialId, Timers timers, Executor mailbox) {
        this.dialId = dialId;
        this.timers = timers;
        this.mailbox = mailbox;
    }

    /**
     * @param verdict called at once if it is known, else on the mailbox; again if the limit passes, which then means nothing
     * @return the limit's timer, null if the verdict was known at once
     */
    Timers.Timer ask(Screening screening, Call leg, Duration limit, Consumer<Boolean> verdict) {
        CompletableFuture<Boolean> answer;
        try {
            answer = screening.screen(leg).toCompletableFuture();
        } catch (RuntimeException broken) {
            answer = CompletableFuture.failedFuture(broken);
        }
        if (answer.isDone()) {
            verdict.accept(isYes(answer));
            return null;
        }
        CompletableFuture<Boolean> asked = answer;
        asked.whenComplete((yes, failure) -> mailbox.execute(() -> verdict.accept(isYes(asked))));
        return timers.schedule(limit.toMillis(), TimeUnit.MILLISECONDS, mailbox, () -> verdict.accept(false));
    }

    private boolean isYes(CompletableFuture<Boolean> answer) {
        try {
            return Boolean.TRUE.equals(answer.join());
        } catch (CompletionException | java.util.concurrent.CancellationException failure) {
            LOG.info("[{}] a screening failed: {}", dialId, String.valueOf(failure.getCause()));
            return false;
        }
    }
}
