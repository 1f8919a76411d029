package io.github.camelvoice.callback;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a callback to a URL is sent and signed. Kept by name. */
public enum SignatureScheme {

    /** Not at all. */
    NONE {
        @Override
        public String sign(String key, String url, byte[] body) {
            return null;
        }
    },

    /** SignalWire's for JSON, "scheme A": lower-case hex of HMAC-SHA1 over the URL and the body as it is. */
    SIGNALWIRE_JSON {
        @Override
        public String sign(String key, String url, byte[] body) {
            return Signature.json(key, url, body);
        }
    },

    /** SignalWire's for forms, "scheme B", also Twilio's: base64 of HMAC-SHA1 over the URL and the sorted fields; the body is a form, sent by POST. */
    SIGNALWIRE_FORM {
        @Override
        public String sign(String key, String url, byte[] body) {
            return Signature.form(key, url, Form.decode(body).fields());
        }
    },

    /** The same for a GET: the body is a form that goes behind the URL's query, and there are no fields beside it. */
    SIGNALWIRE_QUERY {
        @Override
        public String sign(String key, String url, byte[] body) {
            String fields = new String(body, StandardCharsets.US_ASCII);
            String sent = fields.isEmpty() ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + fields;
            return Signature.form(key, sent, List.of());
        }
    };

    /** How it goes out: GET or POST. */
    public String method() {
        return this == SIGNALWIRE_QUERY ? "GET" : "POST";
    }

    /**
     * The value of the signature's header.
     *
     * @param url as the receiver sees it: without fragment and credentials, and without what a form adds to its query
     * @return null where nothing is signed
     * @throws IllegalArgumentException if there is no key
     */
    public abstract String sign(String key, String url, byte[] body);
}
