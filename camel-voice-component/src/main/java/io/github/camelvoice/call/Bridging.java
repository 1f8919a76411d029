package io.github.camelvoice.call;

import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One call's end of a bridge. Two calls have two mailboxes, so they agree by messages: the first asks, the second looks at its own
 * state and says yes by naming its audio, and the first connects. Each side clears only its own end.
 *
 * <p>A bridge may stand before both are answered, for early media: then the caller hears the called side, and the called side nothing until it
 * answers. It counts as a bridge, in events and for what an end of one means to the other, once both are answered.
 */
final class Bridging {

    private final LiveCall call;
    private final CallJournal journal;
    private LiveCall peer;
    private String lastPeerId;
    private boolean asking;
    /** The call goes on when the other one ends. */
    private boolean stays;
    private boolean peerAnswered;
    /** Both are answered, and that was told. */
    private boolean whole;
    /** Another one will take the place of the other one: until then nothing is over, even if that ends. */
    private boolean expecting;
    /** Why the call ends if nobody comes. */
    private EndCause owed;
    private final DigitRelay digits;
    private final List<CompletableFuture<CallSnapshot>> waiting = new ArrayList<>();

    Bridging(LiveCall call, CallJournal journal) {
        this.call = call;
        this.journal = journal;
        this.digits = new DigitRelay(call);
    }

    String peerId() {
        return peer == null ? null : peer.id();
    }

    /** The call that this one is bridged with, or was last; null if none. */
    String lastPeerId() {
        return lastPeerId;
    }

    void whenParted(CompletableFuture<CallSnapshot> waiter) {
        if (peer == null && !expecting) {
            waiter.complete(call.current());
        } else {
            waiting.add(waiter);
        }
    }

