package io.github.camelvoice.speech;

/** A first look at what is said to be a WAV file. */
public final class Wavs {

    private static final int HEADER = 44;

    private Wavs() {
    }

    /** Whether it begins like one and is long enough to be one. */
    public static boolean isWav(byte[] bytes) {
        return bytes.length >= HEADER && is(bytes, 0, "RIFF") && is(bytes, 8, "WAVE");
    }

    private static boolean is(byte[] bytes, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
