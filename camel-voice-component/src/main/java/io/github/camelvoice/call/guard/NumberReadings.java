package io.github.camelvoice.call.guard;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** The ways in which a switch may read what was dialled. */
final class NumberReadings {

    /** From so many digits on, a number without any prefix may be an international one. */
    private static final int LONG_NUMBER = 11;

    private NumberReadings() {
    }

    /** Lower case, digits of all scripts as 0 to 9, compatible forms of a character as that character. */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).codePoints()
            .filter(c -> Character.getType(c) != Character.FORMAT)
            .forEach(c -> folded.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
        return folded.toString();
    }

    /** Without these characters, and without any kind of space. */
    static String strip(String text, String characters) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().filter(c -> characters.indexOf(c) < 0 && !Character.isSpaceChar(c)).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    static void add(Set<String> readings, String dialled) {
        international(readings, dialled);
        int at = dialled.indexOf('@');
        if (at >= 0) {
            international(readings, dialled.substring(0, at));
        }
        // Codes of a service before the number: *31#, #31#, *67.
        String number = dialled.replaceFirst("^(?:[*#]{1,2}[0-9]{1,3}[*#])+", "").replaceFirst("^\\*[0-9]{2}", "");
        if (number.length() < dialled.length()) {
            international(readings, number);
        }
    }

    /** With a plus, with 00 (most of the world), with 011 (North America), and as it is. */
    private static void international(Set<String> readings, String dialled) {
        readings.add(dialled);
        String rest = dialled.startsWith("+") ? dialled.substring(1) : dialled.startsWith("00") ? dialled.substring(2)
                : dialled.startsWith("011") ? dialled.substring(3) : dialled.length() >= LONG_NUMBER ? dialled : "";
        if (!rest.isEmpty() && rest.charAt(0) >= '0' && rest.charAt(0) <= '9') {
            readings.add("+" + rest);
            readings.add("00" + rest);
            readings.add("011" + rest);
        }
    }
}
