package io.github.camelvoice.document.cxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong, and where: each case stands on a line of its own, behind an arrow what is said of it. */
class CxmlMistakesTest {

    private static final URI BASE = URI.create("https://app.example/dir/main?x=1");
    private static final String SIP = "<Sip>sip:b@example.com</Sip>";

    static Document read(String text) throws DocumentException {
        return CxmlParser.parse("test", BASE, text, Role.MAIN, CxmlOptions.STANDARD);
    }

    private static Stream<String> lines(String resource) throws IOException {
        try (InputStream in = CxmlMistakesTest.class.getResourceAsStream("/cxml/" + resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank());
        }
    }

    static Stream<String> mistakes() throws IOException {
        return lines("mistakes.txt");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachIsToldWithItsPlace(String line) throws Exception {
        String[] parts = line.split(" -> ", 2);
        String text = "<Response>\n" + parts[0].replace("SIP", SIP) + "\n</Response>";
        if (parts[1].equals("no")) {
            assertThat(read(text).sections()).isNotEmpty();
            return;
        }
        assertThatThrownBy(() -> read(text)).isInstanceOf(DocumentException.class).hasMessageContaining(parts[1])
                .hasMessageNotContaining("secret").hasMessageMatching("[^\\p{Cntrl}]*");
    }

    static Stream<String> warnings() throws IOException {
        return lines("warnings.txt");
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void whatIsLeftOutIsAWarning(String line) throws Exception {
        String[] parts = line.split(" -> ", 2);
        Document document = read("<Response>\n" + parts[0].replace("SIP", SIP) + "\n</Response>");
        assertThat(document.warnings()).singleElement().asString().startsWith(parts[1]);
    }

    @Test
    void placesAreThoseOfTheTextWhateverStandsBefore() {
        assertThatThrownBy(() -> read("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<!-- <Dial> & -->\r\n<Response>\r\n"
                + "  <Say><![CDATA[<x> & y]]></Say>\r\n  <Dial\r\n    action='/a?x=1&y=2'\r\n    timeout='x'><Sip>sip:a@b</Sip></Dial></Response>"))
                .hasMessage("/Response/Dial/@timeout (line 7, column 5): timeout of Dial must be a whole number from 0: x");
        assertThatThrownBy(() -> read("<Response><Say>a & b & c</Sey></Response>")).hasMessageContaining("line 1, column 2");
    }

    @Test
    void allMistakesAreToldUpToTwenty() {
        assertThatThrownBy(() -> read("<Response>" + "<Nope/>".repeat(30) + "</Response>")).isInstanceOfSatisfying(DocumentException.class,
                wrong -> assertThat(wrong.problems()).hasSize(20));
    }

    @Test
    void withoutAUrlOfTheDocumentThereAreNoRelativeOnes() throws Exception {
        assertThatThrownBy(() -> body("<Response><Redirect>/x</Redirect></Response>"))
                .hasMessageContaining("must be an http or https URL: this document has none of its own for a relative one");
        assertThat(body("<Response><Gather/></Response>").warnings()).isEmpty();
    }

    private static Document body(String text) throws DocumentException {
        return CxmlParser.parse("body", null, text, Role.MAIN, CxmlOptions.STANDARD);
    }
}
