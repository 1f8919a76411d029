package io.github.camelvoice.notifier.spi;

/** The dialog of a subscription of somebody to us. To be used on its mailbox. */
public interface WatcherDialog {

    /**
     * Sends a NOTIFY; one at a time. The outcome is told on the mailbox.
     *
     * @param state       value of Subscription-State: {@code active;expires=60}
     * @param contentType with its parameters, null without a body
     */
    void tell(String state, String contentType, byte[] body, Outcome outcome);

    /** Forgets the dialog: whatever comes in it is answered with 481. Idempotent, any thread. */
    void close();

    /** What became of a NOTIFY; exactly one of the two is called, once. */
    interface Outcome {

        /** @param retryAfter seconds of a Retry-After, -1 without */
        void answered(int code, int retryAfter);

        /** @param why fit for people */
        void unanswered(String why);
    }
}
