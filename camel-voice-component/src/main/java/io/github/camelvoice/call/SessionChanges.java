package io.github.camelvoice.call;

import io.github.camelvoice.call.SessionMachine.Action;
import io.github.camelvoice.call.SessionMachine.State;
import io.github.camelvoice.call.SessionMachine.Trigger;
import io.github.camelvoice.call.spi.MediaException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers and answers after the first ones. What the far end is to be told follows from two wishes: that of whoever commands the call (hold), and that of
 * the other call of a bridge (it holds; it changed its codec). Whenever nothing is under way, what was told last is compared with the wishes, and the
 * difference is offered; what was refused is not offered again until a wish changes. {@link SessionMachine} is the table. Belongs to the call's mailbox.
 */
final class SessionChanges {

    private static final Logger LOG = LoggerFactory.getLogger(SessionChanges.class);

    private final LiveCall call;
    private final CallJournal journal;
    private final CallAudio audio;
    private State state = State.STEADY;
    private boolean wished;
    private boolean peerHolds;
    private String peerCodec;
    /** Whether the far end is held by us, as agreed last. */
    private boolean held;
    /** What our offer under way says. */
    private boolean offered;
    /** The present wish was refused. */
    private boolean refused;
    private boolean heldByRemote;
    private Asked asked;

    /** A command that waits until the far end agrees. */
    private record Asked(boolean hold, CompletableFuture<CommandResult> done) {
    }

    SessionChanges(LiveCall call, CallJournal journal, CallAudio audio) {
        this.call = call;
        this.journal = journal;
        this.audio = audio;
    }

    /** Whether the far end is held by us, for our own sake or for that of the other call of a bridge. */
    boolean held() {
        return held;
    }

    /** Whether the far end holds us. */
    boolean heldByRemote() {
        return heldByRemote;
    }

    private boolean wish() {
        return wished || peerHolds;
    }

    // ---- wishes

