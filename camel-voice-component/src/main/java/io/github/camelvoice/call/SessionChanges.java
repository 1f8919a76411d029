package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.SignallingLeg;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Offers and answers after the first ones: hold and resume from both sides. One of our offers is under way at a time
 * (RFC 3264, section 4). Belongs to the call's mailbox.
 */
final class SessionChanges {

    private final CallJournal journal;
    private final CallAudio audio;
    private final Supplier<CallSnapshot> snapshot;
    private boolean held;
    private boolean heldByRemote;
    /** What our offer under way asks for, and who waits for it; null if there is none. */
    private Change pending;
    /** We offered in a 200 to an offerless re-INVITE: the answer comes in the ACK. */
    private boolean answerDueInAck;

    private record Change(boolean hold, CompletableFuture<CommandResult> done) {
    }

    SessionChanges(CallJournal journal, CallAudio audio, Supplier<CallSnapshot> snapshot) {
        this.journal = journal;
        this.audio = audio;
        this.snapshot = snapshot;
    }

    boolean held() {
        return held;
    }

    void hold(boolean hold, SignallingLeg leg, CompletableFuture<CommandResult> done) throws CallException {
        if (pending != null || answerDueInAck) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "another change of the session is under way");
        }
        if (held == hold) {
            done.complete(CommandResult.of(snapshot.get()));
            return;
        }
        pending = new Change(hold, done);
        audio.leg().hold(hold);
        leg.modify(audio.leg().offer(), false);
    }

    void answered(String sdp) {
        if (pending == null || audio.leg() == null) {
            return;
        }
        Change change = pending;
        pending = null;
        try {
            audio.leg().accept(sdp);
        } catch (MediaException failure) {
            audio.leg().hold(held);
            change.done().completeExceptionally(audio.mediaFailure(failure));
            return;
        }
        held = change.hold();
        journal.tell(head -> held ? new VoiceEvent.Held(head, EndCause.Origin.LOCAL) : new VoiceEvent.Resumed(head, EndCause.Origin.LOCAL));
        change.done().complete(CommandResult.of(snapshot.get()));
    }

    void refused(int code, String phrase) {
        if (pending == null) {
            return;
        }
        Change change = pending;
        pending = null;
        if (audio.leg() != null) {
            audio.leg().rollback();
            audio.leg().hold(held);
        }
        change.done().completeExceptionally(new CallException(CallException.Kind.REFUSED, journal.callId(),
                "the far end refused the " + (change.hold() ? "hold" : "resume") + ": " + code + " " + phrase));
    }

    /** The far end offers, or asks us to ({@code sdp} null). */
    void offered(String sdp, SignallingLeg leg) {
        MediaLeg media = audio.leg();
        if (media == null || pending != null) {
            leg.refuseOffer(491, "Request Pending");
            return;
        }
        if (sdp == null) {
            answerDueInAck = true;
            leg.answerOffer(media.offer());
            return;
        }
        try {
            leg.answerOffer(media.answer(sdp));
        } catch (MediaException failure) {
            leg.refuseOffer(failure.kind().sipCode(), "Not Acceptable Here");
            return;
        }
        noticeRemoteHold();
    }

    /** @return false if the answer in the ACK cannot be used: the session is then undefined and the call must end */
    boolean acked(String sdp) {
        if (!answerDueInAck) {
            return true;
        }
        answerDueInAck = false;
        try {
            if (sdp == null) {
                audio.leg().rollback();
                return false;
            }
            audio.leg().accept(sdp);
        } catch (MediaException failure) {
            return false;
        }
        noticeRemoteHold();
        return true;
    }

    private void noticeRemoteHold() {
        boolean now = audio.info() != null && audio.info().heldByRemote();
        if (now != heldByRemote) {
            heldByRemote = now;
            journal.tell(head -> now ? new VoiceEvent.Held(head, EndCause.Origin.REMOTE) : new VoiceEvent.Resumed(head, EndCause.Origin.REMOTE));
        }
    }

    /** The call is over: nobody will answer our offer. */
    void abandon() {
        if (pending != null) {
            pending.done().completeExceptionally(
                    new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "the call ended meanwhile"));
            pending = null;
        }
        answerDueInAck = false;
    }
}
