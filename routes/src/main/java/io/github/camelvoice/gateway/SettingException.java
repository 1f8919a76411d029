package io.github.camelvoice.gateway;

/** A setting that cannot be used, or something at start that a person has to put right; the message names it and is all they need. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message);
    }

    public SettingException(String message, Throwable cause) {
        super(message, cause);
    }

    static SettingException of(Setting setting, String problem) {
        return new SettingException(setting.key() + " " + problem);
    }
}
