package io.github.camelvoice.callback;

/** How a callback to a URL is signed. Kept by name. */
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
    };

    /**
     * The value of the signature's header.
     *
     * @param url as the receiver sees it: without fragment and credentials
     * @return null where nothing is signed
     * @throws IllegalArgumentException if there is no key
     */
    public abstract String sign(String key, String url, byte[] body);
}
