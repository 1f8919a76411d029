package io.github.camelvoice.document.swml;

import io.github.camelvoice.document.JsonTemplate;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Sound;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.document.Value;
import io.github.camelvoice.document.source.Findings;
import io.github.camelvoice.document.source.SourceNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From text to the values of properties. Each throws {@link IllegalArgumentException} that says what the text must be. */
final class Readers {

    private static final Pattern SILENCE = Pattern.compile("silence: ?([0-9.]+)");
    private static final Pattern RING = Pattern.compile("ring: ?(?:([0-9.]+): ?)?([a-zA-Z-]{2,8})");
    private static final Pattern RTP = Pattern.compile("rtp://([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private Readers() {
    }

    static Value.Reader<Integer> whole(int min, int max, int step) {
        return text -> {
            String range = "must be " + min + " to " + max + (step == 1 ? "" : " in steps of " + step);
            String trimmed = text.trim();
            if (!trimmed.matches("[-+]?[0-9]{1,9}")) {
                throw new IllegalArgumentException(range + ": " + Findings.shown(text));
            }
            int value = Integer.parseInt(trimmed);
            if (value < min || value > max || value % step != 0) {
                throw new IllegalArgumentException(range + ": " + value);
            }
            return value;
        };
    }

    static Value.Reader<Double> decimal(double min, double max) {
        return text -> {
            BigDecimal value = number(text);
            if (value == null || value.compareTo(BigDecimal.valueOf(min)) < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
                throw new IllegalArgumentException("must be " + min + " to " + max + ": " + Findings.shown(text));
            }
            return value.doubleValue();
        };
    }

    /** @return null for what is no number of reasonable length */
    private static BigDecimal number(String text) {
        return text.trim().matches("[-+]?([0-9]{1,9}(\\.[0-9]{0,18})?|\\.[0-9]{1,18})") ? new BigDecimal(text.trim()) : null;
    }

    static Boolean flag(String text) {
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false: " + Findings.shown(text));
        };
    }

    /** A word of an enum, in the enum's letters or lower case; {@code aliases} stand for one of them. */
    static <E extends Enum<E>> Value.Reader<E> word(Class<E> type, boolean upper, Map<String, E> aliases) {
        return text -> {
            for (E each : type.getEnumConstants()) {
                if (each.name().equalsIgnoreCase(text)) {
                    return each;
                }
            }
            E alias = aliases.get(text.toLowerCase(Locale.ROOT));
            if (alias == null) {
                throw new IllegalArgumentException("must be one of " + Arrays.stream(type.getEnumConstants())
                        .map(each -> upper ? each.name() : each.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))
                        + ": " + Findings.shown(text));
            }
            return alias;
        };
    }

    static String id(String text) {
        if (!text.matches("[\\x21-\\x7e]{1,128}")) {
            throw new IllegalArgumentException("must be 1 to 128 printable ASCII characters without blanks");
        }
        return text;
    }

    static URI tapUri(String text) {
        String what = "rtp://IP:port, ws:// or wss:// with a host";
        Matcher rtp = RTP.matcher(text.trim());
        if (rtp.matches()) {
            int port = Integer.parseInt(rtp.group(2));
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("must have a port from 1 to 65535: " + Findings.shown(text));
            }
            return URI.create(text.trim());
        }
        if (text.startsWith("rtp:")) {
            throw new IllegalArgumentException("must be " + what + ": " + Findings.shown(text));
        }
        return Urls.parse(text, Set.of("ws", "wss"), what);
    }

    static Sound sound(String text) {
        String trimmed = text.trim();
        String scheme = trimmed.contains(":") ? trimmed.substring(0, trimmed.indexOf(':')).toLowerCase(Locale.ROOT) : "";
        switch (scheme) {
            case "http", "https" -> {
                return new Sound.Web(Urls.http(trimmed));
            }
            case "silence" -> {
                return silence(trimmed);
            }
            case "ring" -> {
                return ring(trimmed);
            }
            case "say" -> {
                return say(trimmed);
            }
            default -> {
                if (Sound.Named.fits(trimmed)) {
                    return new Sound.Named(trimmed);
                }
                throw new IllegalArgumentException("must be an http or https URL, say:TEXT, silence:SECONDS, ring:[SECONDS:]COUNTRY, "
                        + "prompt:NAME or FOLDER/FILE: "
                        + Findings.shown(text));
            }
        }
    }

    private static Sound say(String text) {
        String said = text.substring(text.indexOf(':') + 1).strip();
        if (said.isEmpty()) {
            throw new IllegalArgumentException("must be say:TEXT");
        }
        return new Sound.Speech(said, null, null);
    }

    static String anyText(String text) {
        return text;
    }

    static String gender(String text) {
        if (!text.equals("female") && !text.equals("male")) {
            throw new IllegalArgumentException("must be female or male: " + Findings.shown(text));
        }
        return text;
    }

    private static Sound silence(String text) {
        Matcher silence = SILENCE.matcher(text);
        return new Sound.Silence(millis(silence.matches() ? silence.group(1) : "", "silence:SECONDS", text));
    }

    private static Sound ring(String text) {
        Matcher ring = RING.matcher(text);
        if (!ring.matches() || !Sound.Ring.COUNTRIES.contains(ring.group(2).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("must be ring:[SECONDS:]COUNTRY, the country one of " + String.join(", ", Sound.Ring.COUNTRIES) + ": "
                    + Findings.shown(text));
        }
        int millis = ring.group(1) == null ? 0 : millis(ring.group(1), "ring:SECONDS:COUNTRY", text);
        return new Sound.Ring(ring.group(2).toLowerCase(Locale.ROOT), millis);
    }

    private static int millis(String seconds, String form, String text) {
        BigDecimal value = number(seconds);
        int millis = value == null || value.compareTo(HOUR) > 0 ? 0 : value.multiply(THOUSAND).intValue();
        if (millis < 1) {
            throw new IllegalArgumentException("must be " + form + ", above 0 and at most 3600 seconds: " + Findings.shown(text));
        }
        return millis;
    }

    /** Values of any kind, with variables in their texts. What is wrong with them is told. */
    static Map<String, JsonTemplate> templates(SourceNode.Members object, Findings findings) {
        Map<String, JsonTemplate> templates = new LinkedHashMap<>();
        object.members().forEach((name, member) -> templates.put(name, template(member.value(), findings)));
        return templates;
    }

    static JsonTemplate template(SourceNode node, Findings findings) {
        if (node instanceof SourceNode.Members object) {
            return new JsonTemplate.Members(templates(object, findings));
        }
        if (node instanceof SourceNode.Items items) {
            List<JsonTemplate> values = new ArrayList<>();
            items.items().forEach(item -> values.add(template(item, findings)));
            return new JsonTemplate.Items(values);
        }
        SourceNode.Scalar scalar = (SourceNode.Scalar) node;
        try {
            return scalar.value().isTextual() ? JsonTemplate.text(node.place(), scalar.value().asText()) : new JsonTemplate.Fixed(scalar.value());
        } catch (IllegalArgumentException wrong) {
            findings.add(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, node.place(), wrong.getMessage());
            return new JsonTemplate.Fixed(scalar.value());
        }
    }
}
