package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.gateway.access.AccountCommand;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.subscription.state.xml.XmlLimits;
import io.github.camelvoice.subscription.state.xml.XmlNode;
import io.github.camelvoice.subscription.state.xml.XmlReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SIP Event Package API as a client sees it that was written for the document of 2009: requests, places, forms, errors. */
class SepApiTest {

    private static final String SEP = "http://voip.co.uk/api/sep/2009-06";
    private static final String PATH = "/v/2009-06/sep";
    /** The document of 2009, with a later end. */
    static final String SEED = """
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
              <expires>2036-06-01T18:00:00+00:00</expires>

              <accept>application/reginfo+xml</accept>

            </subscribe>
            """;
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        running = Running.start(folder, Map.of("voice.outbound.allow", "my.server.com,127.0.0.1,public", "voice.http.rate", "10000",
                "voice.subscribe.expires", "366d", "voice.subscribe.resources", "2000"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpResponse<String> send(String method, String path, String type, String body, String... headers) throws Exception {
        HttpRequest.Builder request = running.request(path).method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return running.send(request);
    }

    private static HttpResponse<String> post(String xml, String... headers) throws Exception {
        return send("POST", PATH, "text/xml", xml, headers);
    }

    private static String created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("http://127.0.0.1:" + running.httpPort() + "/v/2009-0");
        return location.substring(location.indexOf("/v/"));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    private static XmlNode xml(HttpResponse<String> answer) throws Exception {
        return XmlReader.read(answer.body(), XmlLimits.BODY);
    }

    private static void refused(HttpResponse<String> answer, int status, String code, String element) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+xml");
        XmlNode problem = xml(answer);
        assertThat(problem.is("urn:ietf:rfc:7807", "problem")).isTrue();
        assertThat(problem.childText("status")).isEqualTo(Integer.toString(status));
        assertThat(problem.childText("code")).as(answer.body()).isEqualTo(code);
        assertThat(problem.childText("element")).as(answer.body()).isEqualTo(element);
        assertThat(answer.body()).doesNotContain("Exception", "camel");
    }

    @ParameterizedTest
    @CsvSource({"2009-06", "2009-01"})
    void theExchangeOf2009(String version) throws Exception {
        HttpResponse<String> made = send("POST", "/v/" + version + "/sep", "text/xml", SEED);
        String place = created(made);
        assertThat(place).startsWith("/v/" + version + "/sep/");
        assertThat(header(made, "Content-Type")).isEqualTo("text/xml");

        HttpResponse<String> got = send("GET", place, null, null, "Accept", "xxxx");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(header(got, "Content-Type")).isEqualTo("text/xml");
        assertThat(header(got, "Vary")).isEqualTo("Accept");
        XmlNode root = xml(got);
        assertThat(root.is(SEP, "subscription")).isTrue();
        assertThat(root.attribute("event")).isEqualTo("reg");
        XmlNode list = root.children().get(0);
        assertThat(list.is("urn:ietf:params:xml:ns:rlmi", "list")).isTrue();
        assertThat(list.attribute("uri")).startsWith("sip:");
        assertThat(list.attribute("version")).matches("[1-9][0-9]*");
        assertThat(list.attribute("fullState")).isEqualTo("true");
        assertThat(list.children("resource")).extracting(each -> each.attribute("uri")).containsExactly("sip:bill@example.com", "sip:joe@example.org",
                "sip:ted@example.net");
        assertThat(root.child("notify").attribute("url")).isEqualTo("http://my.server.com/callback?xxx=yyy");
        assertThat(root.childText("expires")).as("a year at most here").matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\+00:00");

        String other = place.replace(version, version.equals("2009-06") ? "2009-01" : "2009-06");
        assertThat(send("GET", other, null, null).statusCode()).as("the same under both").isEqualTo(200);
        HttpResponse<String> gone = send("DELETE", place, null, null);
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        refused(send("GET", place, null, null), 404, "no-such-subscription", null);
        refused(send("DELETE", place, null, null), 404, "no-such-subscription", null);
    }

    @Test
    void theSameAsJson() throws Exception {
        HttpResponse<String> made = send("POST", PATH, "application/json", """
                {"event": "message-summary", "resources": ["sip:bill@example.com", {"uri": "sip:joe@example.org", "name": "Joe"}]}""");
        String place = created(made);
        assertThat(header(made, "Content-Type")).isEqualTo("application/json");
        HttpResponse<String> got = send("GET", place, null, null, "Accept", "application/json");
        JsonNode json = Running.json(got);
        assertThat(json.fieldNames()).toIterable().containsExactly("event", "list", "expires");
        assertThat(json.at("/list").fieldNames()).toIterable().containsExactly("uri", "version", "fullState", "resources");
        assertThat(json.at("/list/resources/1/name").asText()).isEqualTo("Joe");
        assertThat(header(send("GET", place, null, null), "Content-Type")).isEqualTo("text/xml");
        assertThat(header(send("GET", place, null, null, "Accept", "application/json;q=0.5, application/xml;q=0.4"), "Content-Type"))
                .isEqualTo("application/json");
        assertThat(header(send("GET", place, null, null, "Accept", "text/html, */*;q=0.1"), "Content-Type")).isEqualTo("text/xml");
        refused(send("GET", place, null, null, "Accept", "text/html, text/*;q=0, application/*;q=0"), 406, "not-acceptable", null);
        HttpResponse<String> wrong = send("POST", PATH, "application/json", "{\"event\":\"reg\",\"resources\":[\"x\"]}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(header(wrong, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(Running.json(wrong).get("element").asText()).isEqualTo("resources[0]");
        assertThat(send("DELETE", place, null, null).statusCode()).isEqualTo(204);
        assertThat(Running.json(send("GET", place, null, null, "Accept", "application/json")).get("code").asText()).isEqualTo("no-such-subscription");
    }

    @Test
    void tagsSayWhetherItIsTheSame() throws Exception {
        String place = created(post(SEED));
        HttpResponse<String> got = send("GET", place, null, null);
        String tag = header(got, "ETag");
        assertThat(tag).matches("\"[0-9]+-xml\"");
        HttpResponse<String> same = send("GET", place, null, null, "If-None-Match", "\"x\", W/" + tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(header(same, "ETag")).isEqualTo(tag);
        assertThat(send("GET", place, null, null, "If-None-Match", tag, "Accept", "application/json").statusCode()).as("another form").isEqualTo(200);
        assertThat(send("GET", place + "?state=full", null, null, "If-None-Match", tag).statusCode()).isEqualTo(200);
        HttpResponse<String> head = send("HEAD", place, null, null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "ETag")).isEqualTo(tag);
        refused(send("DELETE", place, null, null, "If-Match", "\"0-xml\""), 412, "precondition-failed", null);
        assertThat(send("DELETE", place, null, null, "If-Match", tag).statusCode()).isEqualTo(204);
    }

    @Test
    void itCanBeChanged() throws Exception {
        String place = created(post(SEED));
        String tag = header(send("GET", place, null, null), "ETag");
        String other = SEED.replace("sip:joe@example.org", "sip:ann@example.org").replace("xxx=yyy", "z=1");
        HttpResponse<String> changed = send("PUT", place, "text/xml", other, "If-Match", tag);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        XmlNode root = xml(send("GET", place, null, null));
        assertThat(root.children().get(0).children("resource")).extracting(each -> each.attribute("uri")).contains("sip:ann@example.org")
                .doesNotContain("sip:joe@example.org");
        assertThat(root.child("notify").attribute("url")).endsWith("?z=1");
        refused(send("PUT", place, "text/xml", other, "If-Match", tag), 412, "precondition-failed", null);
        refused(send("PUT", place, "text/xml", SEED.replace("event=\"reg\"", "event=\"dialog\"")), 409, "fixed", "event");
        refused(send("PUT", place, "text/xml", SEED.replace("reginfo+xml", "x+xml")), 409, "fixed", "accept");
        refused(send("PUT", place, "text/xml", "<x/>"), 400, "unknown-element", "/x");
        refused(send("PUT", PATH + "/nobody", "text/xml", SEED), 404, "no-such-subscription", null);
        HttpResponse<String> patch = send("PATCH", place, "text/xml", SEED);
        refused(patch, 405, "method-not-allowed", null);
        assertThat(header(patch, "Allow")).isEqualTo("DELETE, GET, HEAD, PUT");
        assertThat(header(send("PUT", PATH, "text/xml", SEED), "Allow")).isEqualTo("GET, HEAD, POST");
        assertThat(send("DELETE", place, null, null).statusCode()).isEqualTo(204);
    }

    @Test
    void anAccountSeesItsOwnInAList() throws Exception {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            places.add(created(post(SEED)));
        }
        XmlNode list = xml(send("GET", PATH, null, null));
        assertThat(list.is(SEP, "subscriptions")).isTrue();
        List<String> hrefs = list.children("subscription").stream().map(each -> each.attribute("href")).toList();
        assertThat(hrefs).containsAll(places.stream().map(each -> "http://127.0.0.1:" + running.httpPort() + each).toList());
        JsonNode json = Running.json(send("GET", "/v/2009-01/sep", null, null, "Accept", "application/json"));
        assertThat(json.at("/subscriptions").size()).isGreaterThanOrEqualTo(3);
        assertThat(json.at("/subscriptions/0").fieldNames()).toIterable().contains("event", "href", "state", "version", "resources");
        for (String place : places) {
            assertThat(send("DELETE", place, null, null).statusCode()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sep/2009-06 | sep/2009-07 | 400 | wrong-namespace | /subscribe",
        "2036-06-01 | 2009-06-01 | 400 | past-expires | expires",
        "2036-06-01T18:00:00+00:00 | soon | 400 | bad-expires | /subscribe/expires",
        "<entry uri=\"sip:joe@example.org\" /> | <entry uri=\"tel:1\"/> | 400 | bad-resource | /subscribe/resource-lists/list/entry@uri",
        "<accept> | <colour/><accept> | 400 | unknown-element | /subscribe/colour",
        "<?xml version=\"1.0\"?> | <!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]> | 400 | bad-xml | ",
        "http://my.server.com/ | http://10.0.0.1/ | 400 | bad-notify | notify@url",
        "http://my.server.com/ | ftp://my.server.com/ | 400 | bad-notify | notify@url",
        "http://my.server.com/callback?xxx=yyy | kafka:calls | 400 | bad-notify | notify@url",
        "http://my.server.com/ | {{secret}}/ | 400 | bad-notify | notify@url",
        "</subscribe> | '' | 400 | bad-xml | "})
    void whatIsWrongIsNamed(String good, String bad, int status, String code, String element) throws Exception {
        assertThat(SEED).contains(good);
        refused(post(SEED.replace(good, bad).strip()), status, code, element);
    }

    @Test
    void whateverPackageIsTaken() throws Exception {
        for (String event : List.of("rtcp-stats", "vq-rtcpxr", "x-vendor.thing", "dialog;call-id=a", "as-feature-event")) {
            assertThat(send("DELETE", created(post(SEED.replace("\"reg\"", "\"" + event + "\""))), null, null).statusCode()).isEqualTo(204);
        }
    }

    @Test
    @Timeout(30)
    void floodsAreRefusedQuickly() throws Exception {
        String many = IntStream.range(0, 100_000).mapToObj(i -> "<entry uri=\"sip:user" + i + "@example.com\"/>").collect(Collectors.joining());
        refused(post(SEED.replace("<list>", "<list>" + many)), 413, "too-large", null);
        String some = IntStream.range(0, 2_001).mapToObj(i -> "<entry uri=\"sip:u" + i + "@h\"/>").collect(Collectors.joining());
        refused(post(SEED.replace("<list>", "<list>" + some)), 422, "too-many-resources", "/subscribe/resource-lists");
        HttpRequest.Builder chunked = running.request(PATH).header("Content-Type", "text/xml").POST(HttpRequest.BodyPublishers.ofInputStream(() ->
                new java.io.ByteArrayInputStream(new byte[3_000_000])));
        try {
            refused(running.send(chunked), 413, "too-large", null);
        } catch (java.io.IOException closed) {
            assertThat(closed).hasMessageNotContaining("timed out");
        }
        refused(send("POST", PATH, "text/plain", SEED), 415, "unsupported-media-type", null);
        refused(send("POST", PATH, "application/x-www-form-urlencoded", "a=b"), 415, "unsupported-media-type", null);
        refused(send("POST", PATH, "text/xml", null), 400, "bad-xml", null);
        refused(send("GET", PATH + "/x?state=half", null, null), 404, "no-such-subscription", null);
        refused(send("GET", PATH + "/x?colour=red", null, null), 400, "bad-parameter", null);
    }

    @Test
    void whoMayNotIsToldSo() throws Exception {
        HttpResponse<String> nobody = running.send(running.anonymous(PATH).header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(SEED)));
        refused(nobody, 401, "unauthorized", null);
        assertThat(header(nobody, "WWW-Authenticate")).contains("Basic");
    }

    private static String account(String... permissions) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String name = "sep-" + permissions.length + permissions[0].substring(permissions[0].lastIndexOf('.') + 1);
        List<String> arguments = new ArrayList<>(List.of("add", name, "--project", "default"));
        for (String permission : permissions) {
            arguments.addAll(List.of("--permission", permission));
        }
        new AccountCommand(running.data, new PrintStream(out), EngineClock.SYSTEM).run(arguments);
        String token = out.toString().strip();
        await().until(() -> as(token, "GET", "/api/v1/openapi.json").statusCode() == 200);
        return token;
    }

