package io.github.camelvoice.callback;

/** How a callback to a URL is signed. Kept by name. */
public enum SignatureScheme {

    /** Not at all. */
    NONE,

    /** SignalWire's for JSON, "scheme A": lower-case hex of HMAC-SHA1 over the URL and the body as it is. */
    SIGNALWIRE_JSON
}
