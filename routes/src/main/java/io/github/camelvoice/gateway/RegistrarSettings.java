package io.github.camelvoice.gateway;

import java.util.Map;

/**
 * Users who register their phones here.
 *
 * @param on      whether they may
 * @param domains SIP domains that are ours, between commas; may be empty
 * @param realm   of challenges, and of the hashes of users
 */
record RegistrarSettings(boolean on, String domains, String realm) {

    /** @throws SettingException naming what is wrong */
    static RegistrarSettings read(SettingValues values) {
        String text = values.text(Setting.REGISTRAR);
        if (!text.equals("on") && !text.equals("off")) {
            throw SettingException.of(Setting.REGISTRAR, "must be on or off: " + text);
        }
        String domains = values.text(Setting.DOMAINS);
        if (!domains.matches("[A-Za-z0-9., -]{0,1024}")) {
            throw SettingException.of(Setting.DOMAINS, "must be names of domains between commas: " + domains);
        }
        String realm = values.text(Setting.SIP_REALM);
        if (!realm.matches("[A-Za-z0-9._@ -]{1,100}")) {
            throw SettingException.of(Setting.SIP_REALM, "must be 1 to 100 letters, digits, blanks and . _ @ -: " + realm);
        }
        return new RegistrarSettings(text.equals("on"), domains, realm);
    }

    /** What {@code users.yaml} finds. */
    Map<String, String> properties() {
        return Map.of("voice.registrar.on", String.valueOf(on));
    }
}
