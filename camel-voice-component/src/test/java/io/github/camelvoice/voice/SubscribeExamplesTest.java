package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.notifier.Publication;
import io.github.camelvoice.notifier.WatcherRequest;
import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.MessageSummary;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** The examples of voice:subscribe, run; see {@link DocsExamplesTest}. */
class SubscribeExamplesTest extends ExampleTest {

    private static final Path PAGE = CatalogFiles.DOCS.resolve("voice-subscribe.md");

    private String text(String name, String... replacements) throws Exception {
        String yaml = Files.readString(CatalogFiles.DOCS.resolve("examples").resolve(name));
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(yaml).contains(replacements[i]);
            yaml = yaml.replace(replacements[i], replacements[i + 1]);
        }
        return yaml;
    }

    private String subscription() {
        return engine.subscriptions.asked.get(0).id();
    }

    private static String presence(String entity, String basic) {
        return "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" + entity + "\"><tuple id=\"t1\"><status><basic>" + basic
                + "</basic></status></tuple></presence>";
    }

    @Test
    void subscribePresenceKafka() throws Exception {
        MockProducer<Object, Object> broker = kafka();
        example("subscribe-presence-kafka.yaml");
        String alice = "sip:alice@example.com";
        engine.subscriptions.tells(subscription(), alice, "application/pidf+xml", presence(alice, "open"));
        engine.subscriptions.tells(subscription(), alice, "application/pidf+xml", presence(alice, "closed"));
        engine.subscriptions.ends(subscription(), "sip:bob@example.com", "noresource");
        eventually(() -> broker.history().size() == 3);
        assertThat(broker.history()).extracting(record -> record.topic() + " " + record.key()).containsExactlyInAnyOrder("presence " + alice,
                "presence " + alice, "presence sip:bob@example.com");
        assertThat(broker.history().get(0).value().toString()).startsWith("{").contains("\"resource\":\"" + alice + "\"").contains("\"basic\":\"open\"");
        assertThat(broker.history().stream().filter(record -> record.key().equals("sip:bob@example.com")).findFirst().orElseThrow().value()).isNull();
    }

    @Test
    void subscribeMwiJms() throws Exception {
        context.getRegistry().bind("boxes", "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>"
                + "<entry uri=\"sip:7@voicemail.example.com\"/></list></resource-lists>");
        yaml(text("subscribe-mwi-jms.yaml", "jms:queue:mailboxes", "mock:jms", "classpath:mailboxes.xml", "ref:boxes"));
        MockEndpoint out = getMockEndpoint("mock:jms");
        out.expectedMessageCount(1);
        engine.subscriptions.tells(subscription(), "sip:7@voicemail.example.com", MessageSummary.TYPE,
                "Messages-Waiting: yes\r\nVoice-Message: 2/1 (0/0)\r\n");
        out.assertIsSatisfied();
        assertThat(out.getExchanges().get(0).getMessage().getBody()).isInstanceOfSatisfying(String.class,
                json -> assertThat(json).contains("\"messagesWaiting\":true"));
        assertThat(engine.subscriptions.asked.get(0).access().username()).isEqualTo("watcher");
    }

    @Test
    void subscribeReg() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:alarm").to("mock:alarm");
            }
        });
        example("subscribe-reg.yaml");
        MockEndpoint out = getMockEndpoint("mock:alarm");
        out.expectedBodiesReceived("sip:alarm@example.com is not registered");
        reg(0, "active");
        reg(1, "terminated");
        out.assertIsSatisfied();
    }

    private void reg(int version, String state) {
        engine.subscriptions.tells(subscription(), "sip:alarm@example.com", "application/reginfo+xml",
                "<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"" + version + "\" state=\"full\"><registration aor=\"sip:alarm@example.com\" "
                        + "id=\"r1\" state=\"" + state + "\"/></reginfo>");
    }

    @Test
    void subscribePublishMwi() throws Exception {
        example("subscribe-publish-mwi.yaml");
        template.sendBodyAndHeaders("direct:mailbox-changed", null, Map.of("mailbox", "7", "new", 2, "old", 1));
        template.sendBodyAndHeaders("direct:mailbox-changed", null, Map.of("mailbox", "8", "new", 0, "old", 1));
        assertThat(engine.notifier.published).containsExactly(
                "message-summary 7 application/simple-message-summary Messages-Waiting: yes\r\nVoice-Message: 2/1\r\n 0",
                "message-summary 8 application/simple-message-summary Messages-Waiting: no\r\nVoice-Message: 0/1\r\n 0");
    }

    @Test
    void subscribeWatchers() throws Exception {
        example("subscribe-watchers.yaml");
        for (String user : List.of("reception", "100", "200")) {
            engine.notifier.asks(new WatcherRequest("w-" + user, "dialog", "sip:100@pbx.example.com", "sip:x@y", "", user, "udp",
                    new InetSocketAddress("127.0.0.1", 5070), 600, List.of(), SipHeaders.none(), List.of("sip:100@pbx.example.com")));
        }
        eventually(() -> engine.notifier.decided.size() == 3);
        assertThat(engine.notifier.decided).containsExactlyInAnyOrder("w-reception ACCEPT 200", "w-100 ACCEPT 200", "w-200 REJECT 403");
    }

    @Test
    void subscribeQuality() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "quality", java.util.UUID.randomUUID().toString()));
        yaml(text("subscribe-quality.yaml", "file:data/quality", "file:" + folder));
        String report = "VQSessionReport: CallTerm\r\nCallID: 6dg37f1890463\r\n";
        engine.notifier.publishes(new Publication("vq-rtcpxr", "sip:collector@x", "sip:phone@x", "", "application/vq-rtcpxr",
                report.getBytes(StandardCharsets.UTF_8), 0, SipHeaders.none()));
        eventually(() -> {
            try (Stream<Path> files = Files.list(folder)) {
                return files.anyMatch(file -> file.toString().endsWith(".txt") && file.toFile().length() == report.length());
            }
        });
    }

    @Test
    void subscribeApi() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "dialogs", java.util.UUID.randomUUID().toString()));
        yaml(text("subscribe-api.yaml", "file:data/dialogs", "file:" + folder));
        template.sendBodyAndHeader("direct:watch", null, "who", "alice@example.com");
        assertThat(engine.subscriptions.asked.get(0).until()).isNotNull();
        dialogs("s-1", "sip:alice@example.com", "early");
        eventually(() -> Files.exists(folder.resolve("s-1.jsonl")) && Files.readAllLines(folder.resolve("s-1.jsonl")).size() == 1);
    }

    private void dialogs(String id, String entity, String state) {
        engine.subscriptions.tells(id, entity, DialogInfo.TYPE, new DialogInfo(0, false, entity,
                List.of(DialogInfo.Dialog.of("d1", DialogInfo.State.valueOf(state.toUpperCase(java.util.Locale.ROOT))))).document());
    }

    @Test
    void java() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:busy-lines").to("mock:busy");
                from("voice:subscribe:sip:queue@example.com?event=dialog&subscription=queue-calls").routeId("queue-calls")
                    .filter(body().isNotNull())
                    .process(exchange -> {
                        DialogInfo state = exchange.getMessage().getBody(DialogInfo.class);
                        exchange.getMessage().setBody(state.dialogs().stream().filter(dialog -> dialog.state() == DialogInfo.State.CONFIRMED).count());
                    })
                    .to("direct:busy-lines");
            }
        });
        MockEndpoint out = getMockEndpoint("mock:busy");
        out.expectedBodiesReceived(0L, 1L);
        dialogs("queue-calls", "sip:queue@example.com", "early");
        dialogs("queue-calls", "sip:queue@example.com", "confirmed");
        out.assertIsSatisfied();
        String page = Files.readString(PAGE);
        String here = Files.readString(Path.of("src", "test", "java", "io", "github", "camelvoice", "voice", "SubscribeExamplesTest.java"));
        String snippet = page.substring(page.indexOf("```java\n") + 8, page.indexOf("```\n", page.indexOf("```java\n") + 8));
        assertThat(here.replaceAll("\\s+", " ")).contains(snippet.trim().replaceAll("\\s+", " "));
    }
}
