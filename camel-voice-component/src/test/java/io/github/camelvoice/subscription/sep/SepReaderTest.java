package io.github.camelvoice.subscription.sep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken for a subscription, and what is refused with which element. */
class SepReaderTest {

    /** The example of 2009, byte by byte. */
    private static final String SEED = """
            <?xml version="1.0"?>

            <subscribe xmlns="http://voip.co.uk/api/sep/2009-06" event="reg">

              <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists">
                 <list>
                   <entry uri="sip:bill@example.com" />
                   <entry uri="sip:joe@example.org" />
                   <entry uri="sip:ted@example.net" />
                 </list>
               </resource-lists>

              <notify url="http://my.server.com/callback?xxx=yyy"/>
              <expires>2009-06-01T18:00:00+00:00</expires>

              <accept>application/reginfo+xml</accept>

            </subscribe>
            """;

    private static SepRequest read(String xml) throws SepException {
        return SepReader.xml(xml.getBytes(StandardCharsets.UTF_8), null, 1_000);
    }

    private static SepException refused(String xml) {
        return catchThrowableOfType(SepException.class, () -> read(xml));
    }

    private static void is(SepException refused, String code, String element) {
        assertThat(refused).isNotNull();
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
        assertThat(refused.element()).as(refused.getMessage()).isEqualTo(element);
        assertThat(refused.getMessage()).doesNotContain("Exception", "javax", "null");
    }

    @Test
    void theExampleOf2009() throws SepException {
        SepRequest request = read(SEED);
        assertThat(request.event()).isEqualTo("reg");
        assertThat(request.resources()).extracting(SepRequest.Resource::uri).containsExactly("sip:bill@example.com", "sip:joe@example.org",
                "sip:ted@example.net");
        assertThat(request.receiver()).isEqualTo("http://my.server.com/callback?xxx=yyy");
        assertThat(request.expires()).isEqualTo(Instant.parse("2009-06-01T18:00:00Z"));
        assertThat(request.accept()).containsExactly("application/reginfo+xml");
    }

    @Test
    void whatIsTakenIsValidByTheSchema() {
        SepException refused = refused(SEED.replace("<accept>", "<accept xml:lang=\"en\">"));
        assertThat(refused.code()).isEqualTo("not-valid");
        assertThat(refused.element()).isEqualTo("/subscribe/accept");
        assertThat(refused.line()).isEqualTo(16);
    }

    @Test
    void prefixesOrderAndNamesAreFree() throws SepException {
        SepRequest request = read("""
                <s:subscribe xmlns:s="http://voip.co.uk/api/sep/2009-06" xmlns:r="urn:ietf:params:xml:ns:resource-lists" event="dialog;call-id=a@b">
                <s:accept>a/b</s:accept><s:accept> c/d </s:accept><s:expires>2030-01-01T00:00:00.5-05:00</s:expires>
                <r:resource-lists><r:list name="x"><r:entry uri="sips:a@h;x=y?z=1"><r:display-name>Ann &amp; Bob</r:display-name></r:entry>
                <r:list><r:entry uri="sip:b@h"/><r:entry uri="sip:b@H"/></r:list></r:list></r:resource-lists></s:subscribe>""");
        assertThat(request.accept()).containsExactly("a/b", "c/d");
        assertThat(request.expires()).isEqualTo(Instant.parse("2030-01-01T05:00:00.500Z"));
        assertThat(request.event()).isEqualTo("dialog;call-id=a@b");
        assertThat(request.receiver()).isNull();
        assertThat(request.resources()).containsExactly(new SepRequest.Resource("sips:a@h;x=y?z=1", "Ann & Bob"),
                new SepRequest.Resource("sip:b@h", null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "voip.co.uk/api/sep/2009-06 | voip.co.uk/api/sep/2009-01 | wrong-namespace | /subscribe",
        "urn:ietf:params:xml:ns:resource-lists | urn:x | wrong-namespace | /subscribe/resource-lists",
        " event=\"reg\" | '' | missing-attribute | /subscribe@event",
        "event=\"reg\" | event=\"re g\" | bad-event | /subscribe@event",
        "event=\"reg\" | event=\"reg\" color=\"red\" | unknown-attribute | /subscribe@color",
        "<accept> | <cheese/><accept> | unknown-element | /subscribe/cheese",
        "<accept> | <notify url=\"http://x\"/><accept> | repeated-element | /subscribe/notify[2]",
        "<accept> | <expires>2030-01-01T00:00:00Z</expires><accept> | repeated-element | /subscribe/expires[2]",
        "application/reginfo+xml | application | bad-accept | /subscribe/accept",
        "application/reginfo+xml | <b/> | unknown-element | /subscribe/accept/b",
        "url=\"http://my.server.com/callback?xxx=yyy\" | '' | missing-attribute | /subscribe/notify@url",
        "url=\"http | href=\"http | unknown-attribute | /subscribe/notify@href",
        "18:00:00+00:00 | 18:00:00 | bad-expires | /subscribe/expires",
        "2009-06-01T18:00:00+00:00 | tomorrow | bad-expires | /subscribe/expires",
        "2009-06-01T18:00:00+00:00 | +99999-06-01T18:00:00+00:00 | bad-expires | /subscribe/expires",
        "sip:joe@example.org | http://joe | bad-resource | /subscribe/resource-lists/list/entry@uri",
        "sip:joe@example.org | sip: | bad-resource | /subscribe/resource-lists/list/entry[2]",
        "<entry uri=\"sip:joe@example.org\" /> | <entry/> | bad-resource | /subscribe/resource-lists/list/entry[2]",
        "<entry uri=\"sip:joe@example.org\" /> | <external anchor=\"http://x\"/> | bad-resource | /subscribe/resource-lists/list/external",
        "<?xml version=\"1.0\"?> | <!DOCTYPE subscribe SYSTEM \"file:///etc/passwd\"> | bad-xml | ",
        "<accept> | <accept>&lol;</accept><accept> | bad-xml | "})
    void whatIsWrongIsNamed(String good, String bad, String code, String element) {
        assertThat(SEED).contains(good);
        is(refused(SEED.replace(good, bad)), code, element);
    }

    @Test
    void whatIsNoDocumentOfThisKind() {
        is(refused(""), "bad-xml", null);
        is(refused("hello"), "bad-xml", null);
        is(refused("<subscribe"), "bad-xml", null);
        is(refused("<subscribe xmlns=\"http://voip.co.uk/api/sep/2009-06\" event=\"reg\"/>"), "missing-element", "/subscribe");
        is(refused(SEED.replaceAll("<entry[^>]*>", "")), "no-resources", "/subscribe/resource-lists");
        is(refused("<subscription xmlns=\"http://voip.co.uk/api/sep/2009-06\" event=\"reg\"/>"), "unknown-element", "/subscription");
        SepException placed = refused(SEED.replace("<accept>", "<cheese/><accept>"));
        assertThat(placed.line()).isEqualTo(16);
        assertThat(placed.column()).isPositive();
    }

    @Test
    @Timeout(10)
    void bombsAreRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE subscribe [<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a").append(i).append(" \"").append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        is(refused(bomb + "]><subscribe>&a29;</subscribe>"), "bad-xml", null);
        assertThat(refused("<a>".repeat(100_000)).code()).isEqualTo("bad-xml");
        String many = IntStream.range(0, 100_000).mapToObj(i -> "<entry uri=\"sip:u" + i + "@h\"/>").collect(Collectors.joining());
        assertThat(refused(SEED.replace("<list>", "<list>" + many)).code()).isIn("bad-xml", "too-many-resources");
        String some = IntStream.range(0, 2_000).mapToObj(i -> "<entry uri=\"sip:u" + i + "@h\"/>").collect(Collectors.joining());
        is(refused(SEED.replace("<list>", "<list>" + some)), "too-many-resources", "/subscribe/resource-lists");
    }

