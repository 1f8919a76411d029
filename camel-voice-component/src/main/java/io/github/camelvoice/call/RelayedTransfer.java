package io.github.camelvoice.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A REFER that goes through us: what the far end of one call asks is asked of the far end of the call that it is bridged with, and the
 * answers and NOTIFYs go back. The first call gets its answer when the second one has answered.
 */
public final class RelayedTransfer {

    private final Call from;
    private final Call to;
    private final CompletableFuture<TransferResult> done = new CompletableFuture<>();
    private final CompletableFuture<TransferResult> taken = new CompletableFuture<>();
    private boolean accepted;

    private RelayedTransfer(Call from, Call to) {
        this.from = from;
        this.to = to;
    }

    /**
     * @param from where the REFER came; its answer is still due
     * @param to   whom it goes to
     * @param spec what goes there; both calls are hung up in the end if the target takes over
     */
    public static RelayedTransfer start(Call from, Call to, TransferSpec spec) {
        RelayedTransfer relay = new RelayedTransfer(from, to);
        relay.run(spec.untilCompleted(true).withHangup(true));
        return relay;
    }

    /** The result, or a failure ({@link CallException}) if the second call could not be asked: the answer to the first is then still due. */
    public CompletionStage<TransferResult> done() {
        return done;
    }

    /** Ends when both have accepted it, or as {@link #done} does if that is earlier. */
    public CompletionStage<TransferResult> accepted() {
        return taken;
    }

    private void run(TransferSpec spec) {
        TransferListener listener = new TransferListener() {
            @Override
            public void accepted(int code) {
                accept();
            }

            @Override
            public void progress(int code, String phrase) {
                accept();
                if (code > 100) {
                    from.execute(new CallCommand.ReportTransfer(code, phrase));
                }
            }
        };
        from.execute(new CallCommand.StayUp(true))
                .thenCompose(ready -> to.execute(new CallCommand.Transfer(spec, listener)))
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        from.execute(new CallCommand.StayUp(false));
                        done.completeExceptionally(failure);
                        taken.completeExceptionally(failure);
                    } else {
                        over(result.transfer());
                    }
                });
    }

    /** On the mailbox of the second call. */
    private void accept() {
        if (!accepted) {
            accepted = true;
            from.execute(new CallCommand.AnswerTransfer(202, null)).whenComplete((sent, late) ->
                    taken.complete(new TransferResult("", "refer", TransferStatus.ACCEPTED, 202, 0, "")));
        }
    }

    private void over(TransferResult result) {
        if (!accepted && result.referCode() >= 300) {
            from.execute(new CallCommand.AnswerTransfer(result.referCode(), null));
            from.execute(new CallCommand.StayUp(false));
        } else {
            accept();
            int code = result.notifyCode() >= 200 ? result.notifyCode() : result.status().isSuccess() ? 200 : 500;
            from.execute(new CallCommand.ReportTransfer(code, null)).whenComplete((told, gone) -> {
                // Its own bridge partner has gone to the target: nothing is left to say.
                from.execute(new CallCommand.StayUp(false));
                if (result.status().isSuccess()) {
                    from.execute(new CallCommand.Hangup(null, SipHeaders.none()));
                }
            });
        }
        done.complete(result);
        taken.complete(result);
    }
}
