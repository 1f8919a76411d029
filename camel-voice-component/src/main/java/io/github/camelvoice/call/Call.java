package io.github.camelvoice.call;

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
}
