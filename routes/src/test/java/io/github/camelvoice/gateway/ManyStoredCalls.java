package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.store.CallSamples;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.testkit.Postgres;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.TraceEntry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long requests for records take when 100,000 calls are stored, over HTTP. Prints; not found by a plain test run:
 * {@code -Dtest=ManyStoredCalls}.
 */
@Tag("load")
class ManyStoredCalls {

    private static final int CALLS = Integer.getInteger("stored.calls", 100_000);
    private static final int CALLS_PER_BATCH = 250;
    private static final int REQUESTS = 400;

    @TempDir
    Path folder;

    @Test
    void inH2() throws Exception {
        Path data = folder.resolve("data");
        try (CallStore store = JdbcStores.h2(data.resolve("db"))) {
            fill("H2", store);
        }
        measure("H2", data, Map.of());
    }

    @Test
    void inPostgresql() throws Exception {
        try (Postgres database = Postgres.start()) {
            try (CallStore store = JdbcStores.postgresql(database.url(), Postgres.USER, Postgres.PASSWORD)) {
                fill("PostgreSQL", store);
            }
            measure("PostgreSQL", folder.resolve("data"), Map.of("voice.store", "postgresql", "voice.store.url", database.url(), "voice.store.user",
                    Postgres.USER, "voice.store.password", Postgres.PASSWORD));
        }
    }

    private static String id(int i) {
        return "n1-call" + Integer.toHexString(i * 0x9E3779B1) + "x" + i;
    }

    private static void fill(String name, CallStore store) throws Exception {
        long began = System.nanoTime();
        Instant first = Instant.now().minus(Duration.ofDays(20));
        for (int i = 0; i < CALLS; i += CALLS_PER_BATCH) {
            List<TraceEntry> entries = new ArrayList<>();
            for (int j = i; j < Math.min(CALLS, i + CALLS_PER_BATCH); j++) {
                CallRecord call = CallSamples.parties(CallSamples.live(id(j), first.plusSeconds(10L * j)), "default",
                        j % 2 == 0 ? CallDirection.INBOUND : CallDirection.OUTBOUND, "sip:caller" + j % 1000 + "@example.com", "sip:callee@example.com");
                entries.addAll(CallSamples.whole(j + 1, call, j % 10 == 0 ? EndCause.Kind.BUSY : EndCause.Kind.NORMAL));
            }
            store.apply("filler", i + CALLS_PER_BATCH, entries);
        }
        System.out.printf("%s: %d calls of 7 messages written in %.1f s%n", name, CALLS, (System.nanoTime() - began) / 1e9);
    }

    private void measure(String name, Path data, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("voice.http.rate", "100000");
        settings.putIfAbsent("voice.store", "h2");
        try (Running running = Running.start(data, settings)) {
            for (int round = 0; round < 2; round++) {
                time(name, "GET sipInfo by call id", running, i -> SipInfoAnswer.path(id(random())), round);
                time(name, "GET sipInfo by SIP Call-ID", running, i -> SipInfoAnswer.path(id(random()) + "@example.com"), round);
                time(name, "GET call by id", running, i -> "/api/v1/history/" + id(random()), round);
                time(name, "newest page of 100", running, i -> "/api/v1/history?limit=100", round);
                time(name, "page of 100, by time", running, i -> "/api/v1/history?limit=100&until=" + Instant.now().minus(Duration.ofHours(random() / 250)),
                        round);
                time(name, "page of 100, by cause", running, i -> "/api/v1/history?limit=100&cause=busy", round);
                time(name, "page of 100, by party", running, i -> "/api/v1/history?limit=100&party=caller" + random() % 1000, round);
                time(name, "page of 100, party unknown", running, i -> "/api/v1/history?limit=100&party=nobody" + i, round);
                time(name, "live calls", running, i -> "/api/v1/history?limit=100&live=true", round);
            }
        }
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(CALLS);
    }

    private static void time(String name, String what, Running running, IntFunction<String> path, int round) throws Exception {
        int requests = what.contains("unknown") ? REQUESTS / 20 : REQUESTS;
        long[] nanos = new long[requests];
        for (int i = 0; i < requests; i++) {
            String target = path.apply(i);
            long began = System.nanoTime();
            HttpResponse<String> response = running.get(target);
            nanos[i] = System.nanoTime() - began;
            assertThat(response.statusCode()).as("%s %s", target, response.body()).isEqualTo(200);
        }
        Arrays.sort(nanos);
        if (round > 0) {
            System.out.printf("%s, %d calls: %-28s median %6.2f ms, p99 %7.2f ms%n", name, CALLS, what, nanos[requests / 2] / 1e6,
                    nanos[requests * 99 / 100] / 1e6);
        }
    }
}
