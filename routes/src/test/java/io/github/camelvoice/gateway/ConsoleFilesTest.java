package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files: served to everybody, with what keeps them safe, and nothing else with them. */
class ConsoleFilesTest {

    @TempDir
    static Path folder;
    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpResponse<String> open(String path) throws Exception {
        return running.send(running.anonymous(path));
    }

    @Test
    void everyFileOfTheFolderIsServed() throws Exception {
        Path resources = Path.of(ConsoleFilesTest.class.getResource("/console/index.html").toURI()).getParent();
        try (Stream<Path> files = Files.list(resources)) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactlyInAnyOrderElementsOf(ConsoleFiles.OURS);
        }
        for (String name : ConsoleFiles.OURS) {
            HttpResponse<String> response = open(ConsoleFiles.PATH + name);
            assertThat(response.statusCode()).as(name).isEqualTo(200);
            assertThat(response.body()).as(name).isEqualTo(Files.readString(resources.resolve(name)));
        }
    }

    @ParameterizedTest
    @CsvSource({"/console/,text/html; charset=utf-8", "/console/index.html,text/html; charset=utf-8", "/console/app.js,text/javascript; charset=utf-8",
        "/console/console.css,text/css; charset=utf-8", "/console/icon.svg,image/svg+xml", "/console/lib/preact.js,text/javascript; charset=utf-8",
        "/console/lib/hooks.js,text/javascript; charset=utf-8", "/console/lib/LICENSE,text/plain; charset=utf-8"})
    void saysWhatItIsAndWhatItMayDo(String path, String type) throws Exception {
        HttpResponse<String> response = open(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'", "script-src 'self'",
                "frame-ancestors 'none'").doesNotContain("unsafe").doesNotContain("*").doesNotContain("http:");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void theLicenceOfTheLibraryComesAlong() throws Exception {
        assertThat(open("/console/lib/LICENSE").body()).contains("MIT License", "Jason Miller");
    }

    @Test
    void aFileThatDidNotChangeIsNotSentAgain() throws Exception {
        String tag = open("/console/app.js").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = running.send(running.anonymous("/console/app.js").header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(open("/console/call.js").headers().firstValue("ETag")).isPresent().isNotEqualTo(java.util.Optional.of(tag));
        HttpResponse<String> head = running.send(running.anonymous("/console/app.js").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).contains(tag);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void theBarePathLeadsThere() throws Exception {
        HttpResponse<String> response = open("/console");
        assertThat(response.statusCode()).isEqualTo(308);
        assertThat(response.headers().firstValue("Location")).contains("/console/");
    }

    @Test
    void thePageHasNothingInlineAndAsksNobodyElse() throws Exception {
        String page = open("/console/").body();
        assertThat(page).doesNotContain("style=").doesNotContain("onclick").doesNotContain("//cdn").doesNotContainPattern("<script>|<style>|https?://");
        Matcher links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
        while (links.find()) {
            assertThat(open(ConsoleFiles.PATH + links.group(1)).statusCode()).as(links.group(1)).isEqualTo(200);
        }
        for (String name : ConsoleFiles.OURS) {
            Matcher imports = Pattern.compile("from '\\./([^']+)'").matcher(open(ConsoleFiles.PATH + name).body());
            while (imports.find()) {
                assertThat(ConsoleFiles.OURS).as(name).contains(imports.group(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/nothing.js", "/console/lib/", "/console/lib/compat.js", "/console/lib/../../openapi.yaml", "/console/..",
        "/console/../openapi.yaml", "/console/%2e%2e/openapi.yaml", "/console/..%2fopenapi.yaml", "/console/..%5copenapi.yaml", "/console//app.js",
        "/console/app.js/", "/console/app.js%00", "/console/app.js;x", "/console/.", "/console/./app.js", "//console/app.js", "/Console/app.js",
        "/console/../api/v1/calls", "/console/%2e%2e/api/v1/calls", "/console/..%2f..%2fapi/v1/calls", "/api/v1/calls/../../../console/../api/v1/calls",
        "/console/file:/etc/passwd", "/console/classpath:openapi.yaml", "/consolex", "/console%2fapp.js"})
    void nothingElseIsReachedWithoutCredentials(String path) throws Exception {
        assertThat(status("GET " + path + " HTTP/1.1")).as(path).isBetween(400, 499);
        assertThat(status("GET http://127.0.0.1" + path + " HTTP/1.1")).as(path).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void theFilesAreRead(String method) throws Exception {
        assertThat(status(method + " /console/app.js HTTP/1.1")).isEqualTo(401);
        assertThat(running.send(running.request("/console/app.js").method(method.equals("TRACE") ? "PUT" : method, HttpRequest.BodyPublishers.noBody()))
                .statusCode()).isIn(404, 405);
    }

    /** Status of an answer to a line as it is: clients of ours would tidy it up. */
    private static int status(String line) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", running.httpPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((line + "\r\nHost: x\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return Integer.parseInt(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1).substring(9));
        }
    }
}
