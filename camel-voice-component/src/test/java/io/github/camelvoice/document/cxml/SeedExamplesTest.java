package io.github.camelvoice.document.cxml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.CallProgress;
import io.github.camelvoice.document.DialOrder;
import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Role;
import io.github.camelvoice.document.Verb;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of the vendor's page on Sip, letter by letter. */
class SeedExamplesTest {

    static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>\n<Dial>\n";

    private static Document read(String text) throws DocumentException {
        return CxmlParser.parse("test", null, text, Role.MAIN, CxmlOptions.STANDARD);
    }

    private static DialOrder dial(Document document) {
        return ((Verb.Dial) document.sections().get("main").get(0)).order();
    }

    private static DialOrder.Target only(Document document) {
        assertThat(dial(document).targets()).hasSize(1);
        return dial(document).targets().get(0);
    }

    @Test
    void anEndpointIsDialledWithTls() throws Exception {
        Document document = read(HEAD + "<Sip>sip:alice@example.com</Sip>\n</Dial>\n</Response>\n");
        assertThat(document.warnings()).isEmpty();
        DialOrder.Target target = only(document);
        assertThat(target.uri()).isEqualTo("sip:alice@example.com;transport=tls");
        assertThat(target.codecs()).isEmpty();
        assertThat(target.headers()).isEmpty();
        assertThat(target.place().toString()).isEqualTo("/Response/Dial/Sip (line 4, column 1)");
        assertThat(dial(document)).isEqualTo(new DialOrder(null, 30, 14_400, false, null, null, null, false, false, null, false, List.of(target)));
    }

    @Test
    void credentials() throws Exception {
        DialOrder.Target target = only(read(HEAD + "<Sip username=\"admin\" password=\"1234\">sip:bob@example.com</Sip>\n</Dial>\n</Response>"));
        assertThat(target.username()).isEqualTo("admin");
        assertThat(target.password()).isEqualTo("1234");
        assertThat(target.toString()).doesNotContain("1234");
    }

    @Test
    void headersBetweenBareAmpersands() throws Exception {
        Document document = read(HEAD + "<Sip>sip:charlie@example.com?customheader=foo&othercustomheader=bar</Sip>\n</Dial>\n</Response>");
        assertThat(only(document).uri()).isEqualTo("sip:charlie@example.com;transport=tls");
        assertThat(only(document).headers().first("customheader")).contains("foo");
        assertThat(only(document).headers().first("othercustomheader")).contains("bar");
        assertThat(document.warnings()).singleElement().hasToString("the document (line 4, column 46): '&' is to be written &amp; and was read so");
    }

    @Test
    void dialAttributesTogether() throws Exception {
        Document document = read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response>
                <Dial
                record="record-from-answer"
                callerId="alice"
                method="GET"
                action="https://www.example.com/after_dial">
                <Sip
                url="https://www.example.com/whisper_audio"
                statusCallbackEvent='ringing answered'
                statusCallback='https://www.example.com/dial_events'>
                sip:dan@example.com?customheader=foo
                </Sip>
                </Dial>
                </Response>
                """);
        assertThat(document.warnings()).isEmpty();
        DialOrder dial = dial(document);
        assertThat(dial.callerId()).isEqualTo("alice");
        assertThat(dial.action()).isEqualTo(new Action("https://www.example.com/after_dial", "GET"));
        assertThat(dial.recording().dual()).isFalse();
        assertThat(dial.recordRinging()).isFalse();
        DialOrder.Target target = only(document);
        assertThat(target.uri()).isEqualTo("sip:dan@example.com;transport=tls");
        assertThat(target.headers().first("customheader")).contains("foo");
        assertThat(target.whisper()).isEqualTo(new Action("https://www.example.com/whisper_audio", "POST"));
        assertThat(target.status().url()).isEqualTo("https://www.example.com/dial_events");
        assertThat(target.status().events()).isEqualTo(Set.of(CallProgress.RINGING, CallProgress.ANSWERED));
    }
}
