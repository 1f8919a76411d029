package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Delivery;
import io.github.camelvoice.callback.Outcome;
import io.github.camelvoice.callback.Schedule;
import io.github.camelvoice.callback.Terms;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.HttpFailure;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.BotServer;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.Tones;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to the far ends of a tap, the call's own RTP goes on: packets of the tapped call as its far end gets them, beside those of a
 * call that is not tapped, since a busy machine makes gaps in both.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TapFaultsTest {

    private static final long WINDOW_MILLIS = 1_500;

    @TempDir
    static Path folder;

    private final EngineRig here = EngineRig.start(config -> config.outboundAllow("127.0.0.1"));
    private final EngineRig there = EngineRig.start(config -> config);
    private final Ear tappedEar = new Ear();
    private final Ear otherEar = new Ear();
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private Call tapped;
    private AutoCloseable attendance;

    /** Packets as they arrive. */
    private static final class Ear implements MediaTap {
        private final List<long[]> packets = new ArrayList<>();

        @Override
        public synchronized void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long nanos) {
            if (track == Track.INBOUND) {
                packets.add(new long[] {nanos, timestamp & 0xffffffffL});
            }
        }

        @Override
        public void digit(char digit, int durationMillis) {
            // none are sent
        }

        @Override
        public void closed() {
            // the test is over then
        }

        synchronized int count() {
            return packets.size();
        }

        /** The longest time between two packets since {@code from}, in milliseconds. */
        synchronized double gap(int from) {
            double longest = 0;
            for (int i = Math.max(1, from); i < packets.size(); i++) {
                longest = Math.max(longest, (packets.get(i)[0] - packets.get(i - 1)[0]) / 1e6);
            }
            return longest;
        }

        /** Packets that are missing since {@code from}, by the timestamps. */
        synchronized long missing(int from) {
            long missing = 0;
            for (int i = Math.max(1, from); i < packets.size(); i++) {
                missing += (packets.get(i)[1] - packets.get(i - 1)[1]) / 160 - 1;
            }
            return missing;
        }
    }

    @BeforeAll
    void calls() {
        Path tone = Tones.write(folder.resolve("tone.wav"), 8_000, 600, 120);
        for (String user : List.of("tapped", "other")) {
            here.on(user, call -> call.execute(new CallCommand.Answer(List.of("PCMU"), SipHeaders.none()))
                    .thenCompose(done -> call.execute(new CallCommand.Play(new PlaySource("tone", () -> Files.newInputStream(tone), 0)))));
        }
        tapped = inbound("tapped", tappedEar);
        inbound("other", otherEar);
        attendance = here.engine.callbacks().attend(this::carry, new Terms(Set.of(), 10, Schedule.DEFAULT));
    }

    private Call inbound(String user, Ear ear) {
        Call caller = there.place("sip:" + user + "@127.0.0.1:" + here.port());
        EngineRig.answered(caller);
        Call call = here.inbound();
        EngineRig.run(caller, new CallCommand.StartTap("ear", "test", "speak", ear, null));
        await().until(() -> ear.count() > 10);
        return call;
    }

    /** What a route from voice:callbacks does. */
    private void carry(Delivery delivery) {
        Callback callback = delivery.callback();
        here.engine.outbound().http().call(HttpCall.notify(callback.target(), callback.contentType(), callback.body()))
                .whenComplete((answer, thrown) -> {
                    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
                    if (cause == null && answer.status() < 300) {
                        delivered.add("delivered at attempt " + delivery.attempt());
                        delivery.outcome().accept(new Outcome.Delivered());
                    } else if (cause instanceof HttpFailure failure && !failure.isRetryable()) {
                        delivered.add("refused: " + failure.kind());
                        delivery.outcome().accept(new Outcome.Refused(failure.getMessage()));
                    } else {
                        delivered.add("failed at attempt " + delivery.attempt());
                        delivery.outcome().accept(new Outcome.Failed(cause == null ? "status " + answer.status() : cause.getMessage(), null));
                    }
                });
    }

    @AfterAll
    void close() throws Exception {
        attendance.close();
        here.close();
        there.close();
    }

    @FunctionalInterface
    private interface Fault {
        void happen() throws Exception;
    }

    /** Lets a fault happen, and the calls go on for a while. */
    private void unharmed(String name, Fault fault) throws Exception {
        int from = tappedEar.count();
        int beside = otherEar.count();
        fault.happen();
        long enough = WINDOW_MILLIS / 20;
        await().atMost(Duration.ofSeconds(20)).until(() -> tappedEar.count() - from >= enough);
        double gap = tappedEar.gap(from);
        double usual = otherEar.gap(beside);
        System.out.printf(Locale.ROOT, "%-32s %4d packets, %d missing, longest gap %.1f ms; without a tap %.1f ms%n", name, tappedEar.count() - from,
                tappedEar.missing(from), gap, usual);
        assertThat(tappedEar.missing(from)).as(name).isZero();
        // 40 ms where the machine has time; a fault that held up the call would show as hundreds
        assertThat(gap).as(name).isLessThanOrEqualTo(Math.max(40, 2 * usual + 40));
    }

    private TapInfo start(TapSpec.Builder spec) throws Exception {
        return here.engine.taps().start(tapped, spec.build()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void stop(TapInfo tap) throws Exception {
        here.engine.taps().stop(tapped.id(), tap.controlId()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aSinkThatIsKilledInMidStream() throws Exception {
        try (BotServer bot = BotServer.start()) {
            TapInfo tap = start(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO));
            await().until(() -> bot.texts().size() > 20);
            unharmed("sink killed", () -> {
                bot.kill();
                await().until(() -> bot.connections() == 2);
            });
            stop(tap);
        }
    }

    @Test
    void aSinkThatReadsNothing() throws Exception {
        try (BotServer bot = BotServer.start().manner(BotServer.Manner.READ_NOTHING)) {
            unharmed("sink reads nothing", () -> {
                for (int i = 0; i < 10; i++) {
                    start(TapSpec.to(bot.url("/")).codec("L16").rate(24000).controlId("slow-" + i));
                }
            });
            for (TapInfo tap : here.engine.taps().list(tapped.id())) {
                stop(tap);
            }
        }
    }

    @Test
    void aSinkThatFloods() throws Exception {
        try (BotServer bot = BotServer.start()) {
            TapInfo tap = start(TapSpec.to(bot.url("/")).protocol(TapProtocol.TWILIO).speaks(true));
            await().until(() -> bot.texts().size() > 5);
            unharmed("sink floods", () -> bot.flood("{\"event\":\"media\",\"media\":{\"payload\":\"" + "/".repeat(400) + "\"}}"));
            stop(tap);
        }
    }

    @Test
    void tlsThatDoesNotVerify() throws Exception {
        TestPki.Identity identity = TestPki.create(folder).identity("bot", "IP:127.0.0.1");
        try (BotServer bot = BotServer.secure(identity)) {
            unharmed("TLS does not verify", () -> {
                TapInfo tap = start(TapSpec.to(bot.url("/")));
                assertThat(tap.state()).isEqualTo(TapInfo.State.FAILED);
                assertThat(tap.success()).isFalse();
                assertThat(tap.reason()).startsWith("TLS failed");
            });
        }
    }

    @Test
    void aStatusUrlThatFailsTwiceHangsOrRedirectsToAPrivateAddress() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        // one receiver each: what happens at one holds up what else is for it
        HttpServer twice = server(exchange -> answer(exchange, requests.incrementAndGet() <= 2 ? 500 : 204, Map.of()));
        HttpServer late = server(exchange -> { });
        HttpServer redirect = server(exchange -> answer(exchange, 307, Map.of("Location", "http://10.1.2.3/")));
        try (BotServer bot = BotServer.start()) {
            List<TapInfo> taps = new ArrayList<>();
            unharmed("status URL fails twice", () -> {
                taps.add(start(TapSpec.to(bot.url("/")).statusUrl(url(twice))));
                await().until(() -> delivered.contains("delivered at attempt 3"));
            });
            unharmed("status URL answers after 30 s", () -> taps.add(start(TapSpec.to(bot.url("/")).statusUrl(url(late)))));
            unharmed("status URL redirects to 10.1.2.3", () -> {
                taps.add(start(TapSpec.to(bot.url("/")).statusUrl(url(redirect))));
                await().until(() -> delivered.stream().anyMatch(what -> what.startsWith("refused")));
            });
            for (TapInfo tap : taps) {
                assertThat(tap.state()).isEqualTo(TapInfo.State.TAPPING);
                stop(tap);
            }
        } finally {
            twice.stop(0);
            late.stop(0);
            redirect.stop(0);
        }
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/status";
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> headers) throws IOException {
        exchange.getRequestBody().readAllBytes();
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
