package io.github.camelvoice.callback;

import java.time.Duration;

/** What came of one attempt. */
public sealed interface Outcome {

    /** The receiver has it. */
    record Delivered() implements Outcome {
    }

    /**
     * It may work later.
     *
     * @param retryAfter what the receiver asked for, null for nothing
     */
    record Failed(String why, Duration retryAfter) implements Outcome {
    }

    /** It will never work. */
    record Refused(String why) implements Outcome {
    }

    /** It was not tried at all. */
    record Returned() implements Outcome {
    }
}
