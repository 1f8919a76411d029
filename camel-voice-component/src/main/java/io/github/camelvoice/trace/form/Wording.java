package io.github.camelvoice.trace.form;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Small things that are said in plain words. */
final class Wording {

    private Wording() {
    }

    /** {@code 320 ms}, {@code 42 s}, {@code 30 min}, {@code 1 h 2 min}; rounded. */
    static String span(Instant from, Instant to) {
        Duration span = Duration.between(from, to);
        if (span.isNegative()) {
            return "0 s";
        }
        if (span.toMillis() < 1000) {
            return span.toMillis() + " ms";
        }
        long seconds = span.plusMillis(500).toSeconds();
        if (seconds <= 120) {
            return seconds + " s";
        }
        return seconds < 3600 ? two(seconds / 60, " min", seconds % 60, " s") : two(seconds / 3600, " h", seconds / 60 % 60, " min");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }

    /** Lines of at most so many characters, broken at blanks where there are any. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = blank > 0 ? blank : Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }

    /** Text of a stranger in one line of at most so many characters. */
    static String clean(String text, int most) {
        StringBuilder clean = new StringBuilder();
        boolean blank = true;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            boolean space = Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c);
            boolean unseen = Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE;
            if (unseen || space && blank) {
                continue;
            }
            if (clean.length() >= most) {
                return clean.toString().stripTrailing() + "\u2026";
            }
            clean.appendCodePoint(space ? ' ' : c);
            blank = space;
        }
        return clean.toString().stripTrailing();
    }
}
