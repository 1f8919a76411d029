package io.github.camelvoice.callback;

import java.time.Instant;

/**
 * One try to deliver a callback.
 *
 * @param number  which one, from 1, over all times that it was replayed
 * @param at      when it began
 * @param millis  how long it took
 * @param failure why it failed, null if it did not; at most {@value #MOST_FAILURE} characters
 */
public record Attempt(int number, Instant at, long millis, String failure) {

    /** Most characters of a failure. */
    public static final int MOST_FAILURE = 500;

    public Attempt {
        failure = cut(failure);
    }

    /** The first so many characters of the text, on one line. */
    static String cut(String text) {
        if (text == null) {
            return null;
        }
        String line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return line.length() <= MOST_FAILURE ? line : line.substring(0, MOST_FAILURE);
    }
}
