package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.Outcome;
import io.github.camelvoice.callback.Signature;
import io.github.camelvoice.callback.StoredCallback;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** voice:callbacks: exchanges, and what becomes of them. */
class CallbacksTest extends VoiceRouteTest {

    private static final String URL = "https://user:secret@example.com/status?token=t#rt=1000";
    private final List<Exchange> seen = new CopyOnWriteArrayList<>();

    private void callbacks(String options, Processor step) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("voice:callbacks" + options).routeId("callbacks").process(exchange -> seen.add(exchange.copy())).process(step);
            }
        });
    }

    private void send(String target, String json) throws Exception {
        engine.callbacks.send(Callback.json("tap", "c1", target, json)).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private StoredCallback only() throws Exception {
        StoredCallback listed = engine.archive.callbacks(new CallbackQuery(null, null, null, 10)).callbacks().get(0);
        return engine.archive.callback(listed.id()).orElseThrow();
    }

    private void settles(CallbackState state) {
        eventually(() -> only().state() == state);
    }

    @Test
    void aCallbackToAUrlIsSignedAndNamed() throws Exception {
        callbacks("?secretKey=RAW(the+key)&targets=crm, erp", exchange -> { });
        send(URL, "{\"a\":1}");
        settles(CallbackState.DELIVERED);
        Map<String, Object> headers = seen.get(0).getMessage().getHeaders();
        assertThat(seen.get(0).getMessage().getBody(String.class)).isEqualTo("{\"a\":1}");
        assertThat(headers).containsEntry(VoiceConstants.CALLBACK_ID, only().id()).containsEntry(VoiceConstants.CALLBACK_TARGET, "http")
                .containsEntry(VoiceConstants.CALLBACK_URL, URL).containsEntry(VoiceConstants.CALLBACK_ATTEMPT, 1)
                .containsEntry(VoiceConstants.CALLBACK_KIND, "tap").containsEntry(VoiceConstants.CALL_ID, "c1")
                .containsEntry(Exchange.CONTENT_TYPE, "application/json")
                .containsEntry(Exchange.MESSAGE_TIMESTAMP, only().at().toEpochMilli())
                .containsEntry(VoiceConstants.CALLBACK_SIGNATURE, Signature.json("the+key", "https://example.com/status?token=t",
                        "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        send("crm", "{}");
        eventually(() -> seen.size() == 2);
        assertThat(seen.get(1).getMessage().getHeaders()).containsEntry(VoiceConstants.CALLBACK_TARGET, "crm")
                .doesNotContainKeys(VoiceConstants.CALLBACK_URL, VoiceConstants.CALLBACK_SIGNATURE);
    }

    @Test
    void anExchangeThatFailsIsTriedAgain() throws Exception {
        callbacks("", exchange -> {
            switch (seen.size()) {
                case 1 -> throw new IllegalStateException("POST https://u:p@h/x?token=secret said 500");
                case 2 -> throw new NoClassDefFoundError("missing/Library");
                case 3 -> exchange.setRollbackOnly(true);
                default -> { }
            }
        });
        send(URL, "{}");
        eventually(() -> {
            engine.timers.advance(Duration.ofSeconds(1));
            return only().state() == CallbackState.DELIVERED;
        });
        assertThat(only().attempts()).extracting(Attempt::failure)
                .containsExactly("POST https://h/x said 500", "missing/Library", "the route rolled back", null);
        assertThat(seen).extracting(each -> each.getMessage().getHeader(VoiceConstants.CALLBACK_ID)).containsOnly(only().id());
        VoiceCallbacksConsumer consumer = (VoiceCallbacksConsumer) context.getRoute("callbacks").getConsumer();
        assertThat(consumer.getFailedAttempts()).isEqualTo(3);
        assertThat(consumer.getDeliveredCallbacks()).isEqualTo(1);
        assertThat(consumer.getWaitingCallbacks()).isZero();
    }

    @Test
    void oneThatIsRefusedIsGivenUpWithItsCause() throws Exception {
        yaml(route("voice:callbacks", """
                - throwException:
                    exceptionType: io.github.camelvoice.voice.VoiceCallbackRefusedException
                    message: nobody lives here"""));
        send(URL, "{}");
        settles(CallbackState.GIVEN_UP);
        assertThat(only().cause()).isEqualTo("nobody lives here");
        assertThat(only().tried()).isEqualTo(1);
    }

    @Test
    void theKeyIsNotShown() throws Exception {
        callbacks("?secretKey=hidden-key", exchange -> { });
        assertThat(context.getRoute("callbacks").getEndpoint().toString()).doesNotContain("hidden-key");
        assertThat(org.apache.camel.util.URISupport.sanitizeUri("voice:callbacks?secretKey=hidden-key&targets=a")).doesNotContain("hidden-key");
    }

    @Test
    void whatTheReceiverAsksForIsPassedOn() {
        Outcome outcome = CallbackRun.outcome(new RuntimeException(new VoiceCallbackFailedException("429", Duration.ofSeconds(7), null)));
        assertThat(outcome).isEqualTo(new Outcome.Failed("429", Duration.ofSeconds(7)));
        assertThat(CallbackRun.outcome(new NullPointerException())).isEqualTo(new Outcome.Failed("NullPointerException", null));
    }

    @Test
    void withoutARouteATargetIsRefusedAndASecondRouteDoesNotStart() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        assertThatThrownBy(() -> engine.callbacks.check("https://example.com/")).hasMessageContaining("voice:callbacks");
        callbacks("?targets=crm", exchange -> { });
        engine.callbacks.check("https://example.com/");
        engine.callbacks.check("crm");
        assertThatThrownBy(() -> engine.callbacks.check("kafka:calls")).hasMessageContaining("kafka:calls");
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:callbacks?quickAttempts=1").routeId("second").log("x");
            }
        })).hasStackTraceContaining("another route");
        context.getRouteController().stopRoute("callbacks");
        assertThatThrownBy(() -> engine.callbacks.check("crm")).hasMessageContaining("voice:callbacks");
    }

    @Test
    void aRouteThatStopsFinishesItsAttemptAndTheNextGoesOn() throws Exception {
        CountDownLatch inRoute = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        callbacks("?concurrentDeliveries=1", exchange -> {
            inRoute.countDown();
            finish.await();
        });
        send(URL, "1");
        send(URL, "2");
        inRoute.await();
        Thread stopper = new Thread(() -> {
            try {
                context.getRouteController().stopRoute("callbacks");
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        stopper.start();
        eventually(() -> context.getRouteController().getRouteStatus("callbacks").isStopping() || stopper.getState() != Thread.State.NEW);
        finish.countDown();
        stopper.join(10_000);
        context.getRouteController().startRoute("callbacks");
        eventually(() -> engine.callbacks.figures().delivered() == 2);
        assertThat(seen).extracting(each -> each.getMessage().getBody(String.class)).containsExactly("1", "2");
    }

    @Test
    void optionsAreChecked() {
        for (Map.Entry<String, String> wrong : Map.of("targets=a b", "a b", "targets=http", "http", "quickAttempts=0", "quick", "backOff=1h",
                "longest", "concurrentDeliveries=0", "at once", "expiry=soon", "expiry", "kinds=dtmf", "kinds").entrySet()) {
            assertThatThrownBy(() -> callbacks("?" + wrong.getKey(), exchange -> { })).as(wrong.getKey())
                    .hasStackTraceContaining(wrong.getValue());
        }
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").to("voice:callbacks");
            }
        })).hasStackTraceContaining("consumed");
    }
}
