package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionException;
import io.github.camelvoice.session.StatusType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** The examples of voice:session, run; see {@link DocsExamplesTest}. */
class SessionExamplesTest extends ExampleTest {

    private static final Path PAGE = CatalogFiles.DOCS.resolve("voice-session.md");

    private void known(String account) {
        engine.sessions.register(new RegisterAccount(account, null, null, null, null, null, List.of(), 0, ""));
    }

    @Test
    void sessionBot() throws Exception {
        example("session-bot.yaml");
        String bot = "bot@example.com";
        assertThat(engine.sessions.registered.get(0).password()).isEqualTo("secret");
        assertThat(engine.sessions.asked).containsExactly("start 1 " + bot);
        engine.sessions.tells(bot, StatusType.INCOMING_CALL_CONNECTED, "c-1", "sip:alice@x", "", "");
        eventually(() -> engine.sessions.asked.contains("play " + bot + " 2 SKIP"));
        assertThat(engine.sessions.played).extracting(PlaySource::name).containsOnly("classpath:prompts/welcome.wav");
        engine.sessions.played.get(0).opener().open().close();
        engine.sessions.playedAll(bot);
        eventually(() -> engine.sessions.asked.contains("hangup " + bot));
        engine.sessions.failure = new SessionException(SessionException.Kind.ABORTED, "the call is over");
        engine.sessions.tells(bot, StatusType.INCOMING_CALL_CONNECTED, "c-2", "sip:alice@x", "", "");
        VoiceSessionConsumer consumer = (VoiceSessionConsumer) context.getRoute("bot").getConsumer();
        eventually(() -> consumer.getConsumedStatuses() == 2);
        assertThat(consumer.getFailedStatuses()).isZero();
    }

    @Test
    void sessionKafka() throws Exception {
        MockProducer<Object, Object> broker = kafka();
        example("session-kafka.yaml");
        known("alice@example.com");
        engine.sessions.tells("alice@example.com", StatusType.READY);
        eventually(() -> broker.history().size() == 2);
        assertThat(broker.history()).allMatch(record -> record.topic().equals("sip-statuses") && record.key().equals("alice@example.com"));
        assertThat(broker.history().get(1).value().toString()).startsWith("{\"account\":\"alice@example.com\",\"sequence\":2,").contains("\"status\":\"READY\"");
    }

    @Test
    void sessionTimer() throws Exception {
        String yaml = Files.readString(CatalogFiles.DOCS.resolve("examples/session-timer.yaml"));
        assertThat(yaml).contains("uri: quartz:reminder\n      parameters:\n        cron: 0 0 18 ? * MON-FRI");
        yaml(yaml.replace("uri: quartz:reminder\n      parameters:\n        cron: 0 0 18 ? * MON-FRI", "uri: direct:evening"));
        template.sendBody("direct:evening", null);
        String account = "reminder@example.com";
        assertThat(engine.sessions.asked).containsExactly("start -1 " + account, "call " + account + " 100");
        assertThat(engine.sessions.headers.first("Subject")).contains("Time to go");
        engine.sessions.tells(account, StatusType.OUTGOING_CALL_FAILED, "c-1", "sip:100@x", "", "486 Busy Here");
        engine.sessions.tells(account, StatusType.OUTGOING_CALL_CONNECTED, "c-2", "sip:100@x", "", "");
        eventually(() -> engine.sessions.asked.contains("play " + account + " 1 SKIP"));
        engine.sessions.playedAll(account);
        eventually(() -> engine.sessions.asked.contains("hangup " + account));
    }

    @Test
    void sessionTransfer() throws Exception {
        yaml("- route: { from: { uri: voice:call, steps: [ { to: \"voice:call?operation=answer\" } ] } }");
        example("session-transfer.yaml");
        known("reception@example.com");
        FakePhone alice = engine.invite("alice", "1");
        hears(alice, "200");
        engine.sessions.callId = engine.registry.live().iterator().next().id();
        engine.lastAudio().says(new MediaEvent.Dtmf('5', 100));
        engine.lastAudio().says(new MediaEvent.Dtmf('0', 100));
        eventually(() -> engine.sessions.asked.contains("transfer reception@example.com desk@example.com"));
        engine.sessions.callId = "another";
        engine.lastAudio().says(new MediaEvent.Dtmf('0', 100));
        VoiceEventsConsumer consumer = (VoiceEventsConsumer) context.getRoute("reception-keys").getConsumer();
        eventually(() -> consumer.getConsumedEvents() == 3);
        assertThat(engine.sessions.asked).hasSize(1);
    }

    @Test
    void java() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:alarm").to("mock:alarm");
                from("voice:session?statuses=SESSION_REGISTRATION_FAILED").routeId("accounts-away")
                    .filter(header("CamelVoiceSessionDescription").startsWith("403"))
                    .setBody(simple("${header.CamelVoiceSessionAccount}: ${header.CamelVoiceSessionDescription}"))
                    .to("direct:alarm");
            }
        });
        MockEndpoint out = getMockEndpoint("mock:alarm");
        out.expectedBodiesReceived("alice@example.com: 403 Forbidden");
        known("alice@example.com");
        engine.sessions.tells("alice@example.com", StatusType.SESSION_REGISTRATION_FAILED, "", "", "", "503 Service Unavailable");
        engine.sessions.tells("alice@example.com", StatusType.SESSION_REGISTRATION_FAILED, "", "", "", "403 Forbidden");
        out.assertIsSatisfied();
        String page = Files.readString(PAGE);
        String here = Files.readString(Path.of("src", "test", "java", "io", "github", "camelvoice", "voice", "SessionExamplesTest.java"));
        String snippet = page.substring(page.indexOf("```java\n") + 8, page.indexOf("```\n", page.indexOf("```java\n") + 8));
        assertThat(here.replaceAll("\\s+", " ")).contains(snippet.trim().replaceAll("\\s+", " "));
    }
}
