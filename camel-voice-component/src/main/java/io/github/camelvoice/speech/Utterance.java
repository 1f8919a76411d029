package io.github.camelvoice.speech;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is to be said, and how. Plain text: markup is taken out and its content stays, control characters and brackets that engines take for
 * phonemes become blanks.
 *
 * @param text     1 to {@value #MOST_CHARACTERS} characters
 * @param language a language tag, {@code en-US}
 * @param gender   of the voice; null for any
 * @param voice    the name as it was given, for engines that know it; null for none
 */
public record Utterance(String text, String language, Gender gender, String voice) {

    /** Most characters of one text. */
    public static final int MOST_CHARACTERS = 4_096;
    static final String DEFAULT_LANGUAGE = "en-US";
    private static final Pattern MARKUP = Pattern.compile("<!--.*?-->|</?[A-Za-z!?][^<>]*>", Pattern.DOTALL);
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._+:-]{1,100}");

    /** Of a voice. */
    public enum Gender {
        FEMALE, MALE
    }

    /**
     * @param text     plain, or with markup that is not spoken
     * @param language a tag; null for that of the voice, or en-US
     * @param voice    {@code man}, {@code woman}, {@code alice}, {@code Polly.NAME}, a name with a language in it ({@code Google.de-DE-Wavenet-B}),
     *                 or any other; null for any
     * @throws SpeechException what is wrong with text, language or voice
     */
    public static Utterance of(String text, String language, String voice) throws SpeechException {
        if (text.length() > MOST_CHARACTERS) {
            throw new SpeechException("a text to be spoken has at most " + MOST_CHARACTERS + " characters, not " + text.length());
        }
        String plain = plain(text);
        if (plain.isEmpty()) {
            throw new SpeechException("there is nothing to be spoken");
        }
        if (voice != null && !NAME.matcher(voice).matches()) {
            throw new SpeechException("a voice is named by letters, digits, blanks, dots and hyphens, 100 at most");
        }
        Voices.Voice known = Voices.of(voice);
        String tag = language != null ? language : known.language() != null ? known.language() : DEFAULT_LANGUAGE;
        if (!LANGUAGE.matcher(tag).matches()) {
            throw new SpeechException("a language is a tag like en-US");
        }
        return new Utterance(plain, tag.replace('_', '-'), known.gender(), voice);
    }

    private static String plain(String text) {
        String without = MARKUP.matcher(text).replaceAll(" ");
        String legible = without.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}&&[^\\x{1F000}-\\x{1FAFF}]]", " ")
                .replace("[[", " ").replace("]]", " ");
        return legible.replaceAll("\\s+", " ").strip();
    }

    /** The tag in lower case. */
    String tag() {
        return language.toLowerCase(Locale.ROOT);
    }

    /** Without the text: it may be private. */
    @Override
    public String toString() {
        return "Utterance[" + text.length() + " characters, " + language + "]";
    }
}
