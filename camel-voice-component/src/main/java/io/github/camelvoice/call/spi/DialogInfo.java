package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.Replaces;

/**
 * The dialog of a leg.
 *
 * @param localTag     our tag
 * @param remoteTag    tag of the far end, empty if it has none
 * @param remoteTarget URI where the far end is reached now: its Contact
 * @param takesRefer   false where the far end lists what it takes, and REFER is not there
 */
public record DialogInfo(String callId, String localTag, String remoteTag, String remoteTarget, boolean takesRefer) {

    /** What somebody must say to the far end to take our place in this dialog. */
    public Replaces forTheFarEnd() {
        return new Replaces(callId, remoteTag, localTag, false);
    }

    /** What somebody must say to us to take the far end's place. */
    public Replaces forUs() {
        return new Replaces(callId, localTag, remoteTag, false);
    }

    /** Whether this is the dialog that we are asked to give up. */
    public boolean isMeantBy(Replaces replaces) {
        return callId.equals(replaces.callId()) && localTag.equals(replaces.toTag()) && remoteTag.equals(replaces.fromTag());
    }
}
