package io.github.camelvoice.trace.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * JSON that can be shown on a terminal as it is: characters that steer one, or turn the direction of text, are escaped. The values are the same.
 */
public final class QuietEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final int[] ASCII = standardAsciiEscapesForJSON();

    static {
        ASCII[0x7f] = ESCAPE_STANDARD;
    }

    private QuietEscapes() {
    }

    /** A factory whose generators write such JSON. */
    public static JsonFactory factory() {
        return new JsonFactory().setCharacterEscapes(new QuietEscapes());
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
        boolean control = c >= 0x80 && c < 0xa0;
        boolean turns = c == 0x61c || c == 0x200e || c == 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return control || turns ? new SerializedString(String.format("\\u%04x", c)) : null;
    }
}
