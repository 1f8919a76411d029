package io.github.camelvoice.subscription.state;

import java.util.Map;

/**
 * How far what a REFER asked for has come (RFC 3515, section 2.4.5): the status line of the response to it.
 *
 * @param code     100 to 699
 * @param phrase   may be empty
 * @param document the fragment as it came
 */
public record ReferProgress(int code, String phrase, String document) implements EventState {

    public static final String TYPE = "message/sipfrag";

    /** Whether nothing more is to come. */
    public boolean isFinal() {
        return code >= 200;
    }

    @Override
    public long version() {
        return -1;
    }

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public Map<String, Object> values() {
        return Fields.values("code", code, "phrase", phrase, "final", isFinal());
    }
}
