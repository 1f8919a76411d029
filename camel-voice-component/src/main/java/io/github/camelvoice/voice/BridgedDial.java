package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Connects a live call with one that is placed for it: its ringing is passed on, the first is answered when the second one is, and
 * both are bridged. If the first goes away meanwhile the second is cancelled; if the second fails the first is left as it was.
 * All steps run on the mailboxes of the two calls and only hand over.
 */
final class BridgedDial {

    private final Call first;
    private final Call second;
    private final List<String> codecs;
    private final CompletableFuture<CallSnapshot> done = new CompletableFuture<>();
    /** The second call while it is neither answered nor over: all that the first call's end may still cancel, and keeps in memory. */
    private final AtomicReference<Call> pending;

    private BridgedDial(Call first, Call second, List<String> codecs) {
        this.first = first;
        this.second = second;
        this.codecs = codecs;
        this.pending = new AtomicReference<>(second);
    }

    /**
     * @param codecs that the first call may be answered with
     * @throws CallException if the second call cannot be placed
     */
    static BridgedDial start(Calls calls, Call first, PlaceCall request, List<String> codecs) throws CallException {
        BridgedDial dial = new BridgedDial(first, calls.place(request), codecs);
        dial.run();
        return dial;
    }

    Call second() {
        return second;
    }

    /** The second call: bridged, or over with its cause. Fails if it was answered and could not be connected. */
    CompletionStage<CallSnapshot> done() {
        return done;
    }

    private void run() {
        AtomicReference<Call> cancellable = pending;
        first.reached(Milestone.COMPLETED).thenRun(() -> cancel(cancellable));
        second.reached(Milestone.RINGING).thenAccept(this::ringing);
        second.reached(Milestone.ANSWERED).thenAccept(this::answered);
    }

    private static void cancel(AtomicReference<Call> cancellable) {
        Call call = cancellable.getAndSet(null);
        if (call != null) {
            call.execute(new CallCommand.Hangup("SIP;cause=487;text=\"the caller went away\"", SipHeaders.none()));
        }
    }

    private void ringing(CallSnapshot now) {
        if (now.cause() == null && now.answeredAt() == null && first.snapshot().state() == CallState.OFFERED) {
            first.execute(new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none()));
        }
    }

    private void answered(CallSnapshot now) {
        pending.set(null);
        if (now.answeredAt() == null) {
            done.complete(now);
            return;
        }
        connect(now).whenComplete((bridged, failure) -> {
            if (failure == null) {
                done.complete(second.snapshot());
            } else {
                second.execute(new CallCommand.Hangup(null, SipHeaders.none()));
                done.completeExceptionally(failure);
            }
        });
    }

    private CompletionStage<CommandResult> connect(CallSnapshot now) {
        CallCommand bridge = new CallCommand.Bridge(second.id());
        if (!first.snapshot().state().isUndecided()) {
            return first.execute(bridge);
        }
        return first.execute(new CallCommand.Answer(preferring(now), SipHeaders.none())).thenCompose(answered -> first.execute(bridge));
    }

    /** The second call's codec first, so that nothing needs transcoding where the first call speaks it as well. */
    private List<String> preferring(CallSnapshot now) {
        if (now.media() == null) {
            return codecs;
        }
        List<String> order = new ArrayList<>();
        order.add(now.media().codec());
        codecs.stream().filter(codec -> !codec.equalsIgnoreCase(now.media().codec())).forEach(order::add);
        return order;
    }
}