    private static HttpResponse<String> as(String token, String method, String path) throws Exception {
        return running.send(running.anonymous(path).header("Authorization", "Bearer " + token).header("Content-Type", "text/xml")
                .method(method, HttpRequest.BodyPublishers.ofString(method.startsWith("P") ? SEED : "")));
    }

    @Test
    void anotherAccountSeesNothingOfIt() throws Exception {
        String place = created(post(SEED));
        String other = account("voice.subscriptions.get", "voice.subscriptions.update");
        refused(as(other, "GET", place), 404, "no-such-subscription", null);
        refused(as(other, "PUT", place), 404, "no-such-subscription", null);
        refused(as(other, "DELETE", place), 404, "no-such-subscription", null);
        assertThat(as(other, "GET", PATH).body()).doesNotContain(place);
        assertThat(as(other, "POST", PATH).statusCode()).isEqualTo(201);
        String reader = account("voice.subscriptions.get");
        refused(as(reader, "POST", PATH), 403, "forbidden", null);
        refused(as(reader, "DELETE", place), 403, "forbidden", null);
        assertThat(as(reader, "GET", PATH).statusCode()).isEqualTo(200);
        String writer = account("voice.subscriptions.update");
        refused(as(writer, "GET", PATH), 403, "forbidden", null);
        assertThat(send("DELETE", place, null, null).statusCode()).isEqualTo(204);
    }

