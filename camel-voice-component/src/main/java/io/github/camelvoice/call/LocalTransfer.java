package io.github.camelvoice.call;

import io.github.camelvoice.call.EndCause.Origin;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A transfer that we do ourselves, for far ends that cannot: the target is called (or is in another call of ours already) and takes
 * the place of the one who leaves, in one step. Until then the two who talk go on talking, and if the target does not answer nothing
 * has changed. If the one who leaves is gone meanwhile, the one who stays waits for the target, and is hung up if that fails.
 */
public final class LocalTransfer {

    private static final String MODE = "local";

    private final Calls calls;
    private final Call stays;
    private final Call leaves;
    private final boolean report;
    private final boolean hangup;
    private final String id;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<TransferResult> done = new CompletableFuture<>();
    private volatile Call fresh;

    /**
     * @param stays  who is connected with the target; answered
     * @param leaves the call that it is bridged with, null if it is in none
     * @param report whether the far end of {@code leaves} asked for it by a REFER that is accepted, and is told how it goes
     * @param hangup whether {@code leaves} is hung up in the end
     */
    private LocalTransfer(Calls calls, Call stays, Call leaves, boolean report, boolean hangup) {
        this.calls = calls;
        this.stays = stays;
        this.leaves = leaves;
        this.report = report;
        this.hangup = hangup;
        this.id = UUID.randomUUID().toString();
    }

    /** The target is called. @return its result, never a failure */
    public static CompletionStage<TransferResult> call(Calls calls, Call stays, Call leaves, PlaceCall target, boolean report, boolean hangup) {
        LocalTransfer transfer = new LocalTransfer(calls, stays, leaves, report, hangup);
        transfer.begin(UriPasswords.hide(target.leg().target()), null, () -> transfer.place(target));
        return transfer.done;
    }

    /**
     * The target is in a call of ours already; who talked with it there is hung up if {@code hangup} says so.
     *
     * @param target answered
     * @param other  the call that {@code target} is bridged with, null if it is in none
     */
    public static CompletionStage<TransferResult> join(Calls calls, Call stays, Call leaves, Call target, Call other, boolean report,
                                                       boolean hangup) {
        LocalTransfer transfer = new LocalTransfer(calls, stays, leaves, report, hangup);
        transfer.begin(target.snapshot().to().uri(), target.id(), () -> transfer.join(target, other));
        return transfer.done;
    }

    private void begin(String target, String replaced, Runnable go) {
        stays.execute(new CallCommand.StayUp(true)).whenComplete((ready, gone) -> {
            if (gone != null) {
                end(TransferStatus.CANCELED, 487, "the call is over");
                return;
            }
            tell(head -> new VoiceEvent.TransferRequested(head, id, report ? Origin.REMOTE : Origin.LOCAL, MODE, target, replaced));
            go.run();
        });
    }

    private void place(PlaceCall target) {
        try {
            PlaceCall child = target.withParent(stays.id());
            fresh = calls.place(child.account() == null ? child.withAccount(stays.snapshot().account()) : child);
        } catch (CallException refused) {
            end(TransferStatus.FAILED, code(refused.kind()), refused.getMessage());
            return;
        }
        stays.reached(Milestone.COMPLETED).thenRun(() -> end(TransferStatus.CANCELED, 487, "the call ended first"));
        fresh.reached(Milestone.RINGING).thenAccept(now -> {
            if (now.cause() == null && now.answeredAt() == null) {
                progress(180, "Ringing");
            }
        });
        fresh.reached(Milestone.ANSWERED).thenAccept(now -> {
            if (now.answeredAt() != null) {
                connect();
            } else {
                EndCause why = now.cause();
                end(status(why), why.sipCode() < 300 ? 500 : why.sipCode(), why.phrase());
            }
        });
    }

    private static int code(CallException.Kind kind) {
        return switch (kind) {
            case FORBIDDEN -> 403;
            case BAD_REQUEST -> 400;
            default -> 503;
        };
    }

    private static TransferStatus status(EndCause cause) {
        return switch (cause.kind()) {
            case BUSY -> TransferStatus.BUSY;
            case NO_ANSWER -> TransferStatus.NO_ANSWER;
            default -> TransferStatus.FAILED;
        };
    }

    private void connect() {
        stays.execute(new CallCommand.Rebridge(fresh.id())).whenComplete((bridged, failure) -> {
            if (failure == null) {
                end(TransferStatus.COMPLETED, 200, "OK");
            } else {
                end(TransferStatus.FAILED, 500, failure.getMessage());
            }
        });
    }

    private void join(Call target, Call other) {
        target.execute(new CallCommand.StayUp(true))
                .thenCompose(ready -> stays.execute(new CallCommand.Rebridge(target.id())))
                .whenComplete((bridged, failure) -> {
                    if (failure != null && other != null && target.snapshot().peerCallId() == null) {
                        target.execute(new CallCommand.Rebridge(other.id()));
                    }
                    target.execute(new CallCommand.StayUp(false));
                    if (failure != null) {
                        end(TransferStatus.FAILED, 500, failure.getMessage());
                        return;
                    }
                    unhold(target);
                    if (other != null && hangup) {
                        other.execute(new CallCommand.Hangup(null, SipHeaders.none()));
                    }
                    end(TransferStatus.COMPLETED, 200, "OK");
                });
    }

    private static void unhold(Call call) {
        if (call.snapshot().held()) {
            call.execute(new CallCommand.Resume());
        }
    }

    private void tell(Function<VoiceEvent.Head, VoiceEvent> event) {
        stays.execute(new CallCommand.TellTransfer(event));
    }

    private void progress(int code, String phrase) {
        tell(head -> new VoiceEvent.TransferProgress(head, id, 0, code, phrase));
        if (report) {
            leaves.execute(new CallCommand.ReportTransfer(code, phrase));
        }
    }

    private void end(TransferStatus status, int code, String phrase) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        boolean success = status.isSuccess();
        TransferResult result = new TransferResult(id, MODE, status, 0, code, phrase);
        tell(head -> success ? new VoiceEvent.TransferCompleted(head, id, 0, code, phrase)
                : new VoiceEvent.TransferFailed(head, id, status, 0, code, phrase));
        stays.execute(new CallCommand.StayUp(false));
        if (success) {
            unhold(stays);
        } else if (fresh != null) {
            fresh.execute(new CallCommand.Hangup(null, SipHeaders.none()));
        }
        // The usual phrase: nothing of our own words goes out.
        CompletionStage<?> told = report ? leaves.execute(new CallCommand.ReportTransfer(code, null)) : CompletableFuture.completedStage(null);
        told.whenComplete((heard, gone) -> {
            // Not before the far end knows how it went: many forget a transfer with the call that they asked for it in.
            if (success && hangup && leaves != null) {
                leaves.execute(new CallCommand.Hangup(null, SipHeaders.none()));
            }
        });
        done.complete(result);
    }
}
