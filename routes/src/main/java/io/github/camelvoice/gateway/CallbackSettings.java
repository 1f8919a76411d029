package io.github.camelvoice.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How callbacks are delivered, checked.
 *
 * @param signingKey null to keep one in the data folder
 * @param targets    name to Camel endpoint, in the order in which they were given
 * @param expiry     how long a callback is tried
 */
public record CallbackSettings(String signingKey, Map<String, String> targets, Duration expiry) {

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(30);

    public CallbackSettings {
        targets = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    /** @throws SettingException naming what is wrong */
    static CallbackSettings read(SettingValues values) {
        Duration expiry = values.duration(Setting.CALLBACK_EXPIRY);
        if (expiry.compareTo(LEAST) < 0 || expiry.compareTo(MOST) > 0) {
            throw SettingException.of(Setting.CALLBACK_EXPIRY, "must be 1m to 30d: " + values.text(Setting.CALLBACK_EXPIRY));
        }
        String key = values.text(Setting.SIGNING_KEY);
        if (!key.isEmpty() && !key.matches("[\\x21-\\x7e]{16,512}")) {
            throw SettingException.of(Setting.SIGNING_KEY, "must be 16 to 512 printable ASCII characters without blanks");
        }
        return new CallbackSettings(key.isEmpty() ? null : key, targets(values.text(Setting.CALLBACK_TARGETS)), expiry);
    }

    /** An entry is named by its number, never by its text: an endpoint may have a password in it. */
    private static Map<String, String> targets(String text) {
        Map<String, String> targets = new LinkedHashMap<>();
        int number = 0;
        for (String entry : entries(text)) {
            number++;
            int equal = entry.indexOf('=');
            String name = equal < 0 ? "" : entry.substring(0, equal);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") || !entry.substring(equal + 1).matches("[a-z][a-z0-9+.-]*:\\S.*")) {
                throw SettingException.of(Setting.CALLBACK_TARGETS, "has an entry that is not name=endpoint: number " + number);
            }
            if (name.equals("http")) {
                throw SettingException.of(Setting.CALLBACK_TARGETS, "cannot have a target with the name http");
            }
            if (targets.put(name, entry.substring(equal + 1)) != null) {
                throw SettingException.of(Setting.CALLBACK_TARGETS, "names a target twice: entry " + number);
            }
        }
        return targets;
    }

    private static List<String> entries(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.indexOf('=') > 0) {
            return Arrays.asList(text.split("\\s+"));
        }
        try {
            return Files.readAllLines(Path.of(text)).stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException | InvalidPathException e) {
            throw new SettingException(Setting.CALLBACK_TARGETS.key() + " is neither name=endpoint ... nor a readable file", e);
        }
    }

    /** Without key and endpoints. */
    @Override
    public String toString() {
        return "CallbackSettings[" + targets.keySet() + ", " + expiry + "]";
    }
}
