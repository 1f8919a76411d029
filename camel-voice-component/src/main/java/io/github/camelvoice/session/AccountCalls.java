package io.github.camelvoice.session;

import java.util.List;
import java.util.Locale;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;

/** How calls of an account leave: who it is there, with which credentials, and by way of whom. */
public final class AccountCalls {

    private AccountCalls() {
    }

    /**
     * The INVITE of a call of this account.
     *
     * @param target       SIP URI
     * @param registration of the account, null if there is none
     */
    public static OutboundLeg leg(Account account, RegistrationInfo registration, String target, SipHeaders headers) {
        String proxy = proxy(account);
        List<String> route = route(registration, proxy);
        boolean straight = proxy == null && route.isEmpty();
        boolean atHome = !straight || host(target).equals(host("sip:" + account.name()));
        String username = account.authUsername() == null ? account.name().substring(0, account.name().lastIndexOf('@')) : account.authUsername();
        // A server that is not the account's own gets no answer to its challenge: it could guess the password by it.
        boolean known = atHome && account.password() != null;
        return new OutboundLeg(straight && atHome ? withTransport(target, account.transport()) : target, Addressing.from(account.name()),
                account.displayName(), known ? username : null, known ? account.password() : null, proxy, 0, headers).withRoute(route);
    }

    /**
     * Whom a call of this account is meant for, as a SIP URI.
     *
     * @param who SIP URI, {@code user@host}, {@code tel:} and a number, or a user or number at the account's own server
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static String target(Account account, String who) {
        return Addressing.uri(who, account.name(), "target");
    }

    private static String proxy(Account account) {
        if (account.outboundProxy() == null || account.outboundProxy().isBlank()) {
            return null;
        }
        String proxy = account.outboundProxy().strip();
        String lower = proxy.toLowerCase(Locale.ROOT);
        return withTransport(lower.startsWith("sip:") || lower.startsWith("sips:") ? proxy : "sip:" + proxy, account.transport());
    }

    /** What the server told (RFC 3608), without the proxy that is passed anyway. */
    private static List<String> route(RegistrationInfo registration, String proxy) {
        List<String> told = registration == null ? List.of() : registration.serviceRoute();
        boolean same = proxy != null && !told.isEmpty() && authority(told.get(0)).equals(authority(proxy));
        return same ? told.subList(1, told.size()) : told;
    }

    private static String withTransport(String uri, String transport) {
        boolean said = transport == null || uri.toLowerCase(Locale.ROOT).contains(";transport=") || uri.regionMatches(true, 0, "sips:", 0, 5);
        return said ? uri : uri + ";transport=" + transport;
    }

    /** Host and port of a URI. */
    private static String authority(String uri) {
        String rest = uri.substring(uri.indexOf(':') + 1);
        int parameters = rest.indexOf(';');
        String address = parameters < 0 || rest.indexOf('@') > parameters ? rest : rest.substring(0, parameters);
        String server = address.substring(address.lastIndexOf('@') + 1);
        int more = server.indexOf(';');
        return (more < 0 ? server : server.substring(0, more)).toLowerCase(Locale.ROOT);
    }

    private static String host(String uri) {
        return authority(uri).replaceFirst(":[0-9]+$", "");
    }
}
