package io.github.camelvoice.subscription.sep;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** What values of a request look like, whatever form it has. */
final class SepRules {

    static final String EVENT = "is no event package: letters, digits, hyphens and dots, such as reg, dialog or message-summary";
    static final String RESOURCE = "must be a SIP URI: sip:user@example.com";
    static final String ACCEPT = "must be a media type: application/reginfo+xml";
    static final String EXPIRES = "must be a time with its zone: 2026-11-22T18:00:00+00:00";

    private static final String TOKEN = "[A-Za-z0-9!%*_+`'~-]{1,64}";
    private static final Pattern EVENT_TYPE = Pattern.compile(TOKEN + "(\\." + TOKEN + "){0,8}(;" + TOKEN + "(=(" + TOKEN + "|[A-Za-z0-9.@:%+_-]{1,256}"
            + "|\"[^\"\\\\\\p{Cntrl}]{0,256}\"))?){0,8}");
    private static final Pattern URI = Pattern.compile("(?i)sips?:[^\\s<>\"\\p{Cntrl}@;?]*(@[^\\s<>\"\\p{Cntrl}@]+)?[^\\s<>\"\\p{Cntrl}@]*");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}");
    private static final int LATEST_YEAR = 9999;

    private SepRules() {
    }

    /** RFC 6665, section 8.2.1, with parameters. */
    static boolean isEvent(String text) {
        return text.length() <= 512 && EVENT_TYPE.matcher(text).matches();
    }

    static boolean isResource(String uri) {
        return uri.length() <= 1_024 && uri.indexOf(':') + 1 < uri.length() && URI.matcher(uri).matches();
    }

    static boolean isMediaType(String text) {
        return MEDIA_TYPE.matcher(text).matches();
    }

    /** @return null for what is no dateTime with a zone */
    static Instant time(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.strip());
            return time.getYear() > LATEST_YEAR || time.getYear() < 1 ? null : time.toInstant();
        } catch (DateTimeException malformed) {
            return null;
        }
    }
}
