package io.github.camelvoice.gateway;

import io.github.camelvoice.store.secret.SecretKeys;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Where calls are kept.
 *
 * @param kind      {@code h2}, {@code memory} or {@code postgresql}
 * @param url       of PostgreSQL, null for the others
 * @param user      null where the URL says it
 * @param password  null for none
 * @param locks     folder of the locks of a cluster, null for none
 * @param secretKey seals passwords of accounts, null for one in the data folder
 * @param retention how long calls are kept, from their creation
 * @param capture   whether new ones are written down
 */
record StoreSettings(String kind, String url, String user, String password, Path locks, String secretKey, Duration retention, boolean capture) {

    static final String H2 = "h2";
    static final String MEMORY = "memory";
    static final String POSTGRESQL = "postgresql";
    private static final List<Setting> OF_POSTGRESQL = List.of(Setting.STORE_URL, Setting.STORE_USER, Setting.STORE_PASSWORD,
            Setting.STORE_LOCKS);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(36_500);

    /** @throws SettingException naming what is wrong */
    static StoreSettings read(SettingValues values) {
        String kind = values.text(Setting.STORE).toLowerCase(Locale.ROOT);
        if (!List.of(H2, MEMORY, POSTGRESQL).contains(kind)) {
            throw SettingException.of(Setting.STORE, "must be h2, memory or postgresql: " + kind);
        }
        for (Setting setting : OF_POSTGRESQL) {
            if (values.isSet(setting) && !kind.equals(POSTGRESQL)) {
                throw SettingException.of(setting, "is set, but " + Setting.STORE.key() + " is " + kind);
            }
        }
        Duration retention = values.duration(Setting.RETENTION);
        if (retention.compareTo(LEAST) < 0 || retention.compareTo(MOST) > 0) {
            throw SettingException.of(Setting.RETENTION, "must be 1m to 36500d: " + values.text(Setting.RETENTION));
        }
        return new StoreSettings(kind, kind.equals(POSTGRESQL) ? url(values) : null, blankToNull(values.text(Setting.STORE_USER)),
                blankToNull(values.text(Setting.STORE_PASSWORD)), locks(values), secretKey(values), retention, capture(values));
    }

    private static String secretKey(SettingValues values) {
        String text = values.text(Setting.SECRET_KEY);
        try {
            SecretKeys.check(text, Setting.SECRET_KEY.key());
        } catch (IllegalArgumentException wrong) {
            throw new SettingException(wrong.getMessage());
        }
        return blankToNull(text);
    }

    private static Path locks(SettingValues values) {
        String text = values.text(Setting.STORE_LOCKS);
        try {
            return text.isEmpty() ? null : Path.of(text).toAbsolutePath();
        } catch (InvalidPathException wrong) {
            throw SettingException.of(Setting.STORE_LOCKS, "is no path: " + text);
        }
    }

    private static boolean capture(SettingValues values) {
        return switch (values.text(Setting.CAPTURE)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw SettingException.of(Setting.CAPTURE, "must be on or off: " + values.text(Setting.CAPTURE));
        };
    }

    /** The URL may hold a password: it is in no message. */
    private static String url(SettingValues values) {
        String url = values.text(Setting.STORE_URL);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw SettingException.of(Setting.STORE_URL, "must begin with jdbc:postgresql:, because " + Setting.STORE.key() + " is postgresql");
        }
        return url;
    }

    private static String blankToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** URL, user, password and key are left out. */
    @Override
    public String toString() {
        return "StoreSettings[" + kind + ", " + retention + (capture ? "" : ", no capture") + "]";
    }
}