    private static SepException json(String json) {
        return catchThrowableOfType(SepException.class, () -> SepJson.read(json.getBytes(StandardCharsets.UTF_8), 3));
    }

    @Test
    void theSameAsJson() throws Exception {
        SepRequest request = SepJson.read("""
                {"event": "reg", "resources": ["sip:bill@example.com", {"uri": "sip:joe@example.org", "name": "Joe"}], "expires": "2009-06-01T18:00:00+00:00",
                 "notify": "http://my.server.com/callback?xxx=yyy", "accept": ["application/reginfo+xml"]}""".getBytes(StandardCharsets.UTF_8), 3);
        assertThat(request).isEqualTo(new SepRequest("reg", List.of(new SepRequest.Resource("sip:bill@example.com", null),
                new SepRequest.Resource("sip:joe@example.org", "Joe")), List.of("application/reginfo+xml"), Instant.parse("2009-06-01T18:00:00Z"),
                "http://my.server.com/callback?xxx=yyy"));
    }

    @Test
    void whatIsWrongInJsonIsNamed() {
        is(json("{"), "bad-json", null);
        is(json("[]"), "bad-json", null);
        is(json(""), "bad-json", null);
        is(json("{} {}"), "bad-json", null);
        is(json("{\"event\":\"a\",\"event\":\"b\"}"), "bad-json", null);
        is(json("[".repeat(100_000)), "bad-json", null);
        is(json("{\"resources\":[\"sip:a@h\"]}"), "missing-element", "event");
        is(json("{\"event\":7}"), "bad-event", "event");
        is(json("{\"event\":\"reg\"}"), "no-resources", "resources");
        is(json("{\"event\":\"reg\",\"resources\":[]}"), "no-resources", "resources");
        is(json("{\"event\":\"reg\",\"resources\":[\"sip:a@h\",\"x\"]}"), "bad-resource", "resources[1]");
        is(json("{\"event\":\"reg\",\"resources\":[{\"uri\":\"sip:a@h\",\"x\":1}]}"), "bad-resource", "resources[0]");
        is(json("{\"event\":\"reg\",\"resources\":[\"sip:a@h\",\"sip:b@h\",\"sip:c@h\",\"sip:d@h\"]}"), "too-many-resources", "resources");
        is(json("{\"event\":\"reg\",\"resources\":[\"sip:a@h\"],\"expires\":\"now\"}"), "bad-expires", "expires");
        is(json("{\"event\":\"reg\",\"resources\":[\"sip:a@h\"],\"accept\":[\"x\"]}"), "bad-accept", "accept[0]");
        is(json("{\"event\":\"reg\",\"resources\":[\"sip:a@h\"],\"notify\":{}}"), "bad-notify", "notify");
        is(json("{\"event\":\"reg\",\"resources\":[\"sip:a@h\"],\"cheese\":1}"), "unknown-element", "cheese");
    }
}
