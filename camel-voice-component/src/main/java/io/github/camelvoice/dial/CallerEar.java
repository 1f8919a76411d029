package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.MediaInfo;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The caller's side of a dial: what it sees and hears, and how it is connected. Belongs to the dial's mailbox. */
final class CallerEar {

    private final Call caller;
    private final CallerSide side;
    private final Calls calls;
    private final List<String> codecs;
    private final PlaySource tone;
    private boolean rang;
    private boolean toning;

    /**
     * @param caller null for nobody
     * @param tone   null for none
     */
    CallerEar(Call caller, CallerSide side, PlaySource tone, DialServices services) {
        this.calls = services.calls();
        this.caller = caller;
        this.side = side;
        this.tone = tone;
        this.codecs = side.codecs().isEmpty() ? services.codecs() : side.codecs();
    }

    /** Done when the targets may be called. A caller that cannot be answered is over by then, and tells so itself. */
    CompletionStage<?> begin() {
        if (caller == null || side.answerOnBridge() || !undecided()) {
            return CompletableFuture.completedFuture(null);
        }
        return caller.execute(new CallCommand.Answer(codecs, SipHeaders.none())).exceptionally(gone -> null);
    }

    private boolean undecided() {
        return caller.snapshot().state().isUndecided();
    }

    /** A target rings: the caller is told once. */
    void rang() {
        if (caller == null || rang) {
            return;
        }
        rang = true;
        if (!undecided()) {
            play(CompletableFuture.completedFuture(null));
        } else if (tone != null) {
            play(caller.execute(new CallCommand.Ring(183, true, false, codecs, SipHeaders.none())));
        } else if (caller.snapshot().state() == CallState.OFFERED) {
            caller.execute(new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none()));
        }
    }

    private void play(CompletionStage<?> audible) {
        if (tone != null) {
            toning = true;
            audible.thenRun(() -> caller.execute(new CallCommand.Play(tone)));
        }
    }

    /**
     * Only where the caller is undecided and there is one target: and nobody to be screened, who would hear the caller as soon as it answers.
     */
    boolean hearsEarlyMedia(DialPlan plan) {
        return caller != null && side.earlyMedia() && plan.targets().size() == 1
                && plan.targets().get(0).screening() == Screening.NONE && undecided();
    }

    /** The leg can be heard before it answers: so the caller hears it rather than our own ringing. */
    void passOn(Call leg) {
        if (!undecided()) {
            return;
        }
        rang = true;
        quiet();
        caller.execute(new CallCommand.Ring(183, true, false, preferring(leg), SipHeaders.none()))
                .thenCompose(audible -> caller.execute(new CallCommand.Bridge(leg.id(), side.stays())));
    }

    /** Nobody took the call: whatever the caller hears next, it is not ringing. */
    void quiet() {
        if (toning) {
            toning = false;
            caller.execute(new CallCommand.StopPlay());
        }
    }

    /** Answers the caller, if that is still due, and bridges it with the winner. */
    CompletionStage<?> connect(Call winner) {
        quiet();
        CallCommand bridge = new CallCommand.Bridge(winner.id(), side.stays());
        if (!undecided()) {
            return caller.execute(bridge);
        }
        return caller.execute(new CallCommand.Answer(preferring(winner), SipHeaders.none())).thenCompose(answered -> caller.execute(bridge));
    }

    /** The winner's codec, where the caller speaks it, so that nothing needs transcoding. */
    private List<String> preferring(Call winner) {
        MediaInfo agreed = winner.snapshot().media();
        return agreed == null ? codecs : calls.codecsToAnswer(caller, agreed.codec(), codecs);
    }

    /** In which order a target is offered its codecs. */
    List<String> offered(DialTarget target) {
        List<String> listed = target.call().codecs();
        if (caller == null || target.codecs() == CodecOrder.AS_GIVEN) {
            return listed;
        }
        List<String> common = calls.codecsToOffer(caller, listed);
        return common.isEmpty() ? listed : common;
    }
}
