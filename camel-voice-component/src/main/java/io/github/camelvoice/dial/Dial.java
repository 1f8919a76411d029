package io.github.camelvoice.dial;

import java.util.concurrent.CompletionStage;

/** A dial that was started. Thread-safe; nothing here waits. */
public interface Dial {

    /** For log lines. */
    String id();

    /** Connected with the winner, answered where there is no caller, or failed. Never fails itself; dependants run on the mailbox of the dial. */
    CompletionStage<DialResult> done();

    /** After {@link #done}: the bridge is taken apart or one of its ends is over; without a caller, the winner is over. At once if it failed. */
    CompletionStage<DialResult> over();

    /** Ends it: legs that ring are cancelled, the winner is hung up. A caller that stays goes on. Idempotent. */
    void cancel();
}