    /** The blocks of a language on the page. */
    static List<String> blocks(String language) throws Exception {
        Matcher blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../docs/sep-api.md")));
        return blocks.results().map(each -> each.group(1)).toList();
    }

    @Test
    void theExamplesOfThePageAreTrue() throws Exception {
        String place = created(post(blocks("xml").get(0)));
        created(send("POST", PATH, "application/json", blocks("json").get(0)));
        assertThat(xml(send("GET", place, null, null)).children().get(0).children("resource").get(1).childText("name")).isEqualTo("Joe");
        String wrong = post(blocks("xml").get(0).replace("2036-06-01T18:00:00+00:00", "2036-06-01T18:00:00")).body();
        assertThat(XmlReader.read(wrong, XmlLimits.BODY)).isEqualTo(XmlReader.read(blocks("xml").get(2), XmlLimits.BODY));
    }

    @Test
    void weAreNotToldByOurselves() throws Exception {
        String ours = "127.0.0.1:" + running.httpPort();
        for (String url : List.of("http://" + ours + PATH, "http://voice:x@" + ours + "/anything", "http://localhost:" + running.httpPort() + "/",
                "http://[::1]:" + running.httpPort() + "/x", "http://[::ffff:127.0.0.1]:" + running.httpPort() + "/x",
                "http://0.0.0.0:" + running.httpPort() + "/")) {
            HttpResponse<String> answer = post(SEED.replace("http://my.server.com/callback?xxx=yyy", url));
            assertThat(answer.statusCode()).as(url).isEqualTo(400);
            assertThat(xml(answer).childText("element")).as(url).isEqualTo("notify@url");
        }
        refused(post(SEED.replace("http://my.server.com/", "http://" + ours + PATH + "/")), 400, "loop", "notify@url");
        String document = send("GET", created(post(SEED)), null, null).body();
        refused(post(document), 400, "unknown-element", "/subscription");
    }

    @Test
    void metricsCountThem() throws Exception {
        String place = created(post(SEED));
        await().until(() -> running.get("/observe/metrics").body().contains("voice_subscription_callbacks_total"));
        send("DELETE", place, null, null);
    }
}
