package io.github.camelvoice.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The files of the console, {@code /console/…}: a fixed list, read from the class path once, so that no path of a request ever reaches a
 * folder. They hold no data; what the page shows it asks the API for.
 */
final class ConsoleFiles {

    static final String PATH = "/console/";
    private static final String BARE = "/console";
    static final List<String> OURS = List.of("index.html", "console.css", "icon.svg", "theme.js", "app.js", "session.js", "stream.js", "words.js",
            "parts.js", "list.js", "calls.js", "filters.js", "call.js", "ladder.js", "message.js", "taps.js", "callbacks.js", "subscriptions.js", "states.js", "accounts.js", "account.js", "statuses.js",
            "reading.js", "users.js", "help.js");
    private static final String LIBRARY = "preact";
    private static final Map<String, String> OF_LIBRARY = Map.of("lib/preact.js", "dist/preact.min.umd.js", "lib/hooks.js", "hooks/dist/hooks.umd.js",
            "lib/LICENSE", "LICENSE");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY",
            "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()", "Cache-Control", "no-cache");

    private final Map<String, Page> pages = new HashMap<>();

    private record Page(Buffer bytes, String type, String tag) {
    }

    ConsoleFiles() {
        for (String name : OURS) {
            pages.put(PATH + name, read("/console/" + name, TYPES.get(name.substring(name.lastIndexOf('.') + 1))));
        }
        pages.put(PATH, pages.get(PATH + "index.html"));
        String library = "/META-INF/resources/webjars/" + LIBRARY + "/" + version() + "/";
        OF_LIBRARY.forEach((name, file) -> pages.put(PATH + name,
                read(library + file, name.endsWith(".js") ? TYPES.get("js") : "text/plain; charset=utf-8")));
    }

    /**
     * To be called before the guard is installed: reading one of these files needs no credentials. Every other request goes on to the guard,
     * those for other paths below {@code /console/} too.
     */
    void install(Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        Page page = isRead(request) ? pages.get(request.path()) : null;
        if (page != null) {
            send(request, page);
        } else if (isRead(request) && BARE.equals(request.path())) {
            context.response().setStatusCode(308).putHeader("Location", PATH).end();
        } else {
            context.next();
        }
    }

    private static void send(HttpServerRequest request, Page page) {
        HttpServerResponse response = request.response();
        HEADERS.forEach(response::putHeader);
        response.putHeader("ETag", page.tag());
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(page.tag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", page.type()).putHeader("Content-Length", String.valueOf(page.bytes().length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(page.bytes());
        }
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private static Page read(String resource, String type) {
        byte[] bytes = bytes(resource);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Page(Buffer.buffer(bytes), type, '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar of the library has its version in its paths, and says it here. */
    private static String version() {
        Properties about = new Properties();
        try {
            about.load(new ByteArrayInputStream(bytes("/META-INF/maven/org.webjars.npm/" + LIBRARY + "/pom.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return about.getProperty("version");
    }
}
