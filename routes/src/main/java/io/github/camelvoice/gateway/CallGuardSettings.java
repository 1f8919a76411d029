package io.github.camelvoice.gateway;

import io.github.camelvoice.call.guard.CallRules;
import java.time.Duration;

/**
 * Who may be called, how often, how many at a time, and for how long.
 *
 * @param allow      patterns of destinations
 * @param deny       patterns of destinations that are refused all the same
 * @param perSecond  of an account, 0 for no limit
 * @param concurrent of an account, 0 for no limit
 * @param maxTime    zero for no limit
 */
record CallGuardSettings(String allow, String deny, int perSecond, int concurrent, Duration maxTime) {

    private static final String EVERYBODY = "*";
    private static final String NAMES = "names";
    private static final int MOST = 1_000_000;

    /**
     * @param loopback whether SIP is spoken within the machine alone: what may be called there is nobody else's
     * @throws SettingException naming what is wrong
     */
    static CallGuardSettings read(SettingValues values, boolean loopback) {
        String allow = list(values, Setting.CALLS_ALLOW);
        return new CallGuardSettings(allow.isEmpty() ? loopback ? EVERYBODY : NAMES : allow, list(values, Setting.CALLS_DENY),
                number(values, Setting.CALLS_PER_SECOND, loopback ? 2_000 : 50), number(values, Setting.CALLS_CONCURRENT, loopback ? 10_000 : 500),
                values.duration(Setting.CALLS_MAX_TIME));
    }

    private static int number(SettingValues values, Setting setting, int otherwise) {
        return values.text(setting).isEmpty() ? otherwise : values.number(setting, 0, MOST);
    }

    private static String list(SettingValues values, Setting setting) {
        String text = values.text(setting);
        try {
            new CallRules(text, "none");
            return text;
        } catch (IllegalArgumentException wrong) {
            throw SettingException.of(setting, "has an entry that cannot be used: " + wrong.getMessage());
        }
    }
}
