package io.github.camelvoice.dial;

import java.util.List;
import java.util.Objects;

/**
 * What the caller of a dial sees and hears.
 *
 * @param answerOnBridge the caller is answered when a called leg has the call; otherwise at once, if not yet answered
 * @param codecs         what the caller may be answered with; empty: the engine's. The winner's codec goes first
 * @param ringTone       country whose ringing tone is played to the caller from the first ringing on ({@code uk}), null for none: then an undecided
 *                       caller gets 180, and an answered one silence
 * @param earlyMedia     what the called side says before it answers is passed on to the caller, if there is exactly one target; before the ring tone
 * @param stays          an answered caller is not hung up with the called leg: it goes on when the dial is over
 * @param hangupOnStar   the caller ends the bridge by pressing the asterisk
 */
public record CallerSide(boolean answerOnBridge, List<String> codecs, String ringTone, boolean earlyMedia, boolean stays, boolean hangupOnStar) {

    /** Answered when the called side is, told 180, hung up with the called leg. */
    public static final CallerSide DEFAULT = new CallerSide(true, List.of(), null, false, false, false);

    public CallerSide {
        codecs = List.copyOf(Objects.requireNonNull(codecs, "codecs"));
    }
}
