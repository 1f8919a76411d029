package io.github.camelvoice.gateway;

import java.net.URI;

/**
 * What calls hear, and where what they say is found.
 *
 * @param speech           {@code espeak-ng}, a URL, a Camel endpoint, or {@code none}
 * @param publicUrl        without a slash at the end, null for the address that HTTP listens on
 * @param recordingTargets names and endpoints, separated by blanks; empty for none
 */
public record PromptSettings(String speech, String publicUrl, String recordingTargets) {

    /** @throws SettingException naming what is wrong */
    static PromptSettings read(SettingValues values) {
        String speech = values.text(Setting.SPEECH);
        if (!speech.equals("espeak-ng") && !speech.equals("none") && !speech.matches("[a-z][a-z0-9+.-]*:\\S+")) {
            throw SettingException.of(Setting.SPEECH, "must be espeak-ng, an http or https URL, a Camel endpoint, or none");
        }
        String targets = values.text(Setting.RECORDING_TARGETS);
        int number = 0;
        for (String each : targets.isBlank() ? new String[0] : targets.strip().split("\\s+")) {
            number++;
            if (!each.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}=[a-z][a-z0-9+.-]*:\\S+")) {
                throw SettingException.of(Setting.RECORDING_TARGETS, "has an entry that is not name=endpoint: number " + number);
            }
        }
        return new PromptSettings(speech, publicUrl(values.text(Setting.PUBLIC_URL)), targets.strip());
    }

    private static String publicUrl(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null) {
                return text.replaceAll("/+$", "");
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw SettingException.of(Setting.PUBLIC_URL, "must be an http or https URL without user, query and fragment");
    }

    /** Without the endpoints: they may have passwords. */
    @Override
    public String toString() {
        return "PromptSettings[" + publicUrl + "]";
    }
}
