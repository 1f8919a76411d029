package io.github.camelvoice.outbound;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A request: immutable, every {@code with…} makes another one.
 *
 * @param method      GET, POST or PUT
 * @param url         http or https; its fragment may have {@link Overrides}
 * @param headers     beside those of the connection; checked by {@link HeaderRules}
 * @param body        empty for none; not copied
 * @param times       time limits, where the URL has none of its own
 * @param bodyLimit   bytes of the answer's body that are read
 * @param discard     what happens beyond: the rest is not read (true), or the call fails (false)
 * @param credentials whether the URL may have user name and password; they are sent as Basic credentials
 * @param tls         certificates and trust, null for the platform's
 * @param query       fields of a form that go behind the URL's own query, in the first request only; empty for none
 * @param signer      headers that depend on the URL and the body, made anew for each redirect; null for none
 */
public record HttpCall(String method, String url, Map<String, String> headers, byte[] body, Times times, int bodyLimit, boolean discard,
                       boolean credentials, SSLContext tls, String query, Signer signer) {

    /** What is read of a document. */
    public static final int DOCUMENT_LIMIT = 65_536;
    /** What is read of the answer to a status callback, so that a log can say what it was. */
    public static final int RECEIPT_LIMIT = 1_024;
    private static final byte[] NOTHING = {};
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.*_+%=&-]{0,65536}");

    /** Makes headers that sign a request. Called on an I/O thread; must not wait. */
    @FunctionalInterface
    public interface Signer {
        /** @param url without fragment and credentials, as the receiver will put it together */
        Map<String, String> headers(String method, String url, byte[] body);
    }

    /**
     * Time limits.
     *
     * @param connect look-up left out, TLS included: 1 ms to 10 s
     * @param read    from one sign of life to the next, 1 ms to 60 s
     * @param total   for all of it, 1 ms to 2 min
     */
    public record Times(Duration connect, Duration read, Duration total) {
        public static final Times DEFAULT = new Times(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15));

        public Times {
            within(connect, 10_000, "connect");
            within(read, 60_000, "read");
            within(total, 120_000, "total");
        }

        private static void within(Duration time, int mostMillis, String name) {
            if (time.toMillis() < 1 || time.toMillis() > mostMillis) {
                throw new IllegalArgumentException("the " + name + " time must be 1 to " + mostMillis + " ms: " + time);
            }
        }
    }

    /** @throws IllegalArgumentException naming what cannot be sent */
    public HttpCall {
        Objects.requireNonNull(url, "url");
        if (!method.equals("GET") && !method.equals("POST") && !method.equals("PUT")) {
            throw new IllegalArgumentException("method must be GET, POST or PUT: " + method);
        }
        headers.forEach(HeaderRules::check);
        if (!FORM.matcher(query).matches()) {
            throw new IllegalArgumentException("the query is no encoded form");
        }
        if (method.equals("GET") && body.length > 0) {
            throw new IllegalArgumentException("a GET has no body");
        }
        if (bodyLimit < 0 || bodyLimit > 16 << 20) {
            throw new IllegalArgumentException("bodyLimit must be 0 to 16 MB: " + bodyLimit);
        }
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Fetches a document of at most 64 kB. */
    public static HttpCall get(String url) {
        return new HttpCall("GET", url, Map.of(), NOTHING, Times.DEFAULT, DOCUMENT_LIMIT, false, false, null, "", null);
    }

    /** Posts, and takes a document of at most 64 kB as the answer. */
    public static HttpCall post(String url, String contentType, byte[] body) {
        return new HttpCall("POST", url, Map.of("Content-Type", contentType), body, Times.DEFAULT, DOCUMENT_LIMIT, false, false, null, "", null);
    }

    /** Puts, and takes a document of at most 64 kB as the answer. */
    public static HttpCall put(String url, String contentType, byte[] body) {
        return new HttpCall("PUT", url, Map.of("Content-Type", contentType), body, Times.DEFAULT, DOCUMENT_LIMIT, false, false, null, "", null);
    }

    /** Posts, and takes from the answer its status; of the body no more than the beginning. */
    public static HttpCall notify(String url, String contentType, byte[] body) {
        return post(url, contentType, body).discarding(RECEIPT_LIMIT);
    }

    /** One header more, or another value of it. */
    public HttpCall withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new HttpCall(method, url, more, body, times, bodyLimit, discard, credentials, tls, query, signer);
    }

    public HttpCall withTimes(Times value) {
        return new HttpCall(method, url, headers, body, value, bodyLimit, discard, credentials, tls, query, signer);
    }

    /** Fails where the answer has more. */
    public HttpCall withBodyLimit(int bytes) {
        return new HttpCall(method, url, headers, body, times, bytes, false, credentials, tls, query, signer);
    }

    /** Does not read what the answer has beyond. */
    public HttpCall discarding(int beyondBytes) {
        return new HttpCall(method, url, headers, body, times, beyondBytes, true, credentials, tls, query, signer);
    }

    public HttpCall withCredentials(boolean allowed) {
        return new HttpCall(method, url, headers, body, times, bodyLimit, discard, allowed, tls, query, signer);
    }

    public HttpCall withTls(SSLContext value) {
        return new HttpCall(method, url, headers, body, times, bodyLimit, discard, credentials, value, query, signer);
    }

    /** @param form fields as {@code application/x-www-form-urlencoded}, up to 64 kB: the bound of a URL does not count for them */
    public HttpCall withQuery(String form) {
        return new HttpCall(method, url, headers, body, times, bodyLimit, discard, credentials, tls, form, signer);
    }

    public HttpCall withSigner(Signer value) {
        return new HttpCall(method, url, headers, body, times, bodyLimit, discard, credentials, tls, query, value);
    }

    /** Without URL, headers and body: they may have secrets. */
    @Override
    public String toString() {
        return "HttpCall[" + method + ", " + body.length + " bytes]";
    }
}
