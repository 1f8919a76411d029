package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.DialogInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A handle on a live call. Thread-safe; nothing here waits. */
public interface Call {

    String id();

    CallSnapshot snapshot();

    /**
     * Carries out a command on the call's mailbox. The stage ends there too, so its dependants must be quick or go elsewhere;
     * it fails with {@link CallException}.
     */
    CompletionStage<CommandResult> execute(CallCommand command);

    /**
     * Ends when the call has come that far, or is over before: then the snapshot has a {@link CallSnapshot#cause cause}.
     * Never fails. Dependants run on the mailbox.
     */
    CompletionStage<CallSnapshot> reached(Milestone milestone);

    /** Ends when the far end can be heard: with early media, or its answer; or the call is over before. Never fails. */
    CompletionStage<CallSnapshot> audible();

    /** Ends when the call is in no bridge any more, because that was taken apart or an end of it is over; at once if it is in none. Never fails. */
    CompletionStage<CallSnapshot> parted();

    /** Where a 3xx that ended an outbound call points to: SIP URIs in order of preference. Empty without one. */
    List<String> contacts();

    /** Encoding names of what the far end speaks, in its order, upper case: what was agreed first, then what its INVITE offered. Empty if unknown. */
    List<String> speaks();

    /** Whether the far end takes REFER; false only where it lists what it takes, and REFER is not there. */
    default boolean takesRefer() {
        return true;
    }

    /**
     * Tells of every key that the far end presses from now on, by RFC 4733 or by INFO, until the registration is closed or the call is over.
     * Each listener hears every key: whose key it is they agree among themselves.
     */
    Calls.Registration onDigit(DigitListener listener);

    /** The dialog of its leg, null while it has none. Any thread. */
    default DialogInfo dialog() {
        return null;
    }

    /** What its audio came to; nothing while the call lives. */
    default MediaFigures.Pair figures() {
        return MediaFigures.Pair.NONE;
    }
}
