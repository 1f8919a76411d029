package io.github.camelvoice.gateway;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What was set, by system property or environment; a property wins. Names that start like ours and are none are refused. */
final class SettingValues {

    private static final String PROPERTY_PREFIX = "voice.";
    private static final String VARIABLE_PREFIX = "VOICE_";

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    /**
     * @param properties system properties
     * @param environment environment variables
     * @throws SettingException naming every unknown setting
     */
    SettingValues(Map<String, String> properties, Map<String, String> environment) {
        TreeSet<String> unknown = new TreeSet<>();
        environment.keySet().stream().filter(name -> name.startsWith(VARIABLE_PREFIX)).forEach(unknown::add);
        properties.keySet().stream().filter(name -> name.startsWith(PROPERTY_PREFIX)).forEach(unknown::add);
        for (Setting setting : Setting.values()) {
            unknown.remove(setting.variable());
            unknown.remove(setting.key());
            String value = properties.getOrDefault(setting.key(), environment.get(setting.variable()));
            if (value != null && !value.isBlank()) {
                values.put(setting, value.strip());
            }
        }
        if (!unknown.isEmpty()) {
            throw new SettingException("unknown setting" + (unknown.size() > 1 ? "s " : " ") + String.join(", ", unknown)
                    + "; --help lists those that exist");
        }
    }

    boolean isSet(Setting setting) {
        return values.containsKey(setting);
    }

    /** The value or its default; empty where there is neither. */
    String text(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    /** 0 to 65535; -1 where there is neither value nor default. */
    int port(Setting setting) {
        String text = text(setting);
        if (text.isEmpty()) {
            return -1;
        }
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException ignored) {
            // told below, with the range
        }
        throw SettingException.of(setting, "must be a port from 0 (any free one) to 65535: " + text);
    }

    int number(Setting setting, int least, int most) {
        String text = text(setting);
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw SettingException.of(setting, "must be a whole number from " + least + " to " + most + ": " + text);
    }

    /** {@code 500ms}, {@code 20s}, {@code 5m}, {@code 12h}, {@code 30d}, or plain seconds. */
    Duration duration(Setting setting) {
        String text = text(setting).toLowerCase(Locale.ROOT);
        if (!text.matches("[0-9]{1,6}(ms|s|m|h|d)?")) {
            throw SettingException.of(setting, "must be a time such as 500ms, 20s, 2m, 12h or 30d: " + text);
        }
        long number = Long.parseLong(text.replaceAll("[a-z]", ""));
        return switch (text.replaceAll("[0-9]", "")) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
