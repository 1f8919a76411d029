package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.dialog.Messages;
import java.util.Arrays;
import java.util.List;

/** What responses to SUBSCRIBEs say. Seconds, -1 where they do not say it, or say it in a way that cannot be read. */
final class Answers {

    private Answers() {
    }

    /** @param otherwise where the response does not say it */
    static int expires(SIPResponse response, int otherwise) {
        int given = seconds(response, "Expires");
        return given < 0 ? otherwise : given;
    }

    static int minExpires(SIPResponse response) {
        return seconds(response, "Min-Expires");
    }

    static int retryAfter(SIPResponse response) {
        return EventFields.retryAfter(Messages.value(response, "Retry-After"));
    }

    /** Option tags of a 420. */
    static List<String> unsupported(SIPResponse response) {
        String value = Messages.value(response, "Unsupported");
        return value == null ? List.of() : Arrays.stream(value.split(",")).map(String::trim).filter(tag -> !tag.isEmpty()).toList();
    }

    private static int seconds(SIPResponse response, String name) {
        try {
            return EventFields.seconds(Messages.value(response, name));
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }
}
