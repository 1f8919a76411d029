package io.github.camelvoice.speech;

import io.github.camelvoice.speech.Utterance.Gender;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of voices say, as applications of others write them: who speaks, and which language. */
final class Voices {

    /** {@code Google.en-GB-Neural2-A}, {@code gcloud.de-DE-Wavenet-B} */
    private static final Pattern WITH_LANGUAGE = Pattern.compile("(?:[A-Za-z0-9]+\\.)?([a-z]{2,3}-[A-Z]{2})(?:-.*)?");
    private static final Pattern POLLY = Pattern.compile("(?i)(?:amazon|polly)\\.([^-.]+)(?:-.*)?");
    private static final String FEMALE = """
            arb Zeina | ar-AE Hala | ca-ES Arlet | cmn-CN Zhiyu | yue-CN Hiujin | cs-CZ Jitka | da-DK Naja Sofie | de-DE Marlene Vicki |
            de-AT Hannah | de-CH Sabrina | en-AU Nicole Olivia | en-GB Amy Emma | en-IN Aditi Raveena Kajal | en-IE Niamh | en-NZ Aria |
            en-SG Jasmine | en-ZA Ayanda | en-US Danielle Ivy Joanna Kendra Kimberly Ruth Salli | es-ES Conchita Lucia Alba | es-MX Mia |
            es-US Lupe Penelope | fi-FI Suvi | fr-FR Celine Lea | fr-CA Chantal Gabrielle | fr-BE Isabelle | is-IS Dora |
            it-IT Carla Bianca | ja-JP Mizuki Kazuha Tomoko | ko-KR Seoyeon Jihye | nb-NO Liv Ida | nl-NL Lotte Laura | nl-BE Lisa |
            pl-PL Ewa Maja Ola | pt-BR Camila Vitoria | pt-PT Ines | ro-RO Carmen | ru-RU Tatyana | sv-SE Astrid Elin | tr-TR Filiz Burcu |
            cy-GB Gwyneth""";
    private static final String MALE = """
            ar-AE Zayd | da-DK Mads | de-DE Hans Daniel | en-AU Russell | en-GB Brian Arthur |
            en-US Joey Justin Kevin Matthew Stephen Gregory | es-ES Enrique Sergio | es-MX Andres | es-US Miguel Pedro |
            fr-FR Mathieu Remi | fr-CA Liam | is-IS Karl | it-IT Giorgio Adriano | ja-JP Takumi | nl-NL Ruben | pl-PL Jacek Jan |
            pt-BR Ricardo Thiago | pt-PT Cristiano | ru-RU Maxim | en-GB-WLS Geraint""";
    private static final Map<String, Voice> BY_NAME = new HashMap<>();

    static {
        read(FEMALE, Gender.FEMALE);
        read(MALE, Gender.MALE);
    }

    /** Null for what the name does not say. */
    record Voice(String language, Gender gender) {
        static final Voice ANY = new Voice(null, null);
    }

    private Voices() {
    }

    private static void read(String table, Gender gender) {
        for (String line : table.split("\\|")) {
            String[] words = line.strip().split("\\s+");
            for (int i = 1; i < words.length; i++) {
                BY_NAME.put(words[i].toLowerCase(Locale.ROOT), new Voice(words[0], gender));
            }
        }
    }

    /** What a name says; nothing, where it is not known. */
    static Voice of(String name) {
        if (name == null) {
            return Voice.ANY;
        }
        switch (name.toLowerCase(Locale.ROOT)) {
            case "man", "male" -> {
                return new Voice(null, Gender.MALE);
            }
            case "woman", "female", "alice" -> {
                return new Voice(null, Gender.FEMALE);
            }
            default -> { }
        }
        Matcher polly = POLLY.matcher(name);
        if (polly.matches()) {
            return BY_NAME.getOrDefault(polly.group(1).toLowerCase(Locale.ROOT), Voice.ANY);
        }
        Matcher tagged = WITH_LANGUAGE.matcher(name);
        return tagged.matches() ? new Voice(tagged.group(1), null) : Voice.ANY;
    }
}
