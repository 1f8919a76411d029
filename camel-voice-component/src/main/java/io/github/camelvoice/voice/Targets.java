package io.github.camelvoice.voice;

/** The ways to write whom to call, and the SIP URI that each means. */
final class Targets {

    private Targets() {
    }

    /**
     * {@code sip:} and {@code sips:} stay as they are, {@code user@host} gets {@code sip:}, and {@code tel:+49…} becomes a SIP URI at the
     * outbound proxy (RFC 3261, section 19.1.6). {@code user:alice} is a user who registers here.
     */
    static String sipUri(String target, String outboundProxy, String ownAddress) throws VoiceRequestException {
        if (hasScheme(target, "user:")) {
            String user = target.substring(5);
            if (!user.matches("[^@:;?<>\"\\s]{1,128}")) {
                throw new VoiceRequestException("target " + target.replaceAll("\\p{Cntrl}", "?") + " is not user:NAME");
            }
            return "sip:" + user + "@" + ownAddress;
        }
        return sipUri(target, outboundProxy);
    }

    /** The same without users of ours. */
    static String sipUri(String target, String outboundProxy) throws VoiceRequestException {
        oneWord("target", target);
        if (hasScheme(target, "sip:") || hasScheme(target, "sips:")) {
            return target;
        }
        if (hasScheme(target, "tel:")) {
            if (outboundProxy == null) {
                throw new VoiceRequestException("target " + target + " needs the option outboundProxy: a telephone number has no address");
            }
            return "sip:" + target.substring(4) + "@" + hostOf(outboundProxy) + ";user=phone";
        }
        if (target.indexOf('@') > 0 || target.indexOf(':') < 0) {
            return "sip:" + target;
        }
        String scheme = target.substring(0, target.indexOf(':'));
        if (scheme.matches("[a-zA-Z][a-zA-Z0-9+-]*") && !target.substring(target.indexOf(':') + 1).matches("[0-9]{1,5}([;?].*)?")) {
            throw new VoiceRequestException("target " + target + " must be a sip:, sips: or tel: URI, or user@host");
        }
        return "sip:" + target;
    }

    /** A user name alone is put before our own address. */
    static String identity(String from, String ownAddress) throws VoiceRequestException {
        oneWord("from", from);
        return from == null || from.indexOf('@') >= 0 || from.indexOf(':') >= 0 ? withScheme(from) : "sip:" + from + "@" + ownAddress;
    }

    private static String withScheme(String from) {
        return from == null || hasScheme(from, "sip:") || hasScheme(from, "sips:") || hasScheme(from, "tel:") ? from : "sip:" + from;
    }

    /** JAIN-SIP reads what stands before a blank, or behind it, and calls somebody else. */
    private static void oneWord(String option, String uri) throws VoiceRequestException {
        if (uri != null && uri.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw new VoiceRequestException(option + " is not a SIP URI, it has blanks or control characters: " + uri.replaceAll("\\p{Cntrl}", "?"));
        }
    }

    private static boolean hasScheme(String uri, String scheme) {
        return uri.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static String hostOf(String sipUri) {
        String rest = sipUri.replaceFirst("(?i)^sips?:", "");
        int at = rest.indexOf('@');
        return rest.substring(at + 1).replaceFirst("[;?].*$", "");
    }
}
