package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.callback.Signature;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.voice.VoiceComponent;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that watches itself by SIP, and tells a receiver by HTTP. xmllint looks at every document that leaves. */
@Tag("peer")
@Timeout(120)
class SepCallbacksTest {

    private static final Path COMPONENT = Path.of("../camel-voice-component/src");
    private static final String PIDF = "<?xml version=\"1.0\"?>\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:%s@127.0.0.1\">"
            + "<tuple id=\"t-%s\"><status><basic>open</basic></status><note>%s</note></tuple></presence>";

    @TempDir
    Path folder;
    private Path schema;

    @BeforeEach
    void schema() throws IOException {
        StringBuilder all = new StringBuilder("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">");
        for (String[] each : new String[][] {{SEP, "main/resources/io/github/camelvoice/subscription/sep.xsd"},
            {"urn:ietf:params:xml:ns:rlmi", "test/resources/schemas/rlmi.xsd"}, {"urn:ietf:params:xml:ns:resource-lists",
                "test/resources/schemas/resource-lists.xsd"}, {"urn:ietf:params:xml:ns:reginfo", "test/resources/schemas/reginfo.xsd"},
            {"urn:ietf:params:xml:ns:pidf", "test/resources/schemas/pidf.xsd"}}) {
            all.append("<xs:import namespace=\"").append(each[0]).append("\" schemaLocation=\"").append(COMPONENT.resolve(each[1]).toAbsolutePath()
                    .normalize().toUri()).append("\"/>");
        }
        schema = Files.writeString(folder.resolve("all.xsd"), all + "</xs:schema>");
    }

    private static final String SEP = "http://voip.co.uk/api/sep/2009-06";

    private void valid(String document) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "document", ".xml"), document);
        Process lint = new ProcessBuilder("xmllint", "--noout", "--nonet", "--schema", schema.toString(), file.toString()).redirectErrorStream(true)
                .start();
        String said = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(lint.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(lint.exitValue()).as(said + document).isZero();
    }

    private Running start() throws Exception {
        // The list server must be known before the port is opened.
        int port = Peers.freePort();
        return start(port, port);
    }

    /** @param server port of the list server */
    private Running start(int port, int server) throws Exception {
        Path credentials = folder.resolve("watchers");
        if (!Files.exists(credentials)) {
            Files.createFile(credentials, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(credentials, "# ours\n127.0.0.1 bob:secret\n");
        }
        return Running.start(folder.resolve("data"), Map.of("voice.sip.port", Integer.toString(port), "voice.subscribe.list.servers",
                "127.0.0.1=sip:127.0.0.1:" + server, "voice.store", "h2", "voice.outbound.allow", "127.0.0.1", "voice.sip.users", "bob:secret,ann:x",
                "voice.subscribe.credentials", credentials.toString(), "voice.http.rate", "1000"));
    }

    private static VoiceEngine engine(Running running) {
        return running.gateway.context().getComponent("voice", VoiceComponent.class).runningVoiceEngine();
    }

    private static void publish(Running running, String user, String note) throws Exception {
        engine(running).notifier().publish("presence", user, "application/pidf+xml", String.format(PIDF, user, user, note).getBytes(StandardCharsets.UTF_8), 0)
                .toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String subscribe(Running running, String receiver, boolean json) throws Exception {
        String bob = "sip:bob@127.0.0.1:" + running.sipPort();
        String ann = "sip:ann@127.0.0.1:" + running.sipPort();
        String body = json ? "{\"event\":\"presence\",\"resources\":[\"" + bob + "\",\"" + ann + "\"],\"notify\":\"" + receiver + "\"}"
                : "<subscribe xmlns=\"" + SEP + "\" event=\"presence\"><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\""
                + bob + "\"/><entry uri=\"" + ann + "\"/></list></resource-lists><notify url=\"" + receiver + "\"/></subscribe>";
        HttpResponse<String> made = running.send(running.request("/v/2009-01/sep").header("Content-Type", json ? "application/json" : "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        return location.substring(location.indexOf("/v/"));
    }

    private static void untilTold(SepReceiver receiver, String text) {
        await(text).atMost(Duration.ofSeconds(20)).until(() -> receiver.told.stream().anyMatch(each -> each.body().contains(text)));
    }

    @Test
    void aReceiverIsToldInOrderAndTheNewestWins() throws Exception {
        try (SepReceiver receiver = new SepReceiver(); Running running = start()) {
            publish(running, "bob", "first");
            String place = subscribe(running, receiver.url(), false);
            untilTold(receiver, "<note>first</note>");
            publish(running, "ann", "hello");
            untilTold(receiver, "<note>hello</note>");
            SepReceiver.Told told = receiver.told.get(0);
            assertThat(told.uri()).isEqualTo("/callback?xxx=yyy");
            assertThat(told.type()).isEqualTo("text/xml");
            assertThat(Signature.verify(Files.readString(running.data.resolve("signing-key")).strip(), told.signature(), receiver.url(),
                    told.body().getBytes(StandardCharsets.UTF_8))).isTrue();
            String got = running.get(place).body();
            assertThat(got).contains("<note>first</note>", "<note>hello</note>", "state=\"active\"");
            valid(got);
            valid(running.get(place + "?state=full").body());
            valid(running.get("/v/2009-06/sep").body());

            int before = receiver.told.size();
            receiver.permits.drainPermits();
            publish(running, "bob", "slow-0");
            await().until(() -> receiver.told.size() == before + 1);
            for (int i = 1; i <= 3; i++) {
                String note = "slow-" + i;
                publish(running, "bob", note);
                await().atMost(Duration.ofSeconds(20)).until(() -> running.get(place).body().contains(note));
            }
            publish(running, "ann", "too");
            await().atMost(Duration.ofSeconds(20)).until(() -> running.get(place).body().contains("<note>too</note>"));
            assertThat(receiver.told.stream().map(SepReceiver.Told::key).distinct()).as("one at a time").hasSize(before + 1);
            receiver.permits.release(1_000);
            untilTold(receiver, "<note>slow-3</note>");
            assertThat(receiver.told).noneMatch(each -> each.body().contains("slow-1") || each.body().contains("slow-2"));
            assertThat(receiver.last().body()).contains("<note>too</note>");

            assertThat(running.send(running.request(place).DELETE()).statusCode()).isEqualTo(204);
            untilTold(receiver, "state=\"terminated\"");
            await().until(() -> engine(running).notifier().watchers().isEmpty());
            assertThat(receiver.last().body()).doesNotContain("state=\"active\"");
            for (SepReceiver.Told each : receiver.told) {
                valid(each.body());
            }
        }
    }

    @Test
    void theDocumentsOfThePageAreValid() throws Exception {
        valid(SepApiTest.blocks("xml").get(0));
        valid(SepApiTest.blocks("xml").get(1));
        valid(SepApiTest.SEED);
    }

    @Test
    void itGoesOnAfterARestartWithJson() throws Exception {
        try (SepReceiver receiver = new SepReceiver()) {
            String place;
            try (Running running = start()) {
                publish(running, "bob", "before");
                place = subscribe(running, receiver.url(), true);
                untilTold(receiver, "before");
                assertThat(receiver.last().type()).isEqualTo("application/json");
            }
            try (Running running = start(Peers.freePort(), Peers.freePort())) {
                JsonNode kept = Running.json(running.send(running.request(place).header("Accept", "application/json")));
                assertThat(kept.at("/list/resources/0/instances/0/body").asText()).as(kept.toString()).contains("before");
                assertThat(kept.at("/list/resources").size()).isEqualTo(2);
                assertThat(List.of("active", "pending")).contains(kept.at("/list/resources/0/instances/0/state").asText());
                assertThat(running.send(running.request(place).DELETE()).statusCode()).isEqualTo(204);
                untilTold(receiver, "\"terminated\"");
                assertThat(Running.JSON.readTree(receiver.last().body()).at("/list/version").asLong()).isGreaterThan(kept.at("/list/version").asLong());
            }
        }
    }
}
