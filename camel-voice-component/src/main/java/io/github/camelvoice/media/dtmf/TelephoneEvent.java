package io.github.camelvoice.media.dtmf;

import java.nio.ByteBuffer;

/** The payload of a telephone event, four bytes (RFC 4733, 2.3): event, end bit and volume, duration in timestamp units. */
public final class TelephoneEvent {

    public static final int LENGTH = 4;
    /** Timestamp units of a second for {@code telephone-event/8000}. */
    public static final int CLOCK_RATE = 8000;
    /** The longest duration that an event, or a segment of one, can tell. */
    public static final int LONGEST = 0xFFFF;
    private static final String KEYS = "0123456789*#ABCD";
    /** Power of our tones, -10 dBm0. */
    private static final int VOLUME = 10;

    private TelephoneEvent() {
    }

    /** Event code of a key, -1 if there is none. */
    public static int codeOf(char key) {
        return KEYS.indexOf(key);
    }

    /** Key of an event code, or 0 for an event that is none (flash, tones of modems). */
    public static char keyOf(int code) {
        return code < KEYS.length() ? KEYS.charAt(code) : 0;
    }

    static int code(ByteBuffer packet, int offset) {
        return packet.get(offset) & 0xFF;
    }

    static boolean end(ByteBuffer packet, int offset) {
        return packet.get(offset + 1) < 0;
    }

    static int duration(ByteBuffer packet, int offset) {
        return packet.getShort(offset + 2) & 0xFFFF;
    }

    /** Tells a duration in units of another clock: {@code packet} is one event on its way between legs with different codecs. */
    public static void rescale(ByteBuffer packet, int offset, int fromClock, int toClock) {
        packet.putShort(offset + 2, (short) Math.min(LONGEST, (long) duration(packet, offset) * toClock / fromClock));
    }

    static void write(ByteBuffer packet, int offset, int code, boolean end, int duration) {
        packet.put(offset, (byte) code);
        packet.put(offset + 1, (byte) ((end ? 0x80 : 0) | VOLUME));
        packet.putShort(offset + 2, (short) duration);
    }
}
