package io.github.camelvoice.tap.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.BotServer;
import io.github.camelvoice.testkit.TestPki;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a tap connects: names and certificates, sub-protocols, credentials and headers, and what is refused before that. */
class SocketUpgradeTest {

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static TestPki.Identity identity;

    @BeforeAll
    static void keys() {
        pki = TestPki.create(folder);
        identity = pki.identity("bot", "DNS:bot.example,DNS:localhost");
    }

    private static final byte[] FRAME = new byte[160];

    private static void told(TapDriver tap, String event) {
        await().until(() -> tap.last() != null);
        assertThat(tap.last().event()).as(String.valueOf(tap.told())).isEqualTo(event);
    }

    @Test
    void tlsByNameAndTrust() throws Exception {
        try (BotServer bot = BotServer.secure(identity);
             TapDriver tap = new TapDriver(new TargetPolicy("127.0.0.1,bot.example", name -> new InetAddress[] {InetAddress.getLoopbackAddress()}))) {
            tap.open(TapSpec.to("wss://bot.example:" + bot.port() + "/x").tls(pki.context(null)).build());
            told(tap, "opened");
            tap.frame(Track.INBOUND, FRAME, 0);
            await().until(() -> bot.messages().size() == 2);
            assertThat(bot.requests().get(0).headers().get("Host")).isEqualTo("bot.example:" + bot.port());
        }
    }

    @ParameterizedTest
    @CsvSource({"bot.example,false", "other.example,true", "127.0.0.1,true"})
    void tlsThatDoesNotVerify(String host, boolean trusted) throws Exception {
        try (BotServer bot = BotServer.secure(identity);
             TapDriver tap = new TapDriver(new TargetPolicy("127.0.0.1,bot.example,other.example",
                     name -> new InetAddress[] {InetAddress.getLoopbackAddress()}))) {
            tap.open(TapSpec.to("wss://" + host + ":" + bot.port() + "/x").tls(trusted ? pki.context(null) : null).build());
            told(tap, "lost");
            assertThat(tap.last().reason()).startsWith("TLS failed");
            assertThat(tap.last().lasting()).isTrue();
            assertThat(bot.requests()).isEmpty();
        }
    }

    @Test
    void theAddressThatWasCheckedIsTheOneConnectedTo() throws Exception {
        try (BotServer bot = BotServer.start();
             TapDriver tap = new TapDriver(new TargetPolicy("bot.invalid", name -> new InetAddress[] {InetAddress.getLoopbackAddress()}))) {
            tap.open(TapSpec.to("ws://bot.invalid:" + bot.port() + "/a%20b?c=d").build());
            told(tap, "opened");
            assertThat(bot.requests().get(0).uri()).isEqualTo("/a%20b?c=d");
            assertThat(bot.requests().get(0).headers().get("Host")).isEqualTo("bot.invalid:" + bot.port());
        }
    }

    @Test
    void aSubProtocolMustBeTaken() throws Exception {
        try (BotServer knows = BotServer.start("audio.jambonz.org"); BotServer other = BotServer.start("chat");
             TapDriver first = new TapDriver(); TapDriver second = new TapDriver()) {
            first.open(TapSpec.to(knows.url("/")).protocol(TapProtocol.JAMBONZ).build());
            told(first, "opened");
            assertThat(knows.requests().get(0).headers().get("Sec-WebSocket-Protocol")).isEqualTo("audio.jambonz.org");
            second.open(TapSpec.to(other.url("/")).protocol(TapProtocol.JAMBONZ).build());
            told(second, "lost");
            assertThat(second.last().lasting()).isTrue();
        }
    }

    @Test
    void credentialsAndExtraHeaders() throws Exception {
        try (BotServer bot = BotServer.start(); TapDriver first = new TapDriver(); TapDriver second = new TapDriver()) {
            first.open(TapSpec.to("ws://user:p%40ss@127.0.0.1:" + bot.port() + "/").build());
            told(first, "opened");
            assertThat(bot.requests().get(0).headers().get("Authorization")).isEqualTo("Basic dXNlcjpwQHNz");
            assertThat(bot.requests().get(0).headers().get("Host")).isEqualTo("127.0.0.1:" + bot.port());
            second.open(TapSpec.to(bot.url("/")).authorization("Bearer token").headers(Map.of("X-Tenant", "7")).build());
            told(second, "opened");
            assertThat(bot.requests().get(1).headers().get("Authorization")).isEqualTo("Bearer token");
            assertThat(bot.requests().get(1).headers().get("X-Tenant")).isEqualTo("7");
        }
    }

    @Test
    void whatIsRefusedAtOnce() throws Exception {
        try (TapDriver tap = new TapDriver()) {
            refused(tap, TapSpec.to("ws://127.0.0.1/").headers(Map.of("Host", "x")), TapException.Kind.BAD_REQUEST, "header Host");
            refused(tap, TapSpec.to("ws://127.0.0.1/").headers(Map.of("X", "a\r\nb")), TapException.Kind.BAD_REQUEST, "header X");
            refused(tap, TapSpec.to("ws://127.0.0.1/").headers(Map.of("Sec-WebSocket-Key", "a")), TapException.Kind.BAD_REQUEST, "Sec-WebSocket-Key");
            refused(tap, TapSpec.to("ws://a:b@127.0.0.1/").authorization("Bearer x"), TapException.Kind.BAD_REQUEST, "in the URL and in");
            refused(tap, TapSpec.to("ws://10.0.0.1/"), TapException.Kind.FORBIDDEN, "10.0.0.1");
            refused(tap, TapSpec.to("http://127.0.0.1/").protocol(TapProtocol.RAW), TapException.Kind.BAD_REQUEST, "");
            refused(tap, TapSpec.to("ws://127.0.0.1/").protocol(TapProtocol.VONAGE).codec("PCMA"), TapException.Kind.BAD_REQUEST, "vonage");
        }
    }

    private static void refused(TapDriver tap, TapSpec.Builder spec, TapException.Kind kind, String words) {
        assertThatThrownBy(() -> tap.open(spec.build())).isInstanceOfSatisfying(TapException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(kind);
            assertThat(refused.getMessage()).contains(words);
        });
    }
}
