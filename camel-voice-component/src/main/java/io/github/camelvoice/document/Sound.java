package io.github.camelvoice.document;

import java.net.URI;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Something that can be played. */
public sealed interface Sound {

    /** As it is named in events and log lines; without credentials. */
    String label();

    /** A file fetched by HTTP. */
    record Web(URI url) implements Sound {
        @Override
        public String label() {
            return Urls.label(url);
        }
    }

    /** A file that whoever runs the engine has under this name; what names there are is up to them. */
    record Named(String name) implements Sound {

        private static final Pattern NAME = Pattern.compile(
                "prompt:[a-z0-9-]{1,64}|[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}){1,8}");

        /** Whether a text is such a name: {@code prompt:NAME} or {@code FOLDER/FILE}. */
        public static boolean fits(String text) {
            return NAME.matcher(text).matches();
        }

        @Override
        public String label() {
            return name;
        }
    }

    /**
     * Text to be spoken.
     *
     * @param text     plain text; markup is none
     * @param language a tag like {@code en-US}; null for that of the voice, or the default
     * @param voice    name of a voice as applications write it, {@code man}, {@code Polly.Joanna}; null for the default
     */
    record Speech(String text, String language, String voice) implements Sound {
        @Override
        public String label() {
            return "speech of " + text.length() + " characters";
        }
    }

    /** A tone, after which one speaks. */
    record Beep() implements Sound {
        @Override
        public String label() {
            return "beep";
        }
    }

    /** {@code millis}: 1 or more. */
    record Silence(int millis) implements Sound {
        @Override
        public String label() {
            return "silence:" + millis / 1000.0;
        }
    }

    /** The ringing tone of a country; {@code millis} 0: once through its cadence. */
    record Ring(String country, int millis) implements Sound {

        /** The countries, in lower case. */
        public static final Set<String> COUNTRIES = Collections.unmodifiableSet(new TreeSet<>(Set.of("at", "au", "bg", "br", "be", "ch", "cl",
                "cn", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hu", "il", "in", "it", "lt", "jp", "mx", "my", "nl", "no", "nz", "ph",
                "pl", "pt", "ru", "se", "sg", "th", "uk", "us", "us-old", "tw", "ve", "za")));

        @Override
        public String label() {
            return millis == 0 ? "ring:" + country : "ring:" + millis / 1000.0 + ":" + country;
        }
    }
}
