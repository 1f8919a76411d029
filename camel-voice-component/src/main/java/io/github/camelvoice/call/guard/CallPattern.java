package io.github.camelvoice.call.guard;

import java.util.List;
import java.util.Locale;

/** One entry of a list of destinations. */
final class CallPattern {

    /** Premium rates and satellites; with +, see {@link NumberReadings}. Common ones, for no list has them all. */
    private static final List<String> PREMIUM = List.of(
            // International: premium rate, shared cost, personal numbers, satellites, networks without a country (ITU-T E.164).
            "+979*", "+808*", "+878*", "+870*", "+881*", "+882*", "+883*",
            // North America, as it is dialled there as well.
            "+1900*", "+1???976*", "900???????",
            "+449*", "+4470*", "+44871*", "+44872*", "+44873*", "+35315*",
            "+49900*", "+49137*", "+49118*", "+43900*", "+43901*", "+43930*", "+43931*", "+43939*", "+41900*", "+41901*", "+41906*",
            "+3389*", "+39892*", "+39894*", "+39895*", "+39899*", "+34803*", "+34806*", "+34807*", "+34905*",
            "+31900*", "+31906*", "+31909*", "+3290*", "+4870*", "+46900*", "+46939*", "+46944*", "+6119*",
            // As many countries of Europe dial them at home.
            "0900*", "0901*", "0906*", "0909*");
    private static final List<String> INTERNATIONAL = List.of("+*", "00*", "011*");

    private final String text;
    private final Kind kind;
    private final List<String> users;
    private final HostPattern host;

    private enum Kind { NAMES, NUMBERS, USERS }

    private CallPattern(String text, Kind kind, List<String> users, HostPattern host) {
        this.text = text;
        this.kind = kind;
        this.users = users;
        this.host = host;
    }

    /** @throws IllegalArgumentException naming the entry, if it cannot be used */
    static CallPattern of(String text) {
        int at = text.lastIndexOf('@');
        String user = (at < 0 ? text : text.substring(0, at)).toLowerCase(Locale.ROOT);
        if (user.isEmpty() || !user.matches("[\\x21-\\x7e&&[^,;@%\"<>\\\\]]+")) {
            throw wrong(text);
        }
        HostPattern host;
        try {
            host = at < 0 ? HostPattern.ANY : HostPattern.of(text.substring(at + 1).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException malformed) {
            throw wrong(text);
        }
        return switch (user) {
            case "names" -> new CallPattern(text, Kind.NAMES, List.of(), host);
            case "numbers" -> new CallPattern(text, Kind.NUMBERS, List.of(), host);
            case "premium" -> new CallPattern(text, Kind.USERS, PREMIUM, host);
            case "international" -> new CallPattern(text, Kind.USERS, INTERNATIONAL, host);
            default -> new CallPattern(text, Kind.USERS, List.of(user), host);
        };
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' is no pattern of destinations, such as +49*, *@sip.example.com, 1??@10.0.0.0/8, names");
    }

    /** Any reading of the user, any host. */
    boolean denies(Destination destination) {
        return (destination.hosts().isEmpty() || destination.hosts().stream().anyMatch(host::matches))
                && hasUser(destination, destination.readings());
    }

    /** The user as it is, and each host; a {@code tel:} URI may go to any. */
    boolean allows(Destination destination) {
        boolean hosts = destination.hosts().isEmpty() ? host == HostPattern.ANY : destination.hosts().stream().allMatch(host::matches);
        return hosts && hasUser(destination, List.of(destination.user()));
    }

    private boolean hasUser(Destination destination, Iterable<String> readings) {
        if (kind != Kind.USERS) {
            return destination.isNumber() == (kind == Kind.NUMBERS);
        }
        for (String reading : readings) {
            for (String pattern : users) {
                if (Glob.matches(pattern, reading)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
