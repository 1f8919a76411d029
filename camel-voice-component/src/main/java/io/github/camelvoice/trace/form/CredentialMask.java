package io.github.camelvoice.trace.form;

import java.util.Set;

/** Hides what proves a password in the value of an authentication header (RFC 3261, section 25.1; RFC 7616, RFC 7617, RFC 6750). */
final class CredentialMask {

    private static final Set<String> SCHEMES = Set.of("digest", "basic", "bearer", "ntlm", "negotiate");
    /** Whoever has one of these can try passwords at home. The rest of a digest says which challenge was answered and for whom. */
    private static final Set<String> SECRETS = Set.of("response", "rspauth");
    private static final int MAX_SECRETS = 32;

    private final Mask mask;
    private final byte[] data;
    private final int[] secrets = new int[2 * MAX_SECRETS];
    private int found;

    CredentialMask(Mask mask, byte[] data) {
        this.mask = mask;
        this.data = data;
    }

    /** Hides a header if it is one with credentials. */
    void hide(HeaderLines header) {
        if (header.isNamed("authorization") || header.isNamed("proxy-authorization")) {
            credentials(header.valueFrom, header.valueTo);
        } else if (header.isNamed("authentication-info") || header.isNamed("proxy-authentication-info")) {
            parameters(header.valueFrom, header.valueTo);
        }
    }

    /** Of a scheme that we do not know nothing stays, not even its name: it may be a token without one. */
    private void credentials(int from, int to) {
        int end = Octets.skipToken(data, from, to);
        boolean apart = end == to || Octets.isBlank(data[end]) || Octets.isLineEnd(data[end]);
        String scheme = Octets.lowerCase(data, from, end);
        if (!apart || !SCHEMES.contains(scheme)) {
            mask.hide(from, to);
        } else if (scheme.equals("digest")) {
            parameters(end, to);
        } else {
            mask.hide(end, to);
        }
    }

    /** What is not well-formed is hidden wholly: it could be read in more than one way. */
    private void parameters(int from, int to) {
        found = 0;
        int at = Octets.skipSpace(data, from, to);
        while (at >= 0 && at < to) {
            at = data[at] == ',' ? Octets.skipSpace(data, at + 1, to) : parameter(at, to);
        }
        if (at < 0) {
            mask.hide(from, to);
            return;
        }
        for (int i = 0; i < found; i++) {
            mask.hide(secrets[2 * i], secrets[2 * i + 1]);
        }
    }

    /** Reads one {@code name=value}. @return where its comma stands, or the end; -1 if it is malformed */
    private int parameter(int from, int to) {
        int nameTo = Octets.skipToken(data, from, to);
        int equals = Octets.skipSpace(data, nameTo, to);
        if (nameTo == from || equals == to || data[equals] != '=') {
            return -1;
        }
        int valueFrom = Octets.skipSpace(data, equals + 1, to);
        int valueTo;
        int end;
        if (valueFrom < to && data[valueFrom] == '"') {
            valueFrom++;
            valueTo = closingQuote(valueFrom, to);
            end = valueTo + 1;
        } else {
            valueTo = valueFrom;
            while (valueTo < to && data[valueTo] != ',' && data[valueTo] != '"' && !Octets.isBlank(data[valueTo])
                    && !Octets.isLineEnd(data[valueTo])) {
                valueTo++;
            }
            end = valueTo;
        }
        if (valueTo < 0) {
            return -1;
        }
        if (SECRETS.contains(Octets.lowerCase(data, from, nameTo))) {
            if (found == MAX_SECRETS) {
                return -1;
            }
            secrets[2 * found] = valueFrom;
            secrets[2 * found++ + 1] = valueTo;
        }
        int comma = Octets.skipSpace(data, end, to);
        return comma == to || data[comma] == ',' ? comma : -1;
    }

    private int closingQuote(int from, int to) {
        for (int at = from; at < to; at++) {
            if (data[at] == '\\') {
                at++;
            } else if (data[at] == '"') {
                return at;
            }
        }
        return -1;
    }
}
