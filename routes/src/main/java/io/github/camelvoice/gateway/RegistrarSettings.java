package io.github.camelvoice.gateway;

import java.util.Map;

/**
 * Users who register their phones here.
 *
 * @param on      whether they may
 * @param domains SIP domains that are ours, between commas; may be empty
 * @param called  the users, between commas; empty if none may register
 */
record RegistrarSettings(boolean on, String domains, String called) {

    /** @throws SettingException naming what is wrong */
    static RegistrarSettings read(SettingValues values, Map<String, String> users) {
        String text = values.text(Setting.REGISTRAR);
        boolean on = switch (text) {
            case "" -> !users.isEmpty();
            case "on" -> true;
            case "off" -> false;
            default -> throw SettingException.of(Setting.REGISTRAR, "must be on or off: " + text);
        };
        if (on && users.isEmpty()) {
            throw SettingException.of(Setting.REGISTRAR, "is on, but " + Setting.SIP_USERS.key() + " names nobody who could register");
        }
        String domains = values.text(Setting.DOMAINS);
        if (!domains.matches("[A-Za-z0-9., -]{0,1024}")) {
            throw SettingException.of(Setting.DOMAINS, "must be names of domains between commas: " + domains);
        }
        return new RegistrarSettings(on, domains, on ? String.join(",", users.keySet()) : "");
    }

    /** What {@code users.yaml} finds. */
    Map<String, String> properties() {
        return Map.of("voice.registrar.called", called);
    }
}
