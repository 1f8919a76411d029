package io.github.camelvoice.registration;

import io.github.camelvoice.registration.spi.RegisterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an account means on the wire. Pure. */
final class AccountSpecs {

    private static final String HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}]";
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_.!~*'()%&=+$-]{1,128})@(" + HOST + ")(:[0-9]{1,5})?");
    private static final Pattern PLACE = Pattern.compile("(" + HOST + ")(:[0-9]{1,5})?");
    private static final Pattern URI = Pattern.compile("sips?:[^\\s<>\"\\p{Cntrl}]{1,500}", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{16,64}");
    private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");
    private static final int MOST_CONTACTS = 10;

    private AccountSpecs() {
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static RegisterSpec of(Account account, RegistrationSettings settings) {
        Matcher name = account.name() == null ? null : NAME.matcher(account.name());
        require(name != null && name.matches() && port(name.group(3)), "name must be user@host or user@host:port: " + shown(account.name()));
        require(account.transport() == null || TRANSPORTS.contains(account.transport()),
                "transport must be udp, tcp or tls: " + shown(account.transport()));
        require(account.expires() >= 60 && account.expires() <= 86_400, "expires must be 60 to 86400 seconds: " + account.expires());
        require(account.token() != null && TOKEN.matcher(account.token()).matches(), "token must be 16 to 64 letters and digits");
        require(account.contacts().size() <= MOST_CONTACTS, "contacts must be " + MOST_CONTACTS + " at most: " + account.contacts().size());
        account.contacts().forEach(contact -> require(URI.matcher(contact).matches(),
                "contacts has something that is no SIP URI: " + shown(contact)));
        require(account.authUsername() == null || account.authUsername().chars().noneMatch(c -> c < ' ' || c == 0x7f),
                "authUsername has a control character");
        String user = account.authUsername() == null || account.authUsername().isEmpty() ? name.group(1) : account.authUsername();
        String port = name.group(3) == null ? "" : name.group(3);
        return new RegisterSpec("sip:" + name.group(1) + "@" + name.group(2), "sip:" + name.group(2) + port + transport(account),
                proxy(account), user, account.password(), account.token(), account.instance(),
                account.contacts().stream().map(uri -> new RegisterSpec.Contact(uri, 1000)).toList(), account.expires(), settings.keepAlive(),
                settings.rewrite());
    }

    private static String transport(Account account) {
        return account.transport() == null ? "" : ";transport=" + account.transport();
    }

    private static List<String> proxy(Account account) {
        String given = account.outboundProxy();
        if (given == null || given.isEmpty()) {
            return List.of();
        }
        if (URI.matcher(given).matches()) {
            boolean named = given.toLowerCase(Locale.ROOT).contains(";transport=") || given.toLowerCase(Locale.ROOT).startsWith("sips:");
            return List.of(named ? given : given + transport(account));
        }
        Matcher place = PLACE.matcher(given);
        require(place.matches() && port(place.group(2)), "outboundProxy must be host, host:port or a SIP URI: " + shown(given));
        return List.of("sip:" + given + transport(account));
    }

    /** Next hop: whose pace counts. */
    static String hop(RegisterSpec spec) {
        return (spec.route().isEmpty() ? spec.registrar() : spec.route().get(0)).toLowerCase(Locale.ROOT);
    }

    private static boolean port(String colonAndPort) {
        if (colonAndPort == null) {
            return true;
        }
        int port = Integer.parseInt(colonAndPort.substring(1));
        return port > 0 && port < 65_536;
    }

    private static String shown(String text) {
        if (text == null) {
            return "null";
        }
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > 100 ? safe.substring(0, 100) : safe;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
