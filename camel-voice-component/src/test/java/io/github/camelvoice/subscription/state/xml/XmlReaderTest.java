package io.github.camelvoice.subscription.state.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML of strangers. */
class XmlReaderTest {

    @TempDir
    private Path folder;

    private static XmlNode read(String document) throws XmlException {
        return XmlReader.read(document.getBytes(StandardCharsets.UTF_8), null, XmlLimits.BODY);
    }

    private static void assertRefused(String document, String why) {
        assertThatThrownBy(() -> read(document)).isInstanceOfSatisfying(XmlException.class, e -> assertThat(e.getMessage()).contains(why));
    }

    @Test
    void nothingIsDeclared() {
        assertRefused("<!DOCTYPE a><a/>", "a document type is not allowed");
        assertRefused("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "a document type is not allowed");
        assertRefused("<!DOCTYPE a [<!ENTITY a0 'ha'><!ENTITY a1 '&a0;&a0;'><!ENTITY a2 '&a1;&a1;'>]><a>&a2;</a>", "a document type is not allowed");
        assertRefused("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x.dtd'> %p;]><a/>", "a document type is not allowed");
        assertRefused("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>", "a document type is not allowed");
        assertRefused("<a>&undeclared;</a>", "");
        assertRefused("<a x='&undeclared;'/>", "");
        assertRefused("<!DOCTYPE a [" + "<!ENTITY x 'y'>".repeat(50_000) + "]><a/>", "a document type is not allowed");
    }

    @Test
    void noFileIsEverRead() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret-text");
        String document = "<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><a>&x;</a>";
        assertThatThrownBy(() -> read(document)).isInstanceOf(XmlException.class).hasMessageNotContaining("secret-text");
        XmlNode node = read("<?xml-stylesheet href='" + secret.toUri()
                + "'?><a xmlns:xi='http://www.w3.org/2001/XInclude' xmlns:s='x' s:schemaLocation='" + secret.toUri()
                + "'><xi:include href='" + secret.toUri() + "'/></a>");
        assertThat(XmlWriter.document(node)).doesNotContain("secret-text");
    }

    @Test
    void everythingHasABound() {
        assertRefused("<a>" + "x".repeat(1 << 20) + "</a>", "has more than 1048576 bytes");
        assertRefused("<a>".repeat(40) + "</a>".repeat(40), "nested deeper than 32");
        assertRefused("<a>" + "<b/>".repeat(20_001) + "</a>", "more than 20000 elements");
        StringBuilder attributes = new StringBuilder("<a");
        StringBuilder namespaces = new StringBuilder("<a");
        for (int i = 0; i < 10_000; i++) {
            attributes.append(" a").append(i).append("='1'");
            namespaces.append(" xmlns:a").append(i).append("='u'");
        }
        assertRefused(attributes + "/>", "");
        assertRefused(namespaces + "/>", "");
        assertRefused("<" + "a".repeat(500_000) + ">", "");
    }

    @Test
    void encodingsAreWhatTheySay() throws XmlException {
        String text = "<a>é€</a>";
        assertThat(XmlReader.read(text.getBytes(StandardCharsets.UTF_16), null, XmlLimits.BODY).text()).isEqualTo("é€");
        assertThat(XmlReader.read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE), "us-ascii", XmlLimits.BODY).text()).isEqualTo("é€");
        assertThat(XmlReader.read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8), null, XmlLimits.BODY).text()).isEqualTo("é€");
        assertThat(XmlReader.read("<a>é</a>".getBytes(StandardCharsets.ISO_8859_1), "ISO-8859-1", XmlLimits.BODY).text()).isEqualTo("é");
        assertThat(XmlReader.read("<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".getBytes(StandardCharsets.ISO_8859_1), null,
                XmlLimits.BODY).text())
                .isEqualTo("é");
        assertThatThrownBy(() -> XmlReader.read("<a>é</a>".getBytes(StandardCharsets.ISO_8859_1), null,
                XmlLimits.BODY)).hasMessage("document: is not UTF-8");
        assertThatThrownBy(() -> XmlReader.read("<?xml version='1.0' encoding='utf-16'?><a/>".getBytes(StandardCharsets.UTF_8), null, XmlLimits.BODY))
                .hasMessageContaining("declares an encoding that it does not have");
        assertThatThrownBy(() -> XmlReader.read("<?xml version='1.0' encoding='utf-7'?><a/>".getBytes(StandardCharsets.UTF_8), null, XmlLimits.BODY))
                .hasMessageContaining("has an encoding that is not read");
        assertThatThrownBy(() -> XmlReader.read("<a/>".getBytes(Charset.forName("IBM037")), null, XmlLimits.BODY)).isInstanceOf(XmlException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "<", "<a", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a/>x", "<a b=c/>", "<a b='1' b='2'/>", "<p:a/>",
            "<a>&#0;</a>", "<a>\u0000</a>", "<a>]]></a>", "<a>&#xD800;</a>", "<?xml version='1.1'?><a>&#1;</a>", "<a xmlns:p=''><p:b/></a>",
        "<a><![CDATA[</a>", "<!-- -- --><a/>",
        "<a>\uFFFF</a>", "\uFEFF"})
    void whatIsNotXmlIsRefused(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(XmlException.class);
    }

    @Test
    void mistakesHaveTheirPlace() {
        assertThatThrownBy(() -> read("<list>\n  <entry/>\n  <entry>\n</list>")).isInstanceOfSatisfying(XmlException.class, e -> {
            assertThat(e.line()).isEqualTo(4);
            assertThat(e.getMessage()).startsWith("document (line 4, column ");
        });
        assertThatThrownBy(() -> read("<a><b><c/><c>" + "<d>".repeat(40))).isInstanceOfSatisfying(XmlException.class,
                e -> assertThat(e.element()).startsWith("/a/b/c[2]/d/d"));
    }

    @Test
    void namespacesAndTextSurvive() throws XmlException {
        String document = "<a xmlns=\"u:a\" xmlns:p=\"u:p\" p:x=\"1 &lt;&#10;\" y=\"2\"><p:b>t &amp; <![CDATA[<u>]]></p:b><c xmlns=\"\"><d/></c><p "
                + "xmlns=\"u:p\" xml:lang=\"en\"/></a>";
        XmlNode node = read(document);
        String written = XmlWriter.document(node);
        assertThat(read(written)).isEqualTo(node);
        assertThat(node.child("b")).as("another namespace").isNull();
        assertThat(node.foreign()).hasSize(3);
        assertThat(node.foreign().get(0).text()).isEqualTo("t & <u>");
        assertThat(node.attribute("{u:p}x")).isEqualTo("1 <\n");
        assertThat(read(XmlWriter.indented(node))).isEqualTo(node);
        assertThat(XmlWriter.fragment(node.foreign().subList(0, 1))).isEqualTo("<p:b xmlns:p=\"u:p\">t &amp; &lt;u&gt;</p:b>");
    }

    @Test
    void whatXmlCannotHoldIsReplaced() throws XmlException {
        XmlNode node = XmlNode.builder("u:a", "a").attribute("x", "\u0001\uD800\uFFFF ok \uD83D\uDE00").text("\u0000\uDC00]]>").build();
        XmlNode read = read(XmlWriter.document(node));
        assertThat(read.attribute("x")).isEqualTo("\uFFFD\uFFFD\uFFFD ok \uD83D\uDE00");
        assertThat(read.text()).isEqualTo("\uFFFD\uFFFD]]>");
    }
}
