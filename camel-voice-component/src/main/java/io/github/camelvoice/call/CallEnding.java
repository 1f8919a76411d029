package io.github.camelvoice.call;

import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one exit of a call: what it still has to tell is told, its last event is published, its record is written, it is forgotten. Belongs to the call's
 * mailbox.
 */
final class CallEnding {

    private static final Logger LOG = LoggerFactory.getLogger(CallEnding.class);
    /** How long the ends of playing, recording and transferring are waited for. */
    private static final Duration QUIET_LIMIT = Duration.ofSeconds(10);

    private final LiveCall call;
    private final Consumer<LiveCall> whenGone;
    private boolean begun;
    private boolean told;
    private CompletableFuture<Void> written;
    private Timers.Timer limit;
    private volatile MediaFigures.Pair figures = MediaFigures.Pair.NONE;

    CallEnding(LiveCall call, Consumer<LiveCall> whenGone) {
        this.call = call;
        this.whenGone = whenGone;
    }

    /** Of a call that is over. May be called on any thread. */
    MediaFigures.Pair figures() {
        return figures;
    }

    /** Whether the last event is published. */
    boolean isTold() {
        return told;
    }

    /** Audio, timers and bridge go first, so that what they still have to tell comes before the last event. */
    void begin() {
        if (!begun) {
            begun = true;
            call.settled();
            call.changes().abandon();
            call.referral().callOver();
            call.bridging().callEnded();
            call.audio().close();
            call.journal().over();
            figures = call.audio().figures();
            written = call.services().ledger().ended(call.current(), figures).toCompletableFuture();
            if (isQuiet()) {
                tell();
            } else {
                limit = call.services().timers().schedule(QUIET_LIMIT.toMillis(), TimeUnit.MILLISECONDS, call.mailbox(), () -> {
                    call.audio().giveUp();
                    call.transfers().callOver();
                    tell();
                });
            }
        }
        goneIfDone();
    }

    /** What is still to be told about the call is told: how a recording ended, how a transfer went. */
    private boolean isQuiet() {
        return call.audio().quiet() && call.transfers().quiet();
    }

    void tellIfQuiet() {
        if (begun && isQuiet()) {
            tell();
        }
    }

    private void tell() {
        if (told) {
            return;
        }
        told = true;
        if (limit != null) {
            limit.cancel();
        }
        EndCause cause = call.settled();
        call.journal().ended(cause, figures);
        LOG.info("[{}] ended: {} by {} ({} {})", call.id(), cause.kind().tag(), cause.endedBy(), cause.sipCode(), cause.phrase());
        call.milestones().reach(Milestone.COMPLETED, call.current());
        goneIfDone();
    }

    private void goneIfDone() {
        if (told && call.state() == CallState.ENDED) {
            call.services().ledger().closed(call.id());
            whenGone.accept(call);
        }
    }

    /** The far end may rely on an end that we confirmed: that waits until the record of the call outlives us. */
    void whenWritten(Runnable confirmation) {
        if (written.isDone()) {
            confirmation.run();
        } else {
            written.whenComplete((done, failure) -> call.mailbox().execute(confirmation));
        }
    }
}