    void bridge(CallCommand.Bridge command, CompletableFuture<CommandResult> done) throws CallException {
        String peerCallId = command.peerCallId();
        if (peer != null && peer.id().equals(peerCallId)) {
            stays = command.stays();
            done.complete(CommandResult.of(call.current()));
            return;
        }
        if (peer != null || asking) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "the call is bridged already");
        }
        if (call.id().equals(peerCallId)) {
            throw new CallException(Kind.BAD_REQUEST, call.id(), "a call cannot be bridged with itself");
        }
        if (!ready()) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "call " + call.id() + " " + unready());
        }
        LiveCall other = call.services().find(peerCallId);
        asking = true;
        stays = command.stays();
        other.mailbox().execute(() -> other.bridging().asked(call, done));
    }

    /** Answered, or on its way there with audio that flows already. */
    private boolean ready() {
        CallState state = call.state();
        boolean early = state == CallState.RINGING || state == CallState.ALERTING;
        return call.audio().leg() != null && (state.isAnswered() || early && call.audio().info() != null);
    }

    private String unready() {
        return "is not answered, and has no early media: " + call.state();
    }

    /** Somebody else takes the place of the other call, if there is one, in one step: the bridge does not end in between. */
    void rebridge(String peerCallId, CompletableFuture<CommandResult> done) throws CallException {
        if (asking) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "the call is being bridged");
        }
        if (!call.state().isAnswered()) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "the call is not answered");
        }
        LiveCall other = call.services().find(peerCallId);
        if (other == call || other == peer) {
            throw new CallException(Kind.BAD_REQUEST, call.id(), "a call cannot take its own place");
        }
        asking = true;
        other.mailbox().execute(() -> other.bridging().asked(call, done));
    }

    /** @param on until it is off again the call outlives the other one, and its bridge counts as one that lasts */
    void stayUp(boolean on) {
        expecting = on;
        if (!on && peer == null) {
            release();
            if (owed != null) {
                call.end(owed);
            }
        }
        owed = null;
    }

    /** On the second call's mailbox. */
    private void asked(LiveCall first, CompletableFuture<CommandResult> done) {
        if (peer != null && !expecting || asking || !ready()) {
            CallException no = new CallException(Kind.WRONG_STATE, call.id(), "call " + call.id()
                    + (peer != null || asking ? " is bridged already" : " " + unready()));
            first.mailbox().execute(() -> first.bridging().refused(no, done));
            return;
        }
        leavePeer();
        joined(first, false);
        stays &= expecting;
        MediaLeg audio = call.audio().leg();
        boolean answered = call.state().isAnswered();
        first.mailbox().execute(() -> first.bridging().agreed(call, audio, answered, done));
    }

    private void joined(LiveCall other, boolean otherAnswered) {
        peer = other;
        lastPeerId = other.id();
        peerAnswered = otherAnswered;
        if (call.facts().direction() == CallDirection.OUTBOUND && !call.state().isAnswered()) {
            call.audio().leg().withhold(true);
        }
        call.refresh();
    }

    /** On the first call's mailbox. */
    private void refused(CallException no, CompletableFuture<CommandResult> done) {
        asking = false;
        done.completeExceptionally(no);
    }

    /** On the first call's mailbox. */
    private void agreed(LiveCall second, MediaLeg audio, boolean secondAnswered, CompletableFuture<CommandResult> done) {
        asking = false;
        if (!ready()) {
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
        leavePeer();
        joined(second, secondAnswered);
        complete();
        call.refresh();
        if (call.state().isAnswered()) {
            second.mailbox().execute(() -> second.bridging().peerAnswered(call));
        }
        done.complete(CommandResult.of(call.current()));
    }

    /** This call is answered: the other one hears of it, and this one may be spoken to. */
    void answered() {
        if (peer == null) {
            return;
        }
        call.audio().leg().withhold(false);
        complete();
        LiveCall other = peer;
        other.mailbox().execute(() -> other.bridging().peerAnswered(call));
    }

    private void peerAnswered(LiveCall from) {
        if (peer == from) {
            peerAnswered = true;
            complete();
            call.refresh();
        }
    }

    private void complete() {
        if (!whole && peerAnswered && call.state().isAnswered()) {
            whole = true;
            String peerId = peer.id();
            journal.tell(head -> new VoiceEvent.Bridged(head, peerId));
            if (call.changes().heldByRemote()) {
                farEndHolds(true);
            }
        }
    }

    // ---- what one side does is carried to the other

    private void carry(Consumer<LiveCall> what) {
        if (whole) {
            LiveCall other = peer;
            other.mailbox().execute(() -> {
                if (other.bridging().peer == call) {
                    what.accept(other);
                    other.refresh();
                }
            });
        }
    }

    /** Our far end holds, or does no more: the other one is to know. */
    void farEndHolds(boolean holds) {
        carry(other -> other.changes().peerHolds(holds));
    }

    /** Our far end has changed to this codec. */
    void farEndUses(String codec) {
        carry(other -> other.changes().peerUses(codec));
    }

    /** Our far end pressed a key. */
    void pressed(char digit, int millis, CallCommand.DtmfMethod method) {
        if (whole) {
            digits.pressed(digit, millis, method);
        }
    }

    void carryDigit(char digit, int millis, CallCommand.DtmfMethod method) {
        carry(other -> other.bridging().digits.carried(digit, millis, method));
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

    /** Another one comes: the call is not alone in between, so nobody is told that it is. */
    private void leavePeer() {
        LiveCall last = peer;
        if (last != null) {
            peer = null;
            digits.stop();
            if (whole) {
                whole = false;
                journal.tell(head -> new VoiceEvent.Unbridged(head, last.id()));
            }
            call.changes().peerHolds(false);
            last.mailbox().execute(() -> last.bridging().parted(call));
        }
    }

    private void parted(LiveCall from) {
        if (peer != from) {
            return;
        }
        peer = null;
        digits.stop();
        if (call.audio().leg() != null) {
            call.audio().leg().unbridge();
            call.audio().leg().withhold(false);
        }
        if (whole) {
            whole = false;
            journal.tell(head -> new VoiceEvent.Unbridged(head, from.id()));
        }
        call.changes().peerHolds(false);
        call.refresh();
        if (!expecting) {
            release();
        }
    }

    private void release() {
        List<CompletableFuture<CallSnapshot>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(waiter -> waiter.complete(call.current()));
    }

    /** The call ends: the other one is hung up with it, unless that stays, or one of them was not answered yet. */
    void callEnded() {
        expecting = false;
        owed = null;
        if (peer == null) {
            release();
            return;
        }
        LiveCall other = peer;
        parted(other);
        other.mailbox().execute(() -> other.bridging().peerEnded(call));
    }

    private void peerEnded(LiveCall from) {
        if (peer != from) {
            return;
        }
        boolean together = whole && !stays;
        EndCause why = EndCause.of(EndCause.Kind.NORMAL, Origin.LOCAL, "the bridged call ended");
        if (together && !expecting) {
            call.end(why);
            return;
        }
        parted(from);
        if (together) {
            owed = why;
        }
    }
}
