package io.github.camelvoice.document;

import io.github.camelvoice.call.CallSnapshot;
import java.util.List;
import java.util.Map;

/**
 * A question to an application: what happens to this call next.
 *
 * @param url            http or https, absolute; its fragment may say what time there is
 * @param method         GET or POST
 * @param fallbackUrl    asked where the first gives no document; null for nobody
 * @param fallbackMethod GET or POST, null without a fallback
 * @param parameters     beyond the standard ones of the call
 */
public record Ask(CallSnapshot call, String url, String method, String fallbackUrl, String fallbackMethod,
                  List<Map.Entry<String, String>> parameters) {

    public Ask {
        parameters = List.copyOf(parameters);
    }

    /** Without a fallback. */
    public static Ask of(CallSnapshot call, Action action, List<Map.Entry<String, String>> parameters) {
        return of(call, action, null, parameters);
    }

    /** @param fallback null for nobody */
    public static Ask of(CallSnapshot call, Action action, Action fallback, List<Map.Entry<String, String>> parameters) {
        return new Ask(call, action.url(), action.method(), fallback == null ? null : fallback.url(), fallback == null ? null : fallback.method(),
                parameters);
    }
}
