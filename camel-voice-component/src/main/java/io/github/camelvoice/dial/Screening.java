package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks the one who answered whether the call is wanted: plays a whisper, waits for a key, asks a route. Part of success: of several who answered, the
 * first whose screening says yes has the call, and the others go on ringing and being screened until then.
 */
@FunctionalInterface
public interface Screening {

    /** Whoever answers has the call. */
    Screening NONE = leg -> CompletableFuture.completedFuture(true);

    /**
     * Called on the mailbox of the dial as soon as the leg is answered; must return at once. False, or a failure: the leg is hung up and does not
     * get the call. If the leg ends meanwhile, or another one has the call, the stage is not looked at any more: it should then end by itself, as commands to
     * the leg fail.
     */
    CompletionStage<Boolean> screen(Call leg);
}
