package io.github.camelvoice.trace.form;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words why a far end could not be reached, from the phrase of a transport failure. */
final class ConnectTrouble {

    private static final Pattern PHRASE = Pattern.compile("cannot send to (\\S+(?:(?: \\(\\S+\\))? port \\d+ \\(\\w+\\))?): (.*)");
    private static final Pattern ADDRESS = Pattern.compile("(\\S+)(?: \\((\\S+)\\))? port (\\d+) \\((\\w+)\\)");
    private static final Pattern HOP = Pattern.compile("(udp|tcp|tls):(.+):(\\d+)");
    private static final String ALERT = "received fatal alert: ";

    private ConnectTrouble() {
    }

    static String say(String phrase) {
        Matcher parts = PHRASE.matcher(phrase);
        return parts.matches() ? say(where(parts.group(1)), parts.group(2)) : phrase;
    }

    private static String where(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (address.matches()) {
            String name = address.group(2) == null ? "" : " (" + address.group(1) + ")";
            String ip = address.group(2) == null ? address.group(1) : address.group(2);
            return bracketed(ip) + ":" + address.group(3) + " (" + address.group(4) + ")" + name;
        }
        Matcher hop = HOP.matcher(text);
        return hop.matches() ? bracketed(hop.group(2)) + ":" + hop.group(3) + " (" + hop.group(1) + ")" : text;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String say(String where, String why) {
        String text = why.toLowerCase(Locale.ROOT);
        if (text.contains("connection refused")) {
            return "connection refused by " + where;
        }
        if (text.contains("timed out") || text.contains("takes too long")) {
            return "no connection: " + where + " does not respond";
        }
        if (text.startsWith("unknown host")) {
            return why + ": its name is not known";
        }
        if (text.contains("certification path") || text.contains("trust anchors") || text.contains("no trusted certificate")) {
            return "certificate not trusted: that of " + where + " is not signed by anybody whom we trust";
        }
        if (text.contains("validity check failed") || text.contains("notafter") || text.contains("notbefore")) {
            return "certificate not trusted: that of " + where + " is not valid at this time";
        }
        if (text.contains("no subject alternative") || text.contains("no name matching")) {
            return "certificate not trusted: that of " + where + " is made out to another name";
        }
        if (text.contains("pkix") || text.contains("certificate") && !text.contains(ALERT)) {
            return "certificate not trusted: that of " + where + ": " + why;
        }
        int alert = text.indexOf(ALERT);
        if (alert >= 0) {
            String name = why.substring(alert + ALERT.length());
            return text.contains("certificate") || text.contains("unknown_ca")
                    ? "our certificate is not accepted: " + where + " says " + name : "no TLS with " + where + ": it says " + name;
        }
        return "cannot reach " + where + ": " + why;
    }
}
