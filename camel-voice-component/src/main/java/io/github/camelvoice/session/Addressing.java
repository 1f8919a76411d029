package io.github.camelvoice.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelvoice.call.ReservedHeaders;
import io.github.camelvoice.call.SipHeaders;

/** Names of accounts, of those who are called, and headers: read from what others wrote. What is wrong is an {@link IllegalArgumentException} that names the field. */
final class Addressing {

    private static final int LONGEST = 512;
    private static final int MOST_HEADERS = 50;
    private static final int LONGEST_HEADER = 4096;
    private static final String USER = "(?:[A-Za-z0-9\\-_.!~*'()&=+$,;?/]|%[0-9A-Fa-f]{2}){1,128}";
    private static final String HOST = "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\\.?|\\[[0-9A-Fa-f:.]{2,45}\\])";
    private static final Pattern ADDRESS = Pattern.compile("(" + USER + ")@(" + HOST + ")(?::([0-9]{1,5}))?");
    private static final Pattern BARE = Pattern.compile(USER);
    private static final Pattern TEL = Pattern.compile("\\+?[0-9*#A-Da-d.()-]*[0-9*#][0-9*#A-Da-d.()-]*");
    private static final Pattern URI = Pattern.compile("(sips?):(?:(" + USER + "(?::[^@\\s<>\"]*)?)@)?(" + HOST + ")(?::([0-9]{1,5}))?((?:;[^\\s<>\"?,;]+)*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\-.!%*_+`'~]{1,128}");

    private Addressing() {
    }

    /** {@code user@host[:port]} of an account; the host in lower case. */
    static String account(String name) {
        String text = plain(name, "account");
        String bare = text.regionMatches(true, 0, "sip:", 0, 4) ? text.substring(4) : text;
        Matcher matcher = ADDRESS.matcher(bare);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("account is not user@host or user@host:port: " + shown(text));
        }
        port(matcher.group(3), "account");
        return matcher.group(1) + "@" + matcher.group(2).toLowerCase(Locale.ROOT) + (matcher.group(3) == null ? "" : ":" + matcher.group(3));
    }

    /** Where an account is at home: host, perhaps with a port. */
    static String server(String account) {
        return account.substring(account.lastIndexOf('@') + 1);
    }

    /** Address of record: a From must not have a port (RFC 3261, table 1). */
    static String from(String account) {
        Matcher matcher = ADDRESS.matcher(account);
        return "sip:" + (matcher.matches() ? matcher.group(1) + "@" + matcher.group(2) : account);
    }

    /**
     * SIP URI of somebody who is to be called.
     *
     * @param account whose server it is where no host is named
     * @param field   what to call it in errors
     */
    static String uri(String who, String account, String field) {
        String text = plain(who, field);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("sip:") || lower.startsWith("sips:")) {
            Matcher matcher = URI.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(field + " is not a SIP URI that can be called: " + shown(text));
            }
            port(matcher.group(4), field);
            return text;
        }
        if (lower.startsWith("tel:")) {
            String number = text.substring(4);
            if (!TEL.matcher(number).matches()) {
                throw new IllegalArgumentException(field + " is not a telephone number without parameters: " + shown(text));
            }
            // RFC 3261, section 19.1.6; visual separators go.
            return "sip:" + number.replaceAll("[-.()]", "").replace("#", "%23") + "@" + server(account) + ";user=phone";
        }
        Matcher matcher = ADDRESS.matcher(text);
        if (matcher.matches()) {
            port(matcher.group(3), field);
            return "sip:" + text;
        }
        String escaped = text.replace("#", "%23");
        if (!BARE.matcher(escaped).matches()) {
            throw new IllegalArgumentException(field + " is no SIP URI, no user@host, and no user or number: " + shown(text));
        }
        return "sip:" + escaped + "@" + server(account);
    }

    private static String plain(String text, String field) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        String bare = text.strip();
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException(field + " has a line break or another control character");
        }
        if (bare.length() > LONGEST) {
            throw new IllegalArgumentException(field + " has more than " + LONGEST + " characters");
        }
        return bare;
    }

    private static void port(String digits, String field) {
        int port = digits == null ? 1 : Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(field + " has a port that there is not: " + digits);
        }
    }

    /** Text that goes into a header between quotes; null stays null, and blank becomes null. */
    static String text(String value, String field) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException(field + " has a line break or another control character");
        }
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(field + " has more than " + LONGEST + " characters");
        }
        return value;
    }

    /** Headers that others may set on our requests. */
    static SipHeaders headers(SipHeaders headers) {
        SipHeaders fields = headers == null ? SipHeaders.none() : headers;
        if (fields.size() > MOST_HEADERS) {
            throw new IllegalArgumentException("headers: there are more than " + MOST_HEADERS);
        }
        for (SipHeaders.Field field : fields) {
            if (field.name() == null || !TOKEN.matcher(field.name()).matches()) {
                throw new IllegalArgumentException("headers: a name that is none: " + shown(field.name()));
            }
            if (ReservedHeaders.contains(field.name()) || field.name().equalsIgnoreCase("body")) {
                throw new IllegalArgumentException("headers: " + field.name() + " may not be set, it belongs to the call");
            }
            String value = field.value() == null ? "" : field.value();
            if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
                throw new IllegalArgumentException("headers: " + field.name() + " has a line break or another control character");
            }
            if (value.length() > LONGEST_HEADER) {
                throw new IllegalArgumentException("headers: " + field.name() + " has more than " + LONGEST_HEADER + " characters");
            }
        }
        return fields;
    }

    private static String shown(String text) {
        String clean = text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (clean.length() > 60 ? clean.substring(0, 60) + "…" : clean) + "'";
    }
}
