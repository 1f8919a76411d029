package io.github.camelvoice.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of requests that go out, and how they are verified. Two schemes, both over HMAC-SHA1 with a key that sender and receiver share
 * (docs/signatures.md):
 * <ul>
 * <li>bodies of JSON: lower-case hex of the HMAC over the URL and the body as it is;</li>
 * <li>forms: base64 of the HMAC over the URL and the fields, sorted by name, each as name and value. A body that is no form is signed as its
 * hash in the query of the URL, {@code bodySHA256}.</li>
 * </ul>
 * The URL is the one of the request, without fragment. Comparisons take the same time wherever two signatures differ.
 */
public final class Signature {

    /** The header that has it. */
    public static final String HEADER = "X-SignalWire-Signature";
    /** The header that receivers written for another vendor look at; same value for forms. */
    public static final String TWILIO_HEADER = "X-Twilio-Signature";
    private static final String BODY_HASH = "bodySHA256=";

    private Signature() {
    }

    /** Scheme A: of a request with JSON in its body. */
    public static String json(String key, String url, byte[] body) {
        return HexFormat.of().formatHex(hmac(key, url, body));
    }

    /** Scheme B: of a form. Fields of the same name stay in their order. */
    public static String form(String key, String url, List<Map.Entry<String, String>> fields) {
        return Base64.getEncoder().encodeToString(hmac(key, url, sorted(fields).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Headers of a request with a form: the signature, under both names.
     *
     * @param url  as it is sent, with the fields of a GET in it
     * @param body a form; empty for none
     */
    public static Map<String, String> formHeaders(String key, String url, byte[] body) {
        String signature = form(key, url, Form.decode(body).fields());
        return Map.of(HEADER, signature, TWILIO_HEADER, signature);
    }

    /** The URL to sign and to use where a body goes with scheme B that is no form: with the hash of the body in its query. */
    public static String withBodyHash(String url, byte[] body) {
        return url + (url.indexOf('?') < 0 ? "?" : "&") + BODY_HASH + sha256(body);
    }

    /**
     * Whether one of the two schemes gives this signature.
     *
     * @param signature value of the header, null for none
     * @param url       of the request as the sender has it; with and without the scheme's own port is the same
     * @param body      as it came; a form where the signature is one of scheme B, unless the URL has its hash
     */
    public static boolean verify(String key, String signature, String url, byte[] body) {
        if (signature == null || signature.isEmpty()) {
            return false;
        }
        boolean good = false;
        for (String candidate : candidates(url)) {
            good |= same(json(key, candidate, body), signature);
            String hash = queryHash(candidate);
            if (hash != null) {
                good |= same(form(key, candidate, List.of()), signature) & same(sha256(body), hash);
            } else {
                List<Map.Entry<String, String>> fields = fields(body);
                good |= fields != null && same(form(key, candidate, fields), signature);
            }
        }
        return good;
    }

    private static byte[] hmac(String key, String url, byte[] rest) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("there is no key to sign with");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(url.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(rest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HmacSHA1", missing);
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    private static String sorted(List<Map.Entry<String, String>> fields) {
        List<Map.Entry<String, String>> byName = new ArrayList<>(fields);
        byName.sort(Comparator.comparing(Map.Entry::getKey));
        StringBuilder text = new StringBuilder();
        byName.forEach(field -> text.append(field.getKey()).append(field.getValue()));
        return text.toString();
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** The URL as given, and with the scheme's own port added or taken away; any other port stays. */
    static List<String> candidates(String url) {
        int start = url.indexOf("://") + 3;
        if (start < 3) {
            return List.of(url);
        }
        String port = url.startsWith("https:") ? ":443" : ":80";
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(start, end);
        int host = Math.max(authority.lastIndexOf(']'), authority.lastIndexOf('@'));
        if (authority.endsWith(port)) {
            return List.of(url, url.substring(0, end - port.length()) + url.substring(end));
        }
        return authority.indexOf(':', Math.max(host, 0)) >= 0 ? List.of(url) : List.of(url, url.substring(0, end) + port + url.substring(end));
    }

    private static String queryHash(String url) {
        int query = url.indexOf('?');
        for (String part : query < 0 ? new String[0] : url.substring(query + 1).split("[&#]")) {
            if (part.startsWith(BODY_HASH)) {
                return part.substring(BODY_HASH.length());
            }
        }
        return null;
    }

    /** Null if it is no form. */
    private static List<Map.Entry<String, String>> fields(byte[] body) {
        try {
            return Form.decode(body).fields();
        } catch (IllegalArgumentException noForm) {
            return null;
        }
    }
}
