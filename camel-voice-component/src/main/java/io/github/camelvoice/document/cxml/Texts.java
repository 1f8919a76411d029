package io.github.camelvoice.document.cxml;

import io.github.camelvoice.document.Sound;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.document.source.Findings;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** From texts to values. Each throws {@link IllegalArgumentException} that says what the text must be. */
final class Texts {

    private Texts() {
    }

    static boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false: " + Findings.shown(text));
        };
    }

    static int whole(String text, int min, int max) {
        String trimmed = text.strip();
        String range = "must be " + (max == Integer.MAX_VALUE ? "a whole number from " + min : min + " to " + max);
        if (!trimmed.matches("-?[0-9]{1,9}")) {
            throw new IllegalArgumentException(range + ": " + Findings.shown(text));
        }
        int value = Integer.parseInt(trimmed);
        if (value < min || value > max) {
            throw new IllegalArgumentException(range + ": " + value);
        }
        return value;
    }

    static String method(String text, String... methods) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        if (!List.of(methods).contains(upper)) {
            throw new IllegalArgumentException("must be " + String.join(" or ", methods) + ": " + Findings.shown(text));
        }
        return upper;
    }

    /** One of the words, in any letters. */
    static <T> T word(String text, Map<String, T> words) {
        T value = words.get(text.strip().toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", words.keySet()) + ": " + Findings.shown(text));
        }
        return value;
    }

    /** Words between blanks, or commas. */
    static <T> Set<T> words(String text, Map<String, T> words) {
        Set<T> values = new LinkedHashSet<>();
        for (String word : text.strip().split("[\\s,]+")) {
            values.add(word(word, words));
        }
        return values;
    }

    static List<String> codecs(String text) {
        List<String> known = List.of("PCMU", "PCMA", "G722", "G729", "OPUS");
        List<String> names = Arrays.stream(text.split(",", -1)).map(name -> name.strip().toUpperCase(Locale.ROOT)).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("must be some of " + String.join(", ", known) + " between commas: " + Findings.shown(text));
            }
        }
        return names.stream().distinct().toList();
    }

    static String callerId(String text) {
        if (!text.matches("[A-Za-z0-9+_.,-]{1,128}")) {
            throw new IllegalArgumentException("must be letters, digits and + - _ . , without white space: " + Findings.shown(text));
        }
        return text;
    }

    static String callerName(String text) {
        if (!text.matches("[\\p{L}\\p{N} .,'&()_+-]{1,70}")) {
            throw new IllegalArgumentException("must be 1 to 70 letters, digits and blanks: " + Findings.shown(text));
        }
        return text;
    }

    static String country(String text) {
        String country = text.strip().toLowerCase(Locale.ROOT);
        if (!Sound.Ring.COUNTRIES.contains(country)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", Sound.Ring.COUNTRIES) + ": " + Findings.shown(text));
        }
        return country;
    }

    /** Keys that end an input; empty for none. */
    static String keys(String text) {
        if (!text.matches("[0-9*#A-D]{0,16}")) {
            throw new IllegalArgumentException("must be keys, 0-9 * #, or empty: " + Findings.shown(text));
        }
        return text;
    }

    static String digits(String text) {
        if (!text.matches("[0-9*#A-DwW]{1,64}")) {
            throw new IllegalArgumentException("must be 1 to 64 of 0-9 * # A-D and w or W for a pause: " + Findings.shown(text));
        }
        return text;
    }

    /**
     * An absolute http(s) URL.
     *
     * @param base what relative ones are relative to; null where there is none
     */
    static String url(URI base, String text) {
        String trimmed = text.strip();
        if (trimmed.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            return Urls.http(trimmed).toString();
        }
        if (base == null) {
            throw new IllegalArgumentException("must be an http or https URL: this document has none of its own for a relative one");
        }
        return Urls.http(resolved(base, trimmed)).toString();
    }

    /** RFC 3986, section 5.3; {@link URI#resolve} knows its predecessor. */
    private static String resolved(URI base, String reference) {
        if (reference.isEmpty()) {
            return base.toString();
        }
        String root = base.getScheme() + "://" + base.getRawAuthority();
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        try {
            if (reference.startsWith("#")) {
                return root + path + (base.getRawQuery() == null ? "" : "?" + base.getRawQuery()) + reference;
            }
            if (reference.startsWith("?")) {
                return root + path + reference;
            }
            return URI.create(root + (path.isEmpty() ? "/" : path)).resolve(reference).toString();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("must be an http or https URL, or relative to the document's: " + Findings.shown(reference));
        }
    }

    /** A WebSocket. */
    static String socket(String text) {
        return Urls.parse(text, Set.of("ws", "wss"), "a ws or wss URL").toString();
    }

    /** Of the web, relative to the document, or by the name that the operator gave it. */
    static Sound sound(URI base, String text) {
        String trimmed = text.strip();
        if (Sound.Named.fits(trimmed)) {
            return new Sound.Named(trimmed);
        }
        if (trimmed.matches("(?i)https?:.*") || trimmed.matches("[./?].*")) {
            return new Sound.Web(URI.create(url(base, trimmed)));
        }
        throw new IllegalArgumentException("must be an http or https URL, prompt:NAME or FOLDER/FILE: " + Findings.shown(text));
    }
}
