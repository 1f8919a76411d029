package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;

/**
 * What both sides agreed about the session timer (RFC 4028). Pure.
 *
 * @param interval  seconds after which the session expires unless refreshed
 * @param weRefresh whether the refreshes are our duty
 */
record SessionTerms(int interval, boolean weRefresh) {

    private static final int ABSOLUTE_MIN = 90;

    /** Header values of a message: interval 0 and refresher null where there are none. */
    private record Asked(int interval, String refresher) {
    }

    /** Whether the request asks for less than we accept and can be told so (section 9). */
    static boolean tooBrief(SIPRequest request, LegSettings settings) {
        int asked = asked(request).interval();
        return settings.sessionTimers() && asked > 0 && asked < settings.minSe() && supports(request);
    }

    /** The terms of our 2xx to an INVITE or UPDATE (section 9), null for none. */
    static SessionTerms ofRequest(SIPRequest request, LegSettings settings) {
        if (!settings.sessionTimers()) {
            return null;
        }
        boolean supports = supports(request);
        Asked asked = asked(request);
        int least = Math.max(number(Messages.value(request, "Min-SE")), settings.minSe());
        if (asked.interval() == 0) {
            return supports ? new SessionTerms(Math.max(settings.sessionExpires(), least), true) : null;
        }
        int interval = Math.max(Math.min(asked.interval(), settings.sessionExpires()), least);
        return new SessionTerms(interval, !supports || !"uac".equals(asked.refresher()));
    }

    /** The terms that a 2xx to our INVITE or UPDATE set (section 7.2), null for none. */
    static SessionTerms ofResponse(SIPResponse response, LegSettings settings) {
        Asked asked = asked(response);
        if (!settings.sessionTimers() || asked.interval() == 0) {
            return null;
        }
        return new SessionTerms(Math.max(asked.interval(), Math.min(ABSOLUTE_MIN, settings.minSe())), !"uas".equals(asked.refresher()));
    }

    /** The interval that a 422 demands at least, 0 if it does not say. */
    static int demanded(SIPResponse tooBrief) {
        return number(Messages.value(tooBrief, "Min-SE"));
    }

    /** Headers of our 2xx. */
    void answer(SIPRequest request, SIPResponse ok) {
        ok.addHeader(new RawHeader("Session-Expires", interval + ";refresher=" + (weRefresh ? "uas" : "uac")));
        if (supports(request)) {
            ok.addHeader(Messages.REQUIRE_TIMER);
        }
    }

    /** Headers of a refresh of ours, or of any INVITE or UPDATE of ours while these terms hold. */
    void ask(SIPRequest request, int minSe) {
        request.addHeader(new RawHeader("Session-Expires", interval + ";refresher=" + (weRefresh ? "uac" : "uas")));
        request.addHeader(new RawHeader("Min-SE", String.valueOf(minSe)));
    }

    /** Seconds after the last refresh at which we refresh. */
    long refreshSeconds() {
        return interval / 2;
    }

    /** Seconds after the last refresh at which we give up (section 10). */
    long expirySeconds() {
        return interval - Math.min(32, interval / 3);
    }

    private static boolean supports(SIPMessage message) {
        return Messages.lists(message, "Supported", "timer") || Messages.lists(message, "Require", "timer");
    }

    private static Asked asked(SIPMessage message) {
        String value = Messages.value(message, "Session-Expires");
        if (value == null) {
            return new Asked(0, null);
        }
        String refresher = null;
        for (String parameter : value.split(";")) {
            String trimmed = parameter.trim().toLowerCase(java.util.Locale.ROOT);
            if (trimmed.startsWith("refresher=")) {
                refresher = trimmed.substring("refresher=".length()).trim();
            }
        }
        return new Asked(number(value), refresher);
    }

    /** The leading number, 0 if there is none; huge ones are cut to a day. */
    private static int number(String value) {
        if (value == null) {
            return 0;
        }
        int number = 0;
        for (int i = 0; i < value.length() && Character.digit(value.charAt(i), 10) >= 0 && number < 86_400; i++) {
            number = number * 10 + Character.digit(value.charAt(i), 10);
        }
        return Math.min(number, 86_400);
    }
}
