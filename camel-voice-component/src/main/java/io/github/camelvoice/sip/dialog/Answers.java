package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.Arrays;
import java.util.List;

/** What responses to SUBSCRIBE and REGISTER say. Seconds, -1 where they do not say it, or say it in a way that cannot be read. */
public final class Answers {

    private Answers() {
    }

    /** @param otherwise where the response does not say it */
    public static int expires(SIPResponse response, int otherwise) {
        int given = seconds(response, "Expires");
        return given < 0 ? otherwise : given;
    }

    public static int minExpires(SIPResponse response) {
        return seconds(response, "Min-Expires");
    }

    public static int retryAfter(SIPResponse response) {
        return leading(Messages.value(response, "Retry-After"));
    }

    /** Option tags of a 420. */
    public static List<String> unsupported(SIPResponse response) {
        String value = Messages.value(response, "Unsupported");
        return value == null ? List.of() : Arrays.stream(value.split(",")).map(String::trim).filter(tag -> !tag.isEmpty()).toList();
    }

    private static int seconds(SIPResponse response, String name) {
        try {
            return seconds(Messages.value(response, name));
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }

    /** Seconds, the most that an int holds for more; -1 for null. @throws NumberFormatException for what is no number */
    public static int seconds(String value) {
        if (value == null) {
            return -1;
        }
        String digits = value.trim();
        if (digits.isEmpty() || digits.length() > 20 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NumberFormatException("not a number of seconds");
        }
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    /** The seconds that Retry-After begins with; -1 without. */
    public static int leading(String value) {
        if (value == null) {
            return -1;
        }
        int end = 0;
        while (end < value.length() && Character.isDigit(value.charAt(end))) {
            end++;
        }
        return end == 0 || end > 9 ? -1 : Integer.parseInt(value.substring(0, end));
    }
}
