package io.github.camelvoice.call;

import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One call's end of a bridge. Two calls have two mailboxes, so they agree by messages: the first asks, the second looks at its own
 * state and says yes by naming its audio, and the first connects. Each side clears only its own end.
 */
final class Bridging {

    private final LiveCall call;
    private final CallJournal journal;
    private LiveCall peer;
    private String lastPeerId;
    private boolean asking;
    /** The call goes on when the other one ends. */
    private boolean stays;
    private final List<CompletableFuture<CallSnapshot>> waiting = new ArrayList<>();

    Bridging(LiveCall call, CallJournal journal) {
        this.call = call;
        this.journal = journal;
    }

    String peerId() {
        return peer == null ? null : peer.id();
    }

    /** The call that this one is bridged with, or was last; null if none. */
    String lastPeerId() {
        return lastPeerId;
    }

    void whenParted(CompletableFuture<CallSnapshot> waiter) {
        if (peer == null) {
            waiter.complete(call.current());
        } else {
            waiting.add(waiter);
        }
    }

    void bridge(CallCommand.Bridge command, CompletableFuture<CommandResult> done) throws CallException {
        String peerCallId = command.peerCallId();
        if (peer != null || asking) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "the call is bridged already");
        }
        if (call.id().equals(peerCallId)) {
            throw new CallException(Kind.BAD_REQUEST, call.id(), "a call cannot be bridged with itself");
        }
        LiveCall other = call.services().find(peerCallId);
        asking = true;
        stays = command.stays();
        other.mailbox().execute(() -> other.bridging().asked(call, done));
    }

    /** On the second call's mailbox. */
    private void asked(LiveCall first, CompletableFuture<CommandResult> done) {
        if (peer != null || asking || !call.state().isAnswered() || call.audio().leg() == null) {
            CallException no = new CallException(Kind.WRONG_STATE, call.id(), "call " + call.id()
                    + (call.state().isAnswered() ? " is bridged already" : " is not answered: " + call.state()));
            first.mailbox().execute(() -> first.bridging().refused(no, done));
            return;
        }
        peer = first;
        stays = false;
        lastPeerId = first.id();
        MediaLeg audio = call.audio().leg();
        first.mailbox().execute(() -> first.bridging().agreed(call, audio, done));
    }

    /** On the first call's mailbox. */
    private void refused(CallException no, CompletableFuture<CommandResult> done) {
        asking = false;
        done.completeExceptionally(no);
    }

    /** On the first call's mailbox. */
    private void agreed(LiveCall second, MediaLeg audio, CompletableFuture<CommandResult> done) {
        asking = false;
        if (!call.state().isAnswered() || call.audio().leg() == null) {
            second.mailbox().execute(() -> second.bridging().parted(call));
            done.completeExceptionally(new CallException(Kind.WRONG_STATE, call.id(), "the call ended meanwhile"));
            return;
        }
        try {
            call.audio().leg().bridge(audio);
        } catch (MediaException refused) {
            second.mailbox().execute(() -> second.bridging().parted(call));
            done.completeExceptionally(call.audio().mediaFailure(refused));
            return;
        }
        peer = second;
        lastPeerId = second.id();
        journal.tell(head -> new VoiceEvent.Bridged(head, second.id()));
        call.refresh();
        second.mailbox().execute(() -> second.bridging().connected(call));
        done.complete(CommandResult.of(call.current()));
    }

    /** On the second call's mailbox. */
    private void connected(LiveCall first) {
        if (peer == first) {
            journal.tell(head -> new VoiceEvent.Bridged(head, first.id()));
            call.refresh();
        }
    }

    void unbridge(CompletableFuture<CommandResult> done) throws CallException {
        if (peer == null) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "the call is not bridged");
        }
        LiveCall other = peer;
        parted(other);
        other.mailbox().execute(() -> other.bridging().parted(call));
        done.complete(CommandResult.of(call.current()));
    }

    private void parted(LiveCall from) {
        if (peer != from) {
            return;
        }
        peer = null;
        if (call.audio().leg() != null) {
            call.audio().leg().unbridge();
        }
        journal.tell(head -> new VoiceEvent.Unbridged(head, from.id()));
        call.refresh();
        List<CompletableFuture<CallSnapshot>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(waiter -> waiter.complete(call.current()));
    }

    /** The call ends: the other one is hung up with it. */
    void callEnded() {
        if (peer == null) {
            return;
        }
        LiveCall other = peer;
        parted(other);
        other.mailbox().execute(() -> {
            if (other.bridging().peer == call) {
                boolean goesOn = other.bridging().stays;
                other.bridging().parted(call);
                if (!goesOn) {
                    other.end(EndCause.of(EndCause.Kind.NORMAL, Origin.LOCAL, "the bridged call ended"));
                }
            }
        });
    }
}
