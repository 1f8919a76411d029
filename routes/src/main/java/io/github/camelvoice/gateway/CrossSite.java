package io.github.camelvoice.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;

/**
 * What a browser needs to be told, and what it tells: a browser that has asked its user for account and token sends them along with whatever a
 * page of any site makes it send.
 */
final class CrossSite {

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private CrossSite() {
    }

    /**
     * No browser guesses types; answers of our APIs are kept by no cache and run nothing, an image with a style in it included. Camel lets no
     * Cache-Control of a route through.
     */
    static void guardAnswer(HttpServerResponse response, boolean api) {
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (api) {
            response.putHeader("Cache-Control", "no-store").putHeader("Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
        }
    }

    /** Whether a page of another site makes a browser change something. Without Origin and Sec-Fetch-Site it is no browser. */
    static boolean isForged(HttpServerRequest request) {
        if (READS.contains(request.method())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OURS.contains(site);
        }
        String origin = request.getHeader("Origin");
        return origin != null && !isOurs(origin, request.getHeader("Host"));
    }

    private static boolean isOurs(String origin, String host) {
        int authority = origin.indexOf("://");
        return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
    }
}
