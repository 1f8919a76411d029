package io.github.camelvoice.callback;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Something to be told to somebody outside.
 *
 * @param callId      the call or the subscription that it is about
 * @param target      an http or https URL, or the name of a target that the operator configured
 * @param contentType media type of the body
 * @param body        at most {@value #MOST_BYTES} bytes; not to be changed any more
 * @param signature   how it is signed if the target is a URL
 * @param kind        what it is, for logs and figures: {@code tap}; lower-case letters, digits and hyphens
 * @param orderKey    callbacks with the same key and receiver leave one after the other, in the order in which they were given
 */
public record Callback(String callId, String target, String contentType, byte[] body, SignatureScheme signature, String kind, String orderKey) {

    /** Most bytes of a body. */
    public static final int MOST_BYTES = 64 * 1024;
    /** Most characters of a target. */
    public static final int MOST_TARGET = 2048;

    private static final int MOST_KEY = 512;

    /** @throws IllegalArgumentException naming what is too long or malformed */
    public Callback {
        require(callId != null && !callId.isBlank() && callId.length() <= MOST_KEY, "a callback needs the id of its call");
        require(target != null && !target.isBlank() && target.length() <= MOST_TARGET,
                "the target of a callback has 1 to " + MOST_TARGET + " characters");
        require(contentType != null && contentType.matches("[!-~]+/[!-~]+(; ?[!-~]+)*") && contentType.length() <= 128,
                "not a content type: " + contentType);
        require(body.length <= MOST_BYTES, "the body of a callback has at most " + MOST_BYTES + " bytes, not " + body.length);
        Objects.requireNonNull(signature, "signature");
        require(kind != null && kind.matches("[a-z0-9-]{1,32}"), "not a kind of callback: " + kind);
        require(orderKey != null && orderKey.length() <= MOST_KEY + MOST_TARGET + 1, "the order key is missing, or too long");
    }

    /** JSON about a call, signed as SignalWire does it; ordered per call and receiver. */
    public static Callback json(String kind, String callId, String target, String json) {
        return new Callback(callId, target, "application/json", json.getBytes(StandardCharsets.UTF_8), SignatureScheme.SIGNALWIRE_JSON, kind,
                callId);
    }

    /**
     * A form about a call, signed as SignalWire and Twilio do it; ordered per call and receiver.
     *
     * @param get whether a URL gets it by GET, with the fields in its query
     */
    public static Callback form(String kind, String callId, String target, boolean get, Form form) {
        return new Callback(callId, target, Form.MEDIA_TYPE, form.bytes(),
                get ? SignatureScheme.SIGNALWIRE_QUERY : SignatureScheme.SIGNALWIRE_FORM, kind, callId);
    }

    /** Whether this target is meant as a URL, not as a name. */
    public static boolean isUrl(String target) {
        return target.contains("://");
    }

    /** @throws IllegalArgumentException in words for whoever gave the target: it is neither an http(s) URL nor a name */
    static void checkTarget(String target) {
        if (isUrl(target)) {
            String scheme = target.substring(0, target.indexOf(':'));
            require(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"), "the URL of a callback begins with http or https");
        } else {
            require(Terms.isName(target), "'" + Attempt.cut(target) + "' is neither an http(s) URL nor a name");
        }
    }

    /** Who gets it, without secrets: {@code https://example.com:8443}, or the name. */
    public String receiver() {
        return receiver(target);
    }

    /** The receiver that a target stands for. */
    static String receiver(String target) {
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            return target;
        }
        int from = scheme + 3;
        int to = from;
        while (to < target.length() && "/?#".indexOf(target.charAt(to)) < 0) {
            to++;
        }
        int user = target.lastIndexOf('@', to - 1);
        return (target.substring(0, from) + target.substring(user < from ? from : user + 1, to)).toLowerCase(Locale.ROOT);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Callback that && callId.equals(that.callId) && target.equals(that.target) && contentType.equals(that.contentType)
            && Arrays.equals(body, that.body) && signature == that.signature && kind.equals(that.kind) && orderKey.equals(that.orderKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(callId, target, kind, Arrays.hashCode(body));
    }

    /** Without target and body: both may have secrets. */
    @Override
    public String toString() {
        return "Callback[" + kind + " of call " + callId + ", " + body.length + " bytes]";
    }
}
