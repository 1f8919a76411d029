package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.StatusType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of one Camel context at the registrar of another one, with real SIP and RTP over loopback. */
class SessionEndToEndTest {

    @TempDir
    Path folder;
    private final List<SessionStatus> told = new CopyOnWriteArrayList<>();
    private final List<String> callers = new CopyOnWriteArrayList<>();
    private CamelContext server;
    private CamelContext client;

    @BeforeEach
    void start() throws Exception {
        server = context("s", 36000);
        VoiceComponent registrar = server.getComponent("voice", VoiceComponent.class);
        registrar.setRegistrar(true);
        registrar.setUsers("bot:secret,alice:pw");
        server.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(VoiceNotRegisteredException.class).handled(true).to("voice:call?operation=reject&code=480");
                from("voice:call").process(exchange -> callers.add(exchange.getMessage().getHeader(VoiceConstants.FROM_URI, String.class))).toD("voice:call:user:${header.CamelVoiceCalledUser}?bridge=true");
            }
        });
        server.start();
        client = context("c", 38000);
        client.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:session").process(exchange -> told.add(exchange.getMessage().getBody(SessionStatus.class)));
                from("voice:session:" + at("bot") + "?password=secret&autoAnswerInterval=0&statuses=INCOMING_CALL_CONNECTED").routeId("bot")
                    .to("voice:session:" + at("bot") + "?operation=play&files=classpath:prompts/welcome.wav")
                    .to("voice:session:" + at("bot") + "?operation=hangup");
            }
        });
        client.start();
        until("bot", StatusType.READY, 1);
    }

    private CamelContext context(String node, int rtp) {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setNodeId(node);
        component.setSipPort(0);
        component.setRtpPorts(rtp + "-" + (rtp + 1000));
        component.setRecordingsDir(folder.resolve(node).toString());
        component.setDrainTimeout(100);
        component.setStore("memory");
        context.addComponent("voice", component);
        return context;
    }

    @AfterEach
    void stop() {
        client.stop();
        server.stop();
    }

    private String at(String user) {
        return user + "@127.0.0.1:" + server.getComponent("voice", VoiceComponent.class).runningEngine().ports().get("udp");
    }

    private List<StatusType> of(String user) {
        return told.stream().filter(status -> status.account().equals(at(user))).map(SessionStatus::type).toList();
    }

    private void until(String user, StatusType type, int times) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> of(user).stream().filter(type::equals).count() >= times);
    }

    private Exchange send(String uri) {
        return client.createProducerTemplate().send(uri, exchange -> { });
    }

    @Test
    void aCallBetweenTwoAccounts() throws Exception {
        String alice = "voice:session:" + at("alice") + "?operation=";
        assertThat(send(alice + "register&password=wrong").getMessage().getBody(SessionStatus.class).type())
                .isEqualTo(StatusType.SESSION_REGISTRATION_FAILED);
        assertThat(send(alice + "register&password=pw").getMessage().getBody(SessionStatus.class).type()).isEqualTo(StatusType.REGISTERED);
        send(alice + "start&autoAnswerInterval=-1");
        until("alice", StatusType.READY, 1);
        assertThat(send(alice + "call&callee=bot").getMessage().getBody(SessionStatus.class).type()).isEqualTo(StatusType.OUTGOING_CALL_INITIATED);
        until("alice", StatusType.READY, 2);
        until("bot", StatusType.READY, 2);
        assertThat(of("bot")).containsExactly(StatusType.REGISTERED, StatusType.SESSION_STARTED, StatusType.READY, StatusType.INCOMING_CALL_INITIATED,
                StatusType.INCOMING_CALL_CONNECTED, StatusType.MICROPHONE_WAV_FILES_PLAYED, StatusType.SOFT_HANGUP_INITIATED,
                StatusType.INCOMING_CALL_FINISHED, StatusType.READY);
        assertThat(of("alice")).containsExactly(StatusType.SESSION_REGISTRATION_FAILED, StatusType.REGISTERED, StatusType.SESSION_STARTED, StatusType.READY,
                StatusType.OUTGOING_CALL_INITIATED, StatusType.OUTGOING_CALL_CONNECTED, StatusType.OUTGOING_CALL_FINISHED, StatusType.READY);
        assertThat(send(alice + "history&limit=2").getMessage().getBody(SessionStatuses.class)).extracting(SessionStatus::type)
                .containsExactly(StatusType.OUTGOING_CALL_FINISHED, StatusType.READY);
        client.getRouteController().stopRoute("bot");
        assertThat(client.getComponent("voice", VoiceComponent.class).runningEngine().sessions().get(at("bot"))).isEmpty();
        send(alice + "call&callee=bot");
        until("alice", StatusType.READY, 3);
        assertThat(told.stream().filter(status -> status.type() == StatusType.OUTGOING_CALL_FAILED).map(SessionStatus::description).toList())
                .singleElement().asString().startsWith("480");
    }

    @Test
    void aCallOfAnAccountWithoutASession() {
        send("voice:session:" + at("alice") + "?operation=register&password=pw");
        Exchange call = send("voice:call:bot?sipAccount=" + at("alice") + "&waitFor=completed");
        assertThat(call.getException()).isNull();
        assertThat(call.getMessage().getHeader(VoiceConstants.DURATION, Double.class)).isPositive();
        until("bot", StatusType.INCOMING_CALL_FINISHED, 1);
        assertThat(callers).containsExactly("sip:alice@127.0.0.1");
    }
}
