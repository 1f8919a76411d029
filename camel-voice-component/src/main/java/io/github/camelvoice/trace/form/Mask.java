package io.github.camelvoice.trace.form;

/** The bytes of a message of which some are to be hidden. Copies them when the first is. */
final class Mask {

    private static final byte HIDDEN = '*';

    private final byte[] data;
    private byte[] masked;

    Mask(byte[] data) {
        this.data = data;
        this.masked = data;
    }

    /** Hides what stands there, except blanks and line ends. */
    void hide(int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = data[i];
            if (b != HIDDEN && !Octets.isBlank(b) && !Octets.isLineEnd(b)) {
                if (masked == data) {
                    masked = data.clone();
                }
                masked[i] = HIDDEN;
            }
        }
    }

    /** The same array if there was nothing to hide. */
    byte[] result() {
        return masked;
    }
}
