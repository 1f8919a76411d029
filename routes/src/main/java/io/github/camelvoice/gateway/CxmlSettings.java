package io.github.camelvoice.gateway;

import io.github.camelvoice.document.StatusOrder;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.webhook.Orders;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The application that inbound calls are given to, checked.
 *
 * @param url            asked for the document of each call, empty for none; may have a password
 * @param called         which called users it has, empty for all
 * @param method         GET or POST
 * @param fallbackUrl    asked where the first gives no document, empty for none
 * @param fallbackMethod GET or POST
 * @param status         who is told of these calls, null for nobody
 */
public record CxmlSettings(String url, String called, String method, String fallbackUrl, String fallbackMethod, StatusOrder status) {

    /** @throws SettingException naming what is wrong */
    static CxmlSettings read(SettingValues values) {
        String url = url(values, Setting.CXML_URL);
        String called = values.text(Setting.CXML_CALLED);
        if (!called.matches("[A-Za-z0-9+*._, -]{0,512}")) {
            throw SettingException.of(Setting.CXML_CALLED, "must be user names and patterns between commas: " + called);
        }
        String status = url(values, Setting.CXML_STATUS_URL);
        String statusMethod = read(values, Setting.CXML_STATUS_METHOD, Orders::method);
        StatusOrder order = status.isEmpty() ? null : read(values, Setting.CXML_STATUS_EVENTS, events -> Orders.status(status, statusMethod,
                List.of(events)));
        if (url.isEmpty() && (order != null || values.isSet(Setting.CXML_FALLBACK_URL))) {
            throw SettingException.of(order != null ? Setting.CXML_STATUS_URL : Setting.CXML_FALLBACK_URL, "needs " + Setting.CXML_URL.key());
        }
        return new CxmlSettings(url, called, read(values, Setting.CXML_METHOD, Orders::method), url(values, Setting.CXML_FALLBACK_URL),
                read(values, Setting.CXML_FALLBACK_METHOD, Orders::method), order);
    }

    private static String url(SettingValues values, Setting setting) {
        String text = values.text(setting);
        return text.isEmpty() ? text : read(values, setting, url -> Urls.http(url).toString());
    }

    private static <T> T read(SettingValues values, Setting setting, Function<String, T> reader) {
        try {
            return reader.apply(values.text(setting));
        } catch (IllegalArgumentException wrong) {
            throw SettingException.of(setting, wrong.getMessage());
        }
    }

    /** What {@code documents.yaml} finds. */
    Map<String, String> properties() {
        return Map.of(Setting.CXML_URL.key(), url, Setting.CXML_CALLED.key(), called, Setting.CXML_METHOD.key(), method,
                Setting.CXML_FALLBACK_URL.key(), fallbackUrl, Setting.CXML_FALLBACK_METHOD.key(), fallbackMethod);
    }

    /** Without URLs. */
    @Override
    public String toString() {
        return "CxmlSettings[" + called + "]";
    }
}