    void hold(boolean hold, CompletableFuture<CommandResult> done) throws CallException {
        if (asked != null) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "another change of the session is under way");
        }
        asked = new Asked(hold, done);
        wished = hold;
        refused = false;
        settle();
    }

    /** The far end of the other call of a bridge holds, or does no more. */
    void peerHolds(boolean holds) {
        if (peerHolds != holds) {
            peerHolds = holds;
            refused = false;
            settle();
        }
    }

    /** The other call of a bridge uses this codec now: with the same one here nothing needs to be transcoded. Asked for once. */
    void peerUses(String codec) {
        peerCodec = codec;
        settle();
    }

    /** Offers what is wanted and was not told. To be called too when the first offer and answer are through: before that there is nothing to change. */
    void settle() {
        if (state != State.STEADY || !call.state().isAnswered() || audio.leg() == null || audio.info() == null) {
            return;
        }
        boolean another = peerCodec != null && audio.leg().prefer(peerCodec);
        peerCodec = null;
        if (wish() != held && !refused || another) {
            fire(Trigger.CHANGE, null);
        } else if (asked != null) {
            Asked through = asked;
            asked = null;
            through.done().complete(CommandResult.of(call.current()));
        }
    }

    // ---- what comes

    void answered(String sdp) {
        fire(Trigger.ANSWERED, sdp);
    }

    void refused(int code, String phrase) {
        if (state != State.OFFERED) {
            return;
        }
        fire(Trigger.REFUSED, null);
        giveUp(code + " " + phrase);
    }

    /** The far end offers, or asks us to ({@code sdp} null). */
    void offered(String sdp) {
        if (audio.leg() == null) {
            call.leg().refuseOffer(491, "Request Pending");
            return;
        }
        // Ours may wait for its turn: after a 491, or for an ACK. Theirs is here, and ours follows.
        if (state == State.OFFERED && call.leg().withdraw()) {
            fire(Trigger.WITHDRAWN, null);
        }
        fire(sdp == null ? Trigger.ASKED : Trigger.OFFER, sdp);
        settle();
    }

    /** @return false if the answer in the ACK cannot be used: the session is then undefined and the call must end */
    boolean acked(String sdp) {
        if (state != State.OFFERED_LATE) {
            return true;
        }
        fire(Trigger.ACKED, sdp);
        boolean usable = lateAnswerUsable;
        settle();
        return usable;
    }

    /** The call is over: nobody will answer our offer. */
    void abandon() {
        fire(Trigger.END, null);
    }

    // ---- what is done

    private boolean lateAnswerUsable;

    private void fire(Trigger trigger, String sdp) {
        SessionMachine.Transition transition = SessionMachine.on(state, trigger);
        state = transition.next();
        act(transition.action(), sdp);
    }

    private void act(Action action, String sdp) {
        switch (action) {
            case NONE -> { }
            case OFFER -> {
                offered = wish();
                audio.leg().hold(offered);
                call.leg().modify(audio.leg().offer(), false);
            }
            case TAKE_ANSWER -> takeAnswer(sdp);
            case ROLL_BACK -> {
                audio.leg().rollback();
                audio.leg().hold(held);
            }
            case ANSWER -> answer(sdp);
            case OFFER_IN_200 -> {
                offered = wish();
                audio.leg().hold(offered);
                call.leg().answerOffer(audio.leg().offer());
            }
            case TAKE_LATE_ANSWER -> lateAnswerUsable = takeLateAnswer(sdp);
            case REFUSE -> call.leg().refuseOffer(491, "Request Pending");
            case RELEASE -> release();
        }
    }

    private void takeAnswer(String sdp) {
        try {
            audio.leg().accept(sdp);
        } catch (MediaException unusable) {
            audio.leg().hold(held);
            giveUp(unusable.getMessage());
            return;
        }
        nowHeld(offered);
        settle();
    }

    private void answer(String sdp) {
        String codec = codec();
        boolean hold = wish();
        audio.leg().hold(hold);
        try {
            call.leg().answerOffer(audio.leg().answer(sdp));
        } catch (MediaException failure) {
            audio.leg().hold(held);
            call.leg().refuseOffer(failure.kind().sipCode(), "Not Acceptable Here");
            return;
        }
        nowHeld(hold);
        theirsAgreed(codec);
    }

    private boolean takeLateAnswer(String sdp) {
        String codec = codec();
        try {
            if (sdp == null) {
                audio.leg().rollback();
                return false;
            }
            audio.leg().accept(sdp);
        } catch (MediaException failure) {
            return false;
        }
        nowHeld(offered);
        theirsAgreed(codec);
        return true;
    }

    private String codec() {
        return audio.info() == null ? null : audio.info().codec();
    }

    private void nowHeld(boolean hold) {
        if (held != hold) {
            held = hold;
            journal.tell(head -> hold ? new VoiceEvent.Held(head, EndCause.Origin.LOCAL) : new VoiceEvent.Resumed(head, EndCause.Origin.LOCAL));
        }
    }

    /** A change that the far end wanted is through: the other call of a bridge is to hear of it. */
    private void theirsAgreed(String codecBefore) {
        boolean now = audio.info() != null && audio.info().heldByRemote();
        if (now != heldByRemote) {
            heldByRemote = now;
            journal.tell(head -> now ? new VoiceEvent.Held(head, EndCause.Origin.REMOTE) : new VoiceEvent.Resumed(head, EndCause.Origin.REMOTE));
            call.bridging().farEndHolds(now);
        }
        String codec = codec();
        if (codecBefore != null && !codecBefore.equals(codec)) {
            call.bridging().farEndUses(codec);
        }
    }

    /** The far end did not take what we offered. A command fails; what was carried over from the other call does without. */
    private void giveUp(String why) {
        refused = true;
        if (asked == null) {
            LOG.info("[{}] the far end did not take a change of its session: {}", journal.callId(), why);
            return;
        }
        Asked failed = asked;
        asked = null;
        wished = !failed.hold();
        failed.done().completeExceptionally(new CallException(CallException.Kind.REFUSED, journal.callId(),
                "the far end refused the " + (failed.hold() ? "hold" : "resume") + ": " + why));
    }

    private void release() {
        if (asked != null) {
            asked.done().completeExceptionally(
                    new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "the call ended meanwhile"));
            asked = null;
        }
    }
}
