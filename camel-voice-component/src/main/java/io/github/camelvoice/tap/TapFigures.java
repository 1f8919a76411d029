package io.github.camelvoice.tap;

/**
 * Counts of a tap.
 *
 * @param frames        sent to the sink
 * @param bytes         of audio in them
 * @param dropped       frames that a slow sink did not get
 * @param filled        frames of silence in place of packets that did not come
 * @param reconnects    times that the sink was lost and found again
 * @param spokenMillis  audio that the far end spoke into the call
 * @param spokenDropped milliseconds of it for which there was no room
 * @param inboundLevel  of the last 100 ms in dBFS, -127 for silence
 * @param outboundLevel the same for what the far end hears
 */
public record TapFigures(long frames, long bytes, long dropped, long filled, int reconnects, long spokenMillis, long spokenDropped,
                         int inboundLevel, int outboundLevel) {

    public static final TapFigures NONE = new TapFigures(0, 0, 0, 0, 0, 0, 0, -127, -127);
}
