package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Keys that are pressed while prompts are played, and after them. On the mailbox of the execution. */
final class Gathering {

    /** What nobody presses by hand: the rest is not kept. */
    private static final int MOST_DIGITS = 256;

    private final Prompt.Gather gather;
    private final PromptSteps steps;
    private final Speaker speaker;
    private final Timers timers;
    private final Call call;
    private final Mailbox mailbox;
    private final Iterator<Prompt> rest;
    private final StringBuilder digits = new StringBuilder();
    private final CompletableFuture<Keys> done = new CompletableFuture<>();
    private Calls.Registration listening;
    private Timers.Timer timer;
    private boolean silent;

    /** @param finishedOn the key that ended it; empty if none did */
    record Keys(String digits, String finishedOn) {
        List<Map.Entry<String, String>> parameters() {
            return List.of(Map.entry("Digits", digits), Map.entry("FinishedOnKey", finishedOn));
        }
    }

    Gathering(Prompt.Gather gather, PromptSteps steps, Speaker speaker, Timers timers, Call call, Mailbox mailbox) {
        this.gather = gather;
        this.steps = steps;
        this.speaker = speaker;
        this.timers = timers;
        this.call = call;
        this.mailbox = mailbox;
        this.rest = gather.prompts().iterator();
    }

    CompletionStage<Keys> begin() {
        listening = call.onDigit((digit, millis, method) -> mailbox.execute(() -> key(digit)));
        nextPrompt();
        return done;
    }

    private void nextPrompt() {
        if (done.isDone() || silent) {
            return;
        }
        if (!rest.hasNext()) {
            silent = true;
            await();
            return;
        }
        Prompt prompt = rest.next();
        CompletionStage<Void> turn = prompt instanceof Prompt.Pause pause ? steps.pause(pause)
                : speaker.play(((Prompt.Speak) prompt).sounds(), ((Prompt.Speak) prompt).loop(), steps.failed(prompt));
        turn.thenRun(this::nextPrompt);
    }

    private void await() {
        if (timer != null) {
            timer.cancel();
        }
        timer = timers.schedule(gather.timeoutSeconds(), TimeUnit.SECONDS, mailbox, () -> end(""));
    }

    private void key(char digit) {
        if (done.isDone()) {
            return;
        }
        if (!silent) {
            silent = true;
            steps.endPause();
            speaker.stop();
        }
        if (gather.finishOnKey().indexOf(digit) >= 0) {
            end(String.valueOf(digit));
            return;
        }
        if (digits.length() < MOST_DIGITS) {
            digits.append(digit);
        }
        if (digits.length() == gather.numDigits()) {
            end("");
        } else {
            await();
        }
    }

    private void end(String finishedOn) {
        abandon();
        done.complete(new Keys(digits.toString(), finishedOn));
    }

    /** Nobody waits for keys any more. */
    void abandon() {
        silent = true;
        listening.close();
        if (timer != null) {
            timer.cancel();
        }
    }
}
