package io.github.camelvoice.tap.dialect;

/** What a dialect has to work with: the way to the far end, and the way into the call. Used on the tap's event loop alone. */
public interface Wire {

    /** A text message that is not audio. */
    void text(String message);

    /** Audio in a text message; {@code ascii} is valid from 0 to {@code length} during the call only. */
    void audioText(byte[] ascii, int length);

    /** Audio as it is; {@code data} is valid from 0 to {@code length} during the call only. */
    void audio(byte[] data, int length);

    /** Whether the far end may speak into the call. What it says is ignored otherwise. */
    boolean maySpeak();

    /** Sound for the call. @param encoding PCMU, PCMA or L16 (little-endian) */
    void speak(String encoding, int rate, byte[] data, int length);

    /** {@link Dialect#passed} tells of it when all that was spoken before was played, or cleared. @throws BadMessage too many wait */
    void mark(String name) throws BadMessage;

    /** Drops what was spoken and not played yet; marks are passed. */
    void clear();

    /** Digits for the far end of the call: 0-9, *, #, A-D. */
    void sendDigits(String digits);

    /** The far end ends the tap in good order. */
    void finish(String reason);
}
