package io.github.camelvoice.tap;

/**
 * What a tap's far end says into the call: a bounded buffer of sound that the call's own clock plays. Used on the tap's event loop alone; the
 * playing side is elsewhere.
 */
public interface Speech {

    /**
     * Appends sound.
     *
     * @param encoding PCMU, PCMA or L16 (little-endian)
     * @param rate     8000, 16000 or 24000
     * @return milliseconds that found no room and were dropped, 0 as a rule
     */
    int write(String encoding, int rate, byte[] data, int offset, int length);

    /** A mark behind all that was written so far: {@link #passed} tells of it once that was played, or cleared. At most 1,000 wait. */
    void mark(String name);

    /** Drops what was not played yet, at once; its marks are passed. */
    void clear();

    /** The next mark that was passed, or null. Asked in each turn. */
    Passed passed();

    /** Milliseconds that wait to be played. */
    int waitingMillis();

    /** @param cleared it was dropped rather than played */
    record Passed(String name, boolean cleared) {
    }
}
