package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.EngineConfigBuilder;
import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.testkit.RawSip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An engine that is watched, and a bare user agent that watches. */
final class WatcherRig implements AutoCloseable {

    static final String SUMMARY = "application/simple-message-summary";

    final VoiceEngine engine;
    final RawSip phone = RawSip.open();

    WatcherRig(UnaryOperator<NotifierOptions> options, UnaryOperator<EngineConfigBuilder> config) throws EngineStartException {
        EngineConfigBuilder builder = EngineConfig.builder().nodeId("w").sipPort(0).rtpPorts(36000, 36200).requireAuth(true)
                .digestUsers(Map.of("alice", "secret", "bob", "hidden")).notifier(options.apply(NotifierOptions.DEFAULT.withInterval(Duration.ZERO)));
        engine = new VoiceEngine(config.apply(builder).build());
        engine.start();
    }

    static WatcherRig standard() throws EngineStartException {
        return new WatcherRig(options -> options.withExpires(1, 3600), config -> config);
    }

    int port() {
        return engine.bindings().sipPort();
    }

    String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + port();
    }

    Notifier notifier() {
        return engine.notifier();
    }

    void publish(String event, String user, String type, String body) {
        notifier().publish(event, user, type, body.getBytes(StandardCharsets.UTF_8), 0).toCompletableFuture().join();
    }

    void mail(String user, int count) {
        publish("message-summary", user, SUMMARY, "Messages-Waiting: " + (count > 0 ? "yes" : "no") + "\r\nVoice-Message: " + count + "/0\r\n");
    }

    RawSip.Request subscribe(String user, String event, int expires) {
        return phone.request("SUBSCRIBE", uri(user)).with("Event: " + event, "Expires: " + expires);
    }

    /** A subscription of alice. */
    Subscription watch(String user, String event, int expires, String... more) {
        RawSip.Request request = subscribe(user, event, expires);
        return new Subscription((more.length == 0 ? request : request.with(more)).as("alice", "secret").send(port()));
    }

    /** A subscription as its subscriber knows it. */
    final class Subscription {
        final RawSip.Message accepted;
        private int seq = 10;

        Subscription(RawSip.Message accepted) {
            this.accepted = accepted;
            assertThat(accepted.code()).as(accepted.text()).isEqualTo(200);
        }

        String callId() {
            return accepted.header("Call-ID");
        }

        List<RawSip.Message> notifies() {
            return phone.requests("NOTIFY").stream().filter(each -> each.header("Call-ID").equals(callId())).toList();
        }

        /** The n-th NOTIFY, from 1. */
        RawSip.Message notify(int number) {
            await().atMost(Duration.ofSeconds(10)).until(() -> notifies().size() >= number);
            return notifies().get(number - 1);
        }

        RawSip.Message again(int expires, String... more) {
            return send("SUBSCRIBE", ++seq, expires, more);
        }

        RawSip.Message send(String method, int number, int expires, String... more) {
            RawSip.Request request = phone.request(method, "sip:voice@127.0.0.1:" + port()).to(accepted.header("To").replaceAll(".*<(.*)>.*", "$1"))
                    .dialog(callId(), accepted.tag("From"), accepted.tag("To"), number).with("Expires: " + expires);
            return (more.length == 0 ? request : request.with(more)).send(port());
        }
    }

    @Override
    public void close() {
        engine.close();
        phone.close();
    }
}
