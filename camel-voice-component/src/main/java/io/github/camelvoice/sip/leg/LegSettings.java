package io.github.camelvoice.sip.leg;

import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.sip.dialog.Dialog;

/**
 * What legs can be told.
 *
 * @param t1Millis       round-trip estimate, base of the repetitions (RFC 3261, 17.1.1.1)
 * @param t2Millis       longest pause between repetitions
 * @param sessionExpires seconds of RFC 4028, 0 to switch session timers off
 * @param minSe          smallest interval accepted, 90 or more
 * @param pinSource      whether requests in a dialog must come from an address that the dialog named (see {@link Dialog#mayCome})
 * @param identity       user of our Contact, and of our From where a call names none
 * @param product        value of User-Agent and Server, null for none
 */
public record LegSettings(int t1Millis, int t2Millis, int sessionExpires, int minSe, boolean pinSource, String identity,
                          String product) {

    /** RFC 3261's timers, and what the engine is told. */
    public static LegSettings of(SipConfig config) {
        return new LegSettings(500, 4000, config.sessionExpires(), config.minSe(), config.pinSource(), config.identity(), config.userAgent());
    }

    /** 64 x T1: when to give up. */
    public long giveUpMillis() {
        return 64L * t1Millis;
    }

    boolean sessionTimers() {
        return sessionExpires > 0;
    }
}
