package io.github.camelvoice.tap.dialect;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;

/**
 * One media dialect for one tap. It outlives connections: after a reconnection {@link #opened} is called again, and numbers and ids go on.
 * Confined to the tap's event loop, but for
 * {@link #shape} and {@link #subProtocol}, which never change, and {@link #check}.
 */
public abstract class Dialect {

    /** The frames that it wants. */
    public abstract AudioShape shape();

    /**
     * Whether it can carry this direction. Asked on any thread.
     *
     * @throws IllegalArgumentException in words for the caller
     */
    public void check(TapDirection direction) {
        // most carry all of them
    }

    /** What is asked for as {@code Sec-WebSocket-Protocol}; null for nothing. */
    public String subProtocol() {
        return null;
    }

    /** Connected, the first time or again: the first messages. */
    public abstract void opened(Wire wire);

    /**
     * One frame of audio.
     *
     * @param frame        valid from 0 to {@code length} during the call only
     * @param offsetMillis of its begin from the start of the tap
     * @param afterGap     frames of this track before it are missing
     */
    public abstract void frame(Wire wire, Track track, byte[] frame, int length, long offsetMillis, boolean afterGap);

    /** The far end of the call pressed a key. */
    public abstract void digit(Wire wire, char digit, int durationMillis);

    /** A mark was passed. @param cleared it was dropped rather than played */
    public abstract void passed(Wire wire, String mark, boolean cleared);

    /** A text message came. What is valid JSON and not known is ignored: dialects grow. */
    public abstract void text(Wire wire, String message) throws BadMessage;

    /** A binary message came. */
    public abstract void binary(Wire wire, byte[] message) throws BadMessage;

    /** The tap ends here; the connection is closed after this. */
    public abstract void closing(Wire wire, String reason);
}
