package io.github.camelvoice.subscription.sep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.ResourceLists;
import io.github.camelvoice.subscription.state.Samples;
import io.github.camelvoice.subscription.state.Schemas;
import io.github.camelvoice.testkit.XmlLint;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subscription with states of every package, by xmllint: the document, the list in it (RFC 4662), and each state by the schema of its RFC. */
@Tag("peer")
class SepDocumentsTest {

    @TempDir
    private Path folder;

    /** Our schema, that of the list, and by it those of the states. */
    private Path schema() throws Exception {
        return Files.writeString(folder.resolve("all.xsd"), "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
                + include(SepReader.NAMESPACE, Path.of(SepReader.class.getResource("/io/github/camelvoice/subscription/sep.xsd").toURI()))
                + include(SepWriter.RLMI, Schemas.of("application/rlmi+xml"))
                + include(ResourceLists.NAMESPACE, Schemas.of(ResourceLists.TYPE)) + "</xs:schema>");
    }

    private static String include(String namespace, Path file) throws URISyntaxException {
        return "<xs:import namespace=\"" + namespace + "\" schemaLocation=\"" + file.toUri() + "\"/>";
    }

    private static String document() {
        List<SepDocument.Resource> resources = new ArrayList<>();
        for (EventState each : Samples.all()) {
            resources.add(new SepDocument.Resource("sip:a" + resources.size() + "@example.com", "A & B", List.of(
                    new SepDocument.Instance("i1", "active", null, each.contentType(), each.document()),
                    new SepDocument.Instance("i2", "terminated", "noresource", null, null))));
        }
        resources.add(new SepDocument.Resource("sip:new@example.com", null, List.of()));
        return new String(SepWriter.xml(new SepDocument("reg", "sip:x@example.com", 1, true, resources, "http://my.server.com/callback?xxx=yyy&z",
                Instant.parse("2026-06-01T18:00:00Z"))), StandardCharsets.UTF_8);
    }

    @Test
    void aSubscriptionIsValidInAllItsParts() throws Exception {
        XmlLint.mustBeValid(folder, schema(), document());
    }

    @Test
    void aStateThatIsNotValidIsSeen() throws Exception {
        String wrong = document().replace("event=\"shortened\"", "event=\"sung\"");
        Path schema = schema();
        assertThatThrownBy(() -> XmlLint.mustBeValid(folder, schema, wrong)).hasMessageContaining("sung");
    }

    @Test
    void whatTheFirstDescriptionShowsIsValid() throws Exception {
        XmlLint.mustBeValid(folder, schema(), """
                <?xml version="1.0"?>
                <subscribe xmlns="http://voip.co.uk/api/sep/2009-06" event="reg">
                  <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists">
                     <list><entry uri="sip:bill@example.com" /><entry uri="sip:joe@example.org" /></list>
                   </resource-lists>
                  <notify url="http://my.server.com/callback?xxx=yyy"/>
                  <expires>2009-06-01T18:00:00+00:00</expires>
                  <accept>application/reginfo+xml</accept>
                </subscribe>""");
        XmlLint.mustBeValid(folder, schema(), """
                <?xml version="1.0"?>
                <subscription xmlns="http://voip.co.uk/api/sep/2009-06" event="reg">
                  <list xmlns="urn:ietf:params:xml:ns:rlmi" uri="sip:domain.com" version="1" fullState="true">
                    <resource uri="sip:bill@example.com">
                      <instance id="juwigmtboe" state="active">
                        <reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="1" state="partial">
                          <registration aor="sip:bill@example.com" id="a7" state="active">
                            <contact id="76" state="active" event="registered" duration-registered="0">
                              <uri>sip:bill@pc34.example.com</uri>
                            </contact>
                          </registration>
                        </reginfo>
                      </instance>
                    </resource>
                    <resource uri="sip:joe@example.org" />
                  </list>
                  <notify url="http://my.server.com/callback?xxx=yyy"/>
                  <expires>2009-06-01T18:00:00+00:00</expires>
                </subscription>""");
    }
}
