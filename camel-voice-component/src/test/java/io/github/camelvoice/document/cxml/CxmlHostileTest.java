package io.github.camelvoice.document.cxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.Role;
import io.github.camelvoice.document.Verb;
import io.github.camelvoice.document.source.Findings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that mean no good. */
class CxmlHostileTest {

    private static Document read(String text) throws DocumentException {
        return CxmlParser.parse("test", URI.create("https://app.example/"), text, Role.MAIN, CxmlOptions.STANDARD);
    }

    @Test
    void nothingOutsideIsRead(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "top-secret");
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String web = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
        try {
            for (String target : new String[] {secret.toUri().toString(), web}) {
                assertThatThrownBy(() -> read("<!DOCTYPE r [<!ENTITY x SYSTEM \"" + target + "\">]><Response><Say>&x;</Say></Response>"))
                        .isInstanceOf(DocumentException.class)
                        .hasMessage("the document (line 1, column 1): a document declares no types and no entities (<!DOCTYPE)");
                assertThatThrownBy(() -> read("<!DOCTYPE Response SYSTEM \"" + target + "\"><Response><Say>x</Say></Response>"))
                        .isInstanceOf(DocumentException.class).hasMessageNotContaining("secret");
                assertThatThrownBy(() -> read("<!DOCTYPE r [<!ENTITY % x SYSTEM \"" + target + "\">%x;]><Response/>"))
                        .isInstanceOf(DocumentException.class);
            }
            Document document = read("<?xml-stylesheet href=\"" + web + "\"?><Response xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
                    + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"" + web + "\"><Hangup/></Response>");
            assertThat(document.sections().get("main")).hasSize(1);
            assertThatThrownBy(() -> read("<Response xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"" + secret.toUri()
                    + "\"/></Response>"))
                    .hasMessageContaining("there is no verb xi:include");
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    /** The parser itself refuses them too: the first look is not all that stands before it. */
    @Test
    void theParserBehindRefusesDeclarationsToo() {
        for (String text : new String[] {"<!DOCTYPE r [<!ENTITY x \"y\">]><Response><Say>&x;</Say></Response>", "<!DOCTYPE r><Response/>"}) {
            assertThatThrownBy(() -> Binder.bind(unscanned(text))).isInstanceOf(DocumentException.class);
        }
    }

    private static XmlText unscanned(String text) throws DocumentException {
        XmlText scanned = XmlText.scan("<Response><Say/></Response>", new Findings());
        return scanned.with(text);
    }

    @Test
    @Timeout(10)
    void entityBombsDoNotGoOff() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol \"lol\">");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY lol").append(i).append(" \"").append(("&lol" + (i == 1 ? "" : i - 1) + ";").repeat(10)).append("\">");
        }
        assertThatThrownBy(() -> read(laughs + "]><Response><Say>&lol9;</Say></Response>")).hasMessageContaining("declares no types and no entities");
    }

    @Test
    @Timeout(10)
    void tenMegabytesAreRefusedAtOnce() {
        String big = "<Response>" + "<Pause/>".repeat(10 << 17) + "</Response>";
        assertThat(big.length()).isGreaterThan(10 << 20);
        assertThatThrownBy(() -> read(big)).hasMessage("the document: has more than 65536 characters");
    }

    @Test
    @Timeout(10)
    void whatIsTooDeepOrTooRichIsRefused() {
        assertThatThrownBy(() -> read("<Response>" + "<Say>".repeat(9_000))).hasMessageContaining("is nested deeper than 16");
        assertThatThrownBy(() -> read("<Response>" + "<Pause/>".repeat(2_000) + "</Response>")).hasMessageContaining("has more than 1000 elements");
        StringBuilder attributes = new StringBuilder("<Response><Say");
        for (int i = 0; i < 5_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        assertThatThrownBy(() -> read(attributes + ">x</Say></Response>")).hasMessageContaining("has more than 64 attributes");
        assertThatThrownBy(() -> read("<Response><Say>" + "x".repeat(5_000) + "</Say></Response>"))
                .hasMessageContaining("of at most 4096 characters");
        assertThatThrownBy(() -> read("<Response><Dial>" + "<Sip>sip:a@b</Sip>".repeat(11) + "</Dial></Response>"))
                .hasMessage("/Response/Dial/Sip[11] (line 1, column 197): Dial has more than 10 Sips");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<", "<>", "</", "&", "<Response", "<Response>", "<Response/><Response/>", "<Response/>x", "x<Response/>",
        "<a:Response/>", "<Response a:b='1'/>", "<!--",
        "<![CDATA[", "<?xml", "<?xml?>", "<Response><Say a=></Say></Response>", "<Response><Say a='></Say></Response>",
        "<Response>\u0001</Response>", "<Response><Say>&#0;</Say></Response>", "<Response><Say>&#xFFFFFF;</Say></Response>",
        "<html><body>502</body></html>",
        "<Response><Other/></Response>", "<Other/>", "<Response><Response/></Response>"})
    void oddTextsAreRefusedAndNothingElse(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(DocumentException.class);
    }

    /** Changed at random places, a document is read or refused: there is no other way. */
    @Test
    @Timeout(60)
    void randomChangesAreReadOrRefused() {
        String seed = """
                <?xml version="1.0"?><Response><!-- c --><Gather numDigits="1" action="/a?x=1&amp;y=2"><Say voice="woman">Press <![CDATA[<1>]]></Say>
                <Play loop="2">prompt:x</Play></Gather><Dial timeout="10" callerId="alice" record="true"><Sip url='/w' codecs="PCMU,OPUS"
                username="u" password="p">
                sip:bob@example.com;transport=tcp?X-A=1&X-B=%20</Sip></Dial>
                <Start><Stream name="s" url="wss://x.example/s"><Parameter name="a" value="b"/></Stream>
                </Start><Stop><Stream name="s"/></Stop><Refer action="/r"><Sip>sip:c@d</Sip></Refer><Record trim="trim-silence"/>
                <Redirect>/n</Redirect></Response>
                """;
        Random random = new Random(7);
        String alphabet = "<>/&;'\"= ![]-?\n\r\tax1é\u0000\uFFFF\uD83D";
        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(seed);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                char with = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, with);
                    case 1 -> text.insert(at, with);
                    default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
                }
            }
            try {
                read(text.toString());
                read++;
            } catch (DocumentException refused) {
                Place place = refused.first().place();
                assertThat(place.line()).as(text.toString()).isBetween(0, 60);
            }
        }
        assertThat(read).isBetween(100, 4_900);
    }

    /** Whatever stands in the URI and the caller's name, no header of the INVITE is broken into two. */
    @Test
    void noHeaderIsInjected() throws Exception {
        Random random = new Random(11);
        String alphabet = "ab1.@:;?&=%0dDaA\r\n\t <>\"-_,+";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder("sip:a@b.example;transport=udp?X-A=");
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                SipText sip = SipText.of(text.toString(), CxmlOptions.STANDARD);
                assertThat(sip.uri()).doesNotContain("\r", "\n", " ", "?", "<", ">");
                sip.headers().forEach(field -> assertThat(field.name() + field.value()).doesNotContain("\r", "\n"));
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).doesNotContain("\r", "\n");
            }
        }
    }

    @Test
    @Timeout(20)
    void aLongTextOfBareAmpersandsIsRepairedInReasonableTime() throws Exception {
        long began = System.nanoTime();
        Document document = read("<Response><Dial><Sip>sip:a@b?" + "y=1&".repeat(30) + "</Sip></Dial><Say>"
                + "&".repeat(4_000) + "</Say></Response>");
        assertThat(((Verb.Dial) document.sections().get("main").get(0)).order().targets()).hasSize(1);
        assertThat(document.warnings()).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }
}
