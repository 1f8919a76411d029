package io.github.camelvoice.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From language tags to the names that espeak-ng has for them. */
final class EspeakVoices {

    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(Map.entry("en", "en-us"), Map.entry("en-ca", "en-us"),
            Map.entry("es-es", "es"), Map.entry("fr", "fr-fr"), Map.entry("zh-hk", "yue"), Map.entry("zh", "cmn"), Map.entry("no", "nb"),
            Map.entry("nn", "nb"), Map.entry("arb", "ar"), Map.entry("iw", "he"), Map.entry("in", "id"), Map.entry("fil", "id"));
    /** For what a country has no voice of its own. */
    private static final Map<String, String> ELSEWHERE = Map.of("en", "en-gb", "es", "es-419", "fr", "fr-fr");

    private EspeakVoices() {
    }

    /** @return null where it speaks nothing like it */
    static String of(String tag, Set<String> there) {
        String language = tag.contains("-") ? tag.substring(0, tag.indexOf('-')) : tag;
        List<String> wanted = new ArrayList<>();
        wanted.add(OTHER_NAMES.getOrDefault(tag, tag));
        if (tag.contains("-")) {
            wanted.add(ELSEWHERE.getOrDefault(language, OTHER_NAMES.getOrDefault(language, language)));
        }
        wanted.add(language);
        for (String each : wanted) {
            if (there.contains(each)) {
                return each;
            }
        }
        return null;
    }
}
