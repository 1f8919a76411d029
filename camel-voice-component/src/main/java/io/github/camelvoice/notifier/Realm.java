package io.github.camelvoice.notifier;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Whose state is ours to tell. Thread-safe. */
final class Realm {

    private final Set<String> domains;
    private final Supplier<Set<String>> hosts;

    /** @param domains empty: every host; @param hosts our own addresses in lower case */
    Realm(Collection<String> domains, Supplier<Set<String>> hosts) {
        this.domains = Set.copyOf(domains);
        this.hosts = hosts;
    }

    boolean isOurs(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return domains.isEmpty() || domains.contains(lower) || hosts.get().contains(lower);
    }

    /**
     * The user that a text names: a SIP URI, or the user alone.
     *
     * @return null if it is no user of ours
     */
    String user(String resource) {
        String text = resource.trim();
        String lower = text.toLowerCase(Locale.ROOT);
        boolean sip = lower.startsWith("sip:") || lower.startsWith("sips:");
        if (!sip && text.indexOf('@') < 0) {
            return text.isEmpty() || text.length() > 256 || text.chars().anyMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '"') ? null : text;
        }
        String address = sip ? text.substring(text.indexOf(':') + 1) : text;
        int at = address.indexOf('@');
        if (at <= 0) {
            return null;
        }
        String user = address.substring(0, at);
        int password = user.indexOf(':');
        return isOurs(host(address.substring(at + 1))) ? unescaped(password < 0 ? user : user.substring(0, password)) : null;
    }

    private static String host(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : 0;
        while (end < text.length() && ":;?>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String host = text.substring(0, end);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String unescaped(String user) {
        if (user.indexOf('%') < 0) {
            return user;
        }
        try {
            return java.net.URLDecoder.decode(user.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return user;
        }
    }

    /** Whether somebody who proved to be this user is the owner of that resource. @param authenticated {@code alice} or {@code alice@example.com} */
    static boolean isOwn(String authenticated, String user) {
        int at = authenticated.indexOf('@');
        return !authenticated.isEmpty() && user.equals(at < 0 ? authenticated : authenticated.substring(0, at));
    }
}
