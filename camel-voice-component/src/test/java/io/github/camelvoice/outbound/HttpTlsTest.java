package io.github.camelvoice.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.outbound.HttpFailure.Kind;
import io.github.camelvoice.testkit.TestPki;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS: who is trusted, and that the name of the URL is what is verified. openssl makes the certificates. */
@Tag("peer")
@Timeout(30)
class HttpTlsTest {

    @TempDir
    static Path folder;
    private static final HttpCall.Times PATIENT = new HttpCall.Times(Duration.ofSeconds(9), Duration.ofSeconds(9), Duration.ofSeconds(19));
    private static TestPki pki;
    private static TestPki.Identity hooks;
    private static TestPki.Identity address;

    private final Vertx servers = Vertx.vertx();
    private final Outbound outbound = new Outbound(new TargetPolicy("127.0.0.1,[::1]",
            name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}));

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
        hooks = pki.identity("hooks", "DNS:hooks.example");
        address = pki.identity("address", "IP:127.0.0.1,IP:::1");
    }

    @AfterEach
    void close() {
        outbound.close();
        servers.close().toCompletionStage().toCompletableFuture().join();
    }

    private int serve(TestPki.Identity identity, String host, ClientAuth auth, Consumer<HttpServerRequest> handler) {
        HttpServerOptions options = new HttpServerOptions().setSsl(true).setSni(true).setClientAuth(auth)
                .setPfxKeyCertOptions(new PfxOptions().setPath(identity.store().toString()).setPassword("changeit"))
                .setPemTrustOptions(new io.vertx.core.net.PemTrustOptions().addCertPath(pki.authority().toString()));
        return servers.createHttpServer(options).requestHandler(handler::accept).listen(0, host).toCompletionStage().toCompletableFuture().join()
                .actualPort();
    }

    private HttpAnswer answer(String url, SSLContext tls) {
        return outbound.http().call(HttpCall.get(url).withTls(tls).withTimes(PATIENT)).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private HttpFailure failure(String url, SSLContext tls) {
        try {
            throw new AssertionError("answered: " + answer(url, tls));
        } catch (CompletionException failed) {
            return (HttpFailure) failed.getCause();
        }
    }

    @Test
    void verifiesTheNameOfTheUrl() {
        int port = serve(hooks, "127.0.0.1", ClientAuth.NONE, request -> request.response().end("sni " + request.connection().indicatedServerName()
                + ", host " + request.getHeader("Host")));
        assertThat(answer("https://hooks.example:" + port + "/", pki.context(null)).text()).isEqualTo("sni hooks.example, host hooks.example:" + port);
        for (String other : new String[] {"https://other.example:" + port + "/", "https://127.0.0.1:" + port + "/", "https://hooks.example.org:" + port + "/"}) {
            HttpFailure wrong = failure(other, pki.context(null));
            assertThat(wrong.kind()).as(other).isEqualTo(Kind.TLS);
            assertThat(wrong.getMessage()).startsWith("no secure connection to ").contains(other.substring(8, other.indexOf(':', 8)));
        }
    }

    @Test
    void verifiesTheAddressOfTheUrl() throws Exception {
        int port = serve(address, "127.0.0.1", ClientAuth.NONE, request -> request.response().end("x"));
        assertThat(answer("https://127.0.0.1:" + port + "/", pki.context(null)).text()).isEqualTo("x");
        assertThat(failure("https://hooks.example:" + port + "/", pki.context(null)).kind()).isEqualTo(Kind.TLS);
        int six = serve(address, "::1", ClientAuth.NONE, request -> request.response().end(request.getHeader("Host")));
        assertThat(answer("https://[::1]:" + six + "/", pki.context(null)).text()).isEqualTo("[::1]:" + six);
    }

    @Test
    void trustsNobodyButTheAuthorities() {
        int port = serve(hooks, "127.0.0.1", ClientAuth.NONE, request -> request.response().end("x"));
        HttpFailure untrusted = failure("https://hooks.example:" + port + "/", null);
        assertThat(untrusted.kind()).isEqualTo(Kind.TLS);
        assertThat(untrusted.isRetryable()).isTrue();
        assertThat(answer("https://hooks.example:" + port + "/", pki.context(null)).text()).isEqualTo("x");
        assertThat(failure("https://hooks.example:" + port + "/", null).kind()).isEqualTo(Kind.TLS);
    }

    @Test
    void showsItsOwnCertificateWhereItHasOne() {
        int port = serve(hooks, "127.0.0.1", ClientAuth.REQUIRED, request -> request.response().end("x"));
        assertThat(answer("https://hooks.example:" + port + "/", pki.context(address)).text()).isEqualTo("x");
        assertThat(failure("https://hooks.example:" + port + "/", pki.context(null)).kind()).isIn(Kind.TLS, Kind.PROTOCOL);
    }

    @Test
    void doesNotGoFromHttpsToHttp() {
        int plain = servers.createHttpServer().requestHandler(request -> request.response().end("plain")).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join().actualPort();
        int port = serve(hooks, "127.0.0.1", ClientAuth.NONE, request -> request.response().setStatusCode(302)
                .putHeader("Location", "http://127.0.0.1:" + plain + "/").end());
        HttpFailure refused = failure("https://hooks.example:" + port + "/", pki.context(null));
        assertThat(refused.kind()).isEqualTo(Kind.REDIRECT);
        assertThat(refused).hasMessage("redirected from https to http");
    }

    @Test
    void givesUpOnAHandshakeThatDoesNotCome() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            long from = System.nanoTime();
            HttpFailure late = failure("https://hooks.example:" + silent.getLocalPort() + "/#ot=200", pki.context(null));
            assertThat(late.kind()).isEqualTo(Kind.CONNECT);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(8));
        }
        int plain = servers.createHttpServer().requestHandler(request -> request.response().end("plain")).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join().actualPort();
        assertThat(failure("https://hooks.example:" + plain + "/", pki.context(null)).kind()).isEqualTo(Kind.TLS);
    }
}
