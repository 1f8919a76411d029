package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.OwnerOnly;
import io.github.camelvoice.subscription.WatcherCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How others are watched.
 *
 * @param credentials  domain in lower case, or {@code *} for all others, to user and password
 * @param listServers  domain in lower case, or {@code *}, to the SIP URI of the server that watches lists of its resources
 * @param perAccount   subscriptions of one account
 * @param resources    of one subscription
 * @param expires      how long a subscription of the HTTP API lasts at most
 */
public record SubscribeSettings(Map<String, WatcherCredentials.Access> credentials, Map<String, String> listServers, int perAccount, int resources,
                                Duration expires) {

    private static final String DOMAIN = "\\*|[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]";
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(366);

    public SubscribeSettings {
        credentials = Map.copyOf(credentials);
        listServers = Map.copyOf(listServers);
    }

    /** @throws SettingException naming what is wrong */
    static SubscribeSettings read(SettingValues values) {
        Duration expires = values.duration(Setting.SUBSCRIBE_EXPIRES);
        if (expires.compareTo(LEAST) < 0 || expires.compareTo(MOST) > 0) {
            throw SettingException.of(Setting.SUBSCRIBE_EXPIRES, "must be 1m to 366d: " + values.text(Setting.SUBSCRIBE_EXPIRES));
        }
        return new SubscribeSettings(credentials(values.text(Setting.SUBSCRIBE_CREDENTIALS)), listServers(values.text(Setting.SUBSCRIBE_LIST_SERVERS)),
                values.number(Setting.SUBSCRIBE_PER_ACCOUNT, 1, 1_000_000), values.number(Setting.SUBSCRIBE_RESOURCES, 1, 20_000), expires);
    }

    /** A line is named by its number, never by its text. */
    private static Map<String, WatcherCredentials.Access> credentials(String file) {
        Map<String, WatcherCredentials.Access> credentials = new LinkedHashMap<>();
        int number = 0;
        for (String line : file.isEmpty() ? List.<String>of() : lines(file)) {
            number++;
            String[] parts = line.strip().split("\\s+", 2);
            if (parts[0].isEmpty() || parts[0].startsWith("#")) {
                continue;
            }
            int colon = parts.length < 2 ? 0 : parts[1].indexOf(':');
            if (!parts[0].matches(DOMAIN) || colon < 1 || colon == parts[1].length() - 1) {
                throw SettingException.of(Setting.SUBSCRIBE_CREDENTIALS, "has a line that is not DOMAIN USER:PASSWORD: number " + number);
            }
            if (credentials.put(parts[0].toLowerCase(Locale.ROOT), new WatcherCredentials.Access(parts[1].substring(0, colon),
                    parts[1].substring(colon + 1))) != null) {
                throw SettingException.of(Setting.SUBSCRIBE_CREDENTIALS, "names a domain twice: line " + number);
            }
        }
        return credentials;
    }

    private static List<String> lines(String file) {
        try {
            Path path = Path.of(file);
            if (OwnerOnly.isOpen(path)) {
                throw SettingException.of(Setting.SUBSCRIBE_CREDENTIALS, "can be read by others: make it mode 600");
            }
            return Files.readAllLines(path);
        } catch (IOException | InvalidPathException e) {
            throw new SettingException(Setting.SUBSCRIBE_CREDENTIALS.key() + " cannot be read", e);
        }
    }

    private static Map<String, String> listServers(String text) {
        Map<String, String> servers = new LinkedHashMap<>();
        for (String entry : text.isBlank() ? new String[0] : text.split("[\\s,]+")) {
            int equal = entry.indexOf('=');
            String domain = equal < 1 ? "" : entry.substring(0, equal);
            if (!domain.matches(DOMAIN) || !entry.substring(equal + 1).matches("sips?:[^\\s<>\"]{1,512}")) {
                throw SettingException.of(Setting.SUBSCRIBE_LIST_SERVERS, "has an entry that is not DOMAIN=SIP-URI: " + ApiException.quote(entry));
            }
            servers.put(domain.toLowerCase(Locale.ROOT), entry.substring(equal + 1));
        }
        return servers;
    }

    /** The same for all accounts: those of the domain, else those for all others. */
    WatcherCredentials watcherCredentials() {
        return (account, domain) -> credentials.getOrDefault(domain, credentials.get("*"));
    }

    /** Without users and passwords. */
    @Override
    public String toString() {
        return "SubscribeSettings[" + credentials.keySet() + ", " + listServers + ", " + perAccount + ", " + resources + ", " + expires + "]";
    }
}
