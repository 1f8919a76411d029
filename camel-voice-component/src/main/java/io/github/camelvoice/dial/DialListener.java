package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;

/**
 * Told what a dial does, in order, on its mailbox: must return at once. {@code index} is that of the target in the plan, from 0; a target that is
 * redirected has several legs.
 */
public interface DialListener {

    /** For those who look at the result alone. */
    DialListener NONE = new DialListener() { };

    /** The target is being called by this leg. */
    default void placed(int index, Call leg) {
    }

    /** The target could not be called: malformed, no port, no new calls. */
    default void refused(int index, CallException why) {
    }

    default void ringing(int index, Call leg) {
    }

    /** The leg did not take the call, and another one is placed for a contact that a 3xx named. */
    default void redirected(int index, Call leg, String contact) {
    }

    /** The leg is answered; its screening begins. */
    default void answered(int index, Call leg) {
    }

    /** The screening said yes or no, or took too long. */
    default void screened(int index, Call leg, boolean accepted) {
    }

    /** The leg has the call: it will be connected with the caller, if there is one. */
    default void won(int index, Call leg) {
    }

    /** The leg does not have the call, and is over. */
    default void lost(int index, CallSnapshot leg) {
    }
}
