package io.github.camelvoice.tap.dialect;

/** A stream of samples of two bytes that is cut anywhere: half a sample at the end of a message waits for the next one. */
final class OddBytes {

    private boolean waits;
    private byte waiting;

    void reset() {
        waits = false;
    }

    void speak(Wire wire, int rate, byte[] message) {
        byte[] data = message;
        if (waits) {
            data = new byte[message.length + 1];
            data[0] = waiting;
            System.arraycopy(message, 0, data, 1, message.length);
        }
        waits = (data.length & 1) == 1;
        if (waits) {
            waiting = data[data.length - 1];
        }
        if (data.length > 1) {
            wire.speak("L16", rate, data, data.length & ~1);
        }
    }
}
