package io.github.camelvoice.subscription.sep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.subscription.state.xml.XmlLimits;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subscription looks like. */
class SepWriterTest {

    private static final String REGINFO = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- as it came -->
            <reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="1" state="partial">
              <registration aor="sip:bill@example.com" id="a7" state="active">
                <contact id="76" state="active" event="registered" duration-registered="0"><uri>sip:bill@pc34.example.com</uri></contact>
              </registration>
            </reginfo>
            """;
    private static final String RLMI = SepWriter.RLMI;

    private static SepDocument with(String contentType, String body) {
        return new SepDocument("reg", "sip:1@h:5060", 1, true, List.of(
                new SepDocument.Resource("sip:bill@example.com", "Bill <b> & \"co\"", List.of(
                        new SepDocument.Instance("juwigmtboe", "active", null, contentType, body))),
                new SepDocument.Resource("sip:joe@example.org", null, List.of())), "http://my.server.com/callback?xxx=yyy&z=1",
                Instant.parse("2009-06-01T17:59:59.1Z"));
    }

    private static String xml(String contentType, String body) {
        return new String(SepWriter.xml(with(contentType, body)), StandardCharsets.UTF_8);
    }

    private static XmlNode read(String xml) throws Exception {
        return XmlReader.read(xml, XmlLimits.BODY);
    }

    private static XmlNode instance(String xml) throws Exception {
        return read(xml).children().get(0).child("resource").child("instance");
    }

    @Test
    void isTheDocumentOf2009WithoutItsSlips() throws Exception {
        String xml = xml("application/reginfo+xml;charset=utf-8", REGINFO);
        assertThat(xml).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<subscription xmlns=\"http://voip.co.uk/api/sep/2009-06\" event=\"reg\">")
                .contains("<list xmlns=\"urn:ietf:params:xml:ns:rlmi\" uri=\"sip:1@h:5060\" version=\"1\" fullState=\"true\">")
                .contains("<instance id=\"juwigmtboe\" state=\"active\">").contains("<resource uri=\"sip:joe@example.org\"/>")
                .contains(REGINFO.substring(REGINFO.indexOf("<!--")).strip()).endsWith("</subscription>\n");
        XmlNode root = read(xml);
        assertThat(root.is(SepReader.NAMESPACE, "subscription")).isTrue();
        assertThat(root.children().get(0).is(RLMI, "list")).isTrue();
        assertThat(root.child("notify").attribute("url")).isEqualTo("http://my.server.com/callback?xxx=yyy&z=1");
        assertThat(root.childText("expires")).isEqualTo("2009-06-01T18:00:00+00:00");
        assertThat(root.children().get(0).child("resource").childText("name")).isEqualTo("Bill <b> & \"co\"");
        assertThat(instance(xml).children().get(0).is("urn:ietf:params:xml:ns:reginfo", "reginfo")).isTrue();
    }

    @Test
    void whatIsNoXmlIsText() throws Exception {
        String text = "Messages-Waiting: yes\r\nVoice-Message: 2/8 (0/2)\r\n\t<&]]>";
        XmlNode body = instance(xml("application/simple-message-summary", text)).children().get(0);
        assertThat(body.is(SepReader.NAMESPACE, "body")).isTrue();
        assertThat(body.attribute("content-type")).isEqualTo("application/simple-message-summary");
        assertThat(body.text()).isEqualTo(text);
    }

    @Test
    void whatClaimsToBeXmlAndIsNotIsText() throws Exception {
        for (String bad : List.of("<reginfo>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "</instance></resource>", "hello", "<a/><b/>",
                "<?xml version=\"1.0\"?>", "\u0001")) {
            XmlNode body = instance(xml("application/reginfo+xml", bad)).children().get(0);
            assertThat(body.is(SepReader.NAMESPACE, "body")).as(bad).isTrue();
            assertThat(body.text()).isEqualTo(bad.replace('\u0001', '\uFFFD'));
        }
        assertThat(instance(xml("application/reginfo+xml", "")).children()).isEmpty();
        assertThat(instance(xml(null, null)).children()).isEmpty();
    }

    @Test
    void namespacesStayWhatTheyWere() throws Exception {
        for (String body : List.of("<a><b xmlns=\"urn:b\"><c xmlns=\"\"/></b></a>", "<p:a xmlns:p=\"urn:p\" x=\"1\"><b/></p:a>",
                "<a xmlns=\"urn:a\"><b xmlns=\"\"><c/></b></a>", "<p:a xmlns:p=\"urn:p\"><b xmlns=\"urn:c\"><c xmlns=\"\"/></b></p:a>",
                "<a xmlns:p=\"urn:p\"><p:b/></a>", "\uFEFF<?xml version='1.0'?>\n<a xmlns='urn:a'/>")) {
            XmlNode alone = read(body);
            assertThat(instance(xml("text/xml", body)).children().get(0)).as(body).isEqualTo(alone);
        }
    }

    @Test
    void asJson() throws Exception {
        JsonNode json = new ObjectMapper().readTree(SepWriter.json(with("application/reginfo+xml", REGINFO)));
        assertThat(json.fieldNames()).toIterable().containsExactly("event", "list", "notify", "expires");
        assertThat(json.at("/list/version").asInt()).isEqualTo(1);
        assertThat(json.at("/list/fullState").asBoolean()).isTrue();
        assertThat(json.at("/list/resources/0/name").asText()).isEqualTo("Bill <b> & \"co\"");
        assertThat(json.at("/list/resources/0/instances/0/state").asText()).isEqualTo("active");
        assertThat(json.at("/list/resources/0/instances/0/contentType").asText()).isEqualTo("application/reginfo+xml");
        assertThat(json.at("/list/resources/0/instances/0/body").asText()).isEqualTo(REGINFO);
        assertThat(json.at("/list/resources/1/instances").isEmpty()).isTrue();
    }

    @Test
    void listsOfSubscriptions() throws Exception {
        List<SepWriter.Summary> all = List.of(new SepWriter.Summary("http://h/v/2009-06/sep/1", "reg", "pending", 1, 3, "http://r", null));
        XmlNode root = read(new String(SepWriter.xml(all), StandardCharsets.UTF_8));
        assertThat(root.is(SepReader.NAMESPACE, "subscriptions")).isTrue();
        assertThat(root.child("subscription").attributes()).containsEntry("href", "http://h/v/2009-06/sep/1").containsEntry("resources", "3");
        assertThat(new ObjectMapper().readTree(SepWriter.json(all)).at("/subscriptions/0/notify").asText()).isEqualTo("http://r");
    }
}
