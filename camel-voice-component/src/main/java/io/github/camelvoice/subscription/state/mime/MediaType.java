package io.github.camelvoice.subscription.state.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media type as in Content-Type (RFC 3261, section 20.15).
 *
 * @param name       {@code type/subtype} in lower case
 * @param parameters names in lower case, values without quotes
 */
public record MediaType(String name, Map<String, String> parameters) {

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final Pattern NAME = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
    private static final Pattern PARAMETER = Pattern.compile("\\s*;\\s*(" + TOKEN + ")\\s*(?:=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\"]*+)))?\\s*");
    private static final int MOST = 2_000;

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** @return null for what is none */
    public static MediaType of(String text) {
        if (text == null || text.length() > MOST) {
            return null;
        }
        Matcher name = NAME.matcher(text);
        if (!name.lookingAt()) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = name.end();
        Matcher parameter = PARAMETER.matcher(text);
        while (at < text.length()) {
            if (!parameter.region(at, text.length()).lookingAt()) {
                return text.substring(at).matches("[\\s;]*") ? new MediaType(name.group(1).toLowerCase(Locale.ROOT), parameters) : null;
            }
            String quoted = parameter.group(2);
            String plain = parameter.group(3) == null ? "" : parameter.group(3).strip();
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), quoted == null ? plain : quoted.replaceAll("\\\\(.)", "$1"));
            at = parameter.end();
        }
        return new MediaType(name.group(1).toLowerCase(Locale.ROOT), parameters);
    }

    /** @return null without */
    public String parameter(String named) {
        return parameters.get(named);
    }
}
