package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which inbound calls a consumer is responsible for. */
final class PartyFilter {

    private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");
    /** Ranks take less room than this between two values of the option {@code order}. */
    private static final int RANKS = 16;

    private final Users called;
    private final Users calling;
    private final Set<String> transports;
    /** Whether a called user is one of ours; null where that is not asked. */
    private final Predicate<String> users;

    /** @throws IllegalArgumentException for an unknown transport */
    PartyFilter(VoiceConfiguration options) {
        this(options, null);
    }

    /** @param users who is a user of ours, null to take others as well */
    PartyFilter(VoiceConfiguration options, Predicate<String> users) {
        this.users = users;
        called = new Users(Arguments.list(options.getCalled()));
        calling = new Users(Arguments.list(options.getCalling()));
        transports = Arguments.list(options.getTransport()).stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        for (String transport : transports) {
            if (!TRANSPORTS.contains(transport)) {
                throw new IllegalArgumentException("transport has no value '" + transport + "'; there are [udp, tcp, tls]");
            }
        }
    }

    boolean matches(Calls.IncomingCall call) {
        return (called.everybody || called.match(call.called().user())) && (users == null || users.test(call.called().user()))
                && (calling.everybody || calling.match(call.from().user()))
                && (transports.isEmpty() || transports.contains(call.transport().toLowerCase(Locale.ROOT)));
    }

    /** The same for a call that is there already, in either direction. */
    boolean matches(CallSnapshot call) {
        return (called.everybody || called.match(user(call.calledUri()))) && (calling.everybody || calling.match(call.from().user()))
                && (transports.isEmpty() || transports.contains(call.transport().toLowerCase(Locale.ROOT)));
    }

    /** User part of a SIP or tel URI, empty without one. */
    static String user(String uri) {
        String rest = uri.substring(uri.indexOf(':') + 1);
        int at = rest.indexOf('@');
        String user = at >= 0 ? rest.substring(0, at) : uri.regionMatches(true, 0, "tel:", 0, 4) ? rest : "";
        return user.replaceFirst("[:;].*", "");
    }

    /** The place among the receivers: the option first, then the more specific filter. */
    int order(int configured) {
        int limit = Integer.MAX_VALUE / RANKS;
        return Math.max(-limit, Math.min(limit, configured)) * RANKS + (users == null ? called.rank() : 0) * 4 + (calling.rank() == 2 ? 2 : 0)
                + (transports.isEmpty() ? 1 : 0);
    }

    /** User names and patterns; none means everybody. */
    private static final class Users {
        private final Set<String> names;
        private final List<Pattern> patterns;
        private final boolean everybody;

        Users(List<String> entries) {
            names = entries.stream().filter(each -> each.indexOf('*') < 0).collect(Collectors.toSet());
            patterns = entries.stream().filter(each -> each.indexOf('*') >= 0).map(Users::pattern).toList();
            everybody = entries.isEmpty() || entries.contains("*");
        }

        private static Pattern pattern(String wildcard) {
            return Pattern.compile(Pattern.quote(wildcard).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
        }

        boolean match(String user) {
            return names.contains(user) || patterns.stream().anyMatch(each -> each.matcher(user).matches());
        }

        /** 0 names alone, 1 a pattern, 2 everybody. */
        int rank() {
            return everybody ? 2 : patterns.isEmpty() ? 0 : 1;
        }
    }
}
