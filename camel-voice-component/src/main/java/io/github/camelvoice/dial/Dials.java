package io.github.camelvoice.dial;

/** Starts dials. Thread-safe. */
public interface Dials {

    /**
     * Begins to call the targets and returns at once.
     *
     * @throws IllegalArgumentException if the plan's ring tone is not known
     */
    Dial start(DialPlan plan, DialListener listener);
}
