package io.github.camelvoice.call.guard;

import io.github.camelvoice.call.Party;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Whom a call is for, read from the URI that goes out. What could be read in more than one way is refused rather than guessed at. Immutable.
 * <p>
 * A user part that begins with a letter or an underscore is a name; all else, and whatever is marked {@code user=phone}, is a telephone number.
 */
public final class Destination {

    private static final int MAX_LENGTH = 2_048;
    private static final int MAX_SHOWN = 64;
    private static final String VISUAL = "-.()/ ";

    private final String shown;
    private final String user;
    private final boolean number;
    private final Set<String> readings;
    private final Set<String> hosts;

    private Destination(String shown, String user, boolean number, Set<String> readings, Set<String> hosts) {
        this.shown = shown;
        this.user = user;
        this.number = number;
        this.readings = readings;
        this.hosts = hosts;
    }

    /**
     * The far end of a leg, as its INVITE names it.
     *
     * @param proxy first hop, null for none: it counts as a host of the destination as well
     * @throws IllegalArgumentException saying why it cannot be read
     */
    public static Destination of(Party party, String proxy) {
        Destination target = of(party.uri());
        if (!party.host().isEmpty() && !target.hosts.contains(Hosts.canonical(party.host()))) {
            throw new IllegalArgumentException("its host can be read in two ways");
        }
        if (proxy == null) {
            return target;
        }
        Set<String> hosts = new LinkedHashSet<>(target.hosts);
        hosts.addAll(of(proxy.indexOf(':') < 0 ? "sip:" + proxy : proxy).hosts);
        return new Destination(target.shown, target.user, target.number, target.readings, hosts);
    }

    /**
     * @param uri {@code sip:}, {@code sips:} or {@code tel:}
     * @throws IllegalArgumentException saying why it cannot be read
     */
    public static Destination of(String uri) {
        if (uri == null || uri.length() > MAX_LENGTH || uri.chars().anyMatch(c -> c <= ' ' || c > '~' || "<>\"\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("it is no plain URI: longer than " + MAX_LENGTH + " characters, or with other characters than a URI has");
        }
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = uri.substring(colon + 1);
        if (scheme.equals("tel")) {
            int semicolon = rest.indexOf(';');
            return read(semicolon < 0 ? rest : rest.substring(0, semicolon), semicolon < 0 ? "" : rest.substring(semicolon + 1), true, null);
        }
        if (!scheme.equals("sip") && !scheme.equals("sips")) {
            throw new IllegalArgumentException("it is neither sip:, sips: nor tel:");
        }
        int at = rest.indexOf('@');
        if (at >= 0 && rest.indexOf('@', at + 1) >= 0) {
            throw new IllegalArgumentException("it has more than one @");
        }
        String address = rest.substring(at + 1);
        int end = 0;
        while (end < address.length() && address.charAt(end) != ';' && address.charAt(end) != '?') {
            end++;
        }
        String userInfo = at < 0 ? "" : rest.substring(0, at);
        int password = userInfo.indexOf(':');
        return read(password < 0 ? userInfo : userInfo.substring(0, password), address.substring(end), false, address.substring(0, end));
    }

    private static Destination read(String escaped, String parameters, boolean tel, String hostPort) {
        String whole = NumberReadings.fold(unescape(escaped));
        int semicolon = whole.indexOf(';');
        String plain = semicolon < 0 ? whole : whole.substring(0, semicolon);
        String context = "";
        boolean phone = tel;
        Set<String> hosts = new LinkedHashSet<>();
        if (hostPort != null) {
            hosts.add(Hosts.canonical(Hosts.withoutPort(hostPort)));
        }
        int headers = parameters.indexOf('?');
        String all = (semicolon < 0 ? "" : whole.substring(semicolon)) + ";" + (headers < 0 ? parameters : parameters.substring(0, headers));
        for (String parameter : all.split(";")) {
            int equals = parameter.indexOf('=');
            String name = unescape(equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : NumberReadings.fold(unescape(parameter.substring(equals + 1)));
            switch (name) {
                case "phone-context" -> {
                    phone = true;
                    context = value.startsWith("+") ? NumberReadings.strip(value, VISUAL) : context;
                }
                case "user" -> phone |= value.equals("phone");
                case "maddr" -> hosts.add(Hosts.canonical(value));
                default -> { }
            }
        }
        boolean number = phone || !plain.isEmpty() && !isNameStart(plain.charAt(0));
        String bare = number ? NumberReadings.strip(plain, VISUAL) : plain;
        String user = number && !context.isEmpty() && !bare.startsWith("+") ? context + bare : bare;
        Set<String> readings = new LinkedHashSet<>();
        readings.add(whole);
        readings.add(plain);
        NumberReadings.add(readings, user);
        NumberReadings.add(readings, NumberReadings.strip(plain, VISUAL));
        String shown = (tel ? "tel:" : "sip:") + plain.substring(0, Math.min(plain.length(), MAX_SHOWN))
                + (hosts.isEmpty() ? "" : (plain.isEmpty() ? "" : "@") + hosts.iterator().next());
        return new Destination(shown, user, number, readings, hosts);
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c == '_';
    }

    /** Escapes once (RFC 3261, section 19.1.4); one that leaves another behind is refused, for some far ends would go on. */
    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException("it has a % that escapes nothing");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            String plain = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            if (plain.chars().anyMatch(c -> c == '%' || Character.isISOControl(c))) {
                throw new IllegalArgumentException("it has escapes within escapes, or control characters");
            }
            return plain;
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("it has escapes that are no UTF-8", malformed);
        }
    }

    /** User part in lower case, without escapes, parameters and, in a number, what only helps to read it. */
    String user() {
        return user;
    }

    boolean isNumber() {
        return number;
    }

    /** All that a far end may take the user part for. */
    Set<String> readings() {
        return readings;
    }

    /** Host, and where else the URI has the call go; empty for {@code tel:}. */
    Set<String> hosts() {
        return hosts;
    }

    /** For messages; without password and parameters. */
    @Override
    public String toString() {
        return shown;
    }
}
