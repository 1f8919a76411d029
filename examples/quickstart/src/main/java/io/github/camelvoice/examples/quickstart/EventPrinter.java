package io.github.camelvoice.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows {@code GET /api/v1/events} and prints each event as it comes. */
final class EventPrinter implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SHOWN = List.of("codec", "setupTime", "outcome", "played", "length", "cause", "endedBy", "duration",
            "receivedPackets", "sentPackets");
    private static final long QUIET_MILLIS = 300;

    private final Stream<String> lines;
    private final BlockingQueue<String> kinds = new LinkedBlockingQueue<>();
    private final CountDownLatch listening = new CountDownLatch(1);
    private volatile boolean closed;

    private EventPrinter(Stream<String> lines) {
        this.lines = lines;
    }

    static EventPrinter listen(GatewayProcess gateway) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = gateway.http().send(gateway.request("/api/v1/events").build(),
                HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new QuickstartException("GET /api/v1/events gave " + response.statusCode());
        }
        EventPrinter printer = new EventPrinter(response.body());
        Thread reader = new Thread(printer::read, "events");
        reader.setDaemon(true);
        reader.start();
        if (!printer.listening.await(10, TimeUnit.SECONDS)) {
            throw new QuickstartException("no events came");
        }
        return printer;
    }

    private void read() {
        try {
            lines.forEach(line -> {
                if (line.equals(": events from now on")) {
                    listening.countDown();
                }
                if (line.startsWith("data: ")) {
                    show(line.substring("data: ".length()));
                }
            });
        } catch (RuntimeException e) {
            if (!closed) {
                System.out.println("  the event stream broke: " + e.getMessage());
            }
        }
    }

    private void show(String json) {
        try {
            JsonNode event = JSON.readTree(json);
            String details = SHOWN.stream().filter(event::has).map(name -> name + "=" + event.get(name).asText())
                    .collect(Collectors.joining(" "));
            System.out.printf("  event %s  %-18s %s%n", event.get("sequence").asText(), event.get("type").asText(), details);
            kinds.add(event.get("type").asText());
        } catch (IOException e) {
            throw new QuickstartException("an event is no JSON: " + json, e);
        }
    }

    /** Waits for the next event of this kind. */
    void await(String kind, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            if (kind.equals(kinds.poll(left, TimeUnit.NANOSECONDS))) {
                return;
            }
        }
        throw new QuickstartException("no event " + kind + " within " + patience.toSeconds() + " s");
    }

    /** Waits until no event has come for a moment, so that what is printed next stands below them. */
    void settle() throws InterruptedException {
        String next = kinds.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        while (next != null) {
            next = kinds.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        closed = true;
        lines.close();
    }
}
