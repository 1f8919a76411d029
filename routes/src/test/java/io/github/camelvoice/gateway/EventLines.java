package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A listener of the event stream. */
final class EventLines implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;
    private final Stream<String> stream;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private EventLines(Stream<String> stream) {
        this.stream = stream;
    }

    static EventLines open(Running running, String query) throws Exception {
        HttpResponse<Stream<String>> response = running.client().send(running.request("/api/v1/events" + query).build(),
                HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode());
        }
        EventLines events = new EventLines(response.body());
        Thread reader = new Thread(events::read, "test-events");
        reader.setDaemon(true);
        reader.start();
        while (!events.line().equals(": events from now on")) {
            // a heartbeat came first
        }
        return events;
    }

    private void read() {
        try {
            stream.forEach(lines::add);
        } catch (RuntimeException closed) {
            lines.add("closed");
        }
    }

    /** The next line, of whatever kind. */
    String line() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no line came");
        }
        return line;
    }

    /** The next event. */
    JsonNode next() throws InterruptedException, IOException {
        String line = line();
        while (!line.startsWith("data: ")) {
            line = line();
        }
        return Running.JSON.readTree(line.substring("data: ".length()));
    }

    /** All events up to the first of this kind. */
    List<JsonNode> until(String type) throws InterruptedException, IOException {
        List<JsonNode> events = new ArrayList<>();
        do {
            events.add(next());
        } while (!events.get(events.size() - 1).get("type").asText().equals(type));
        return events;
    }

    @Override
    public void close() {
        stream.close();
    }
}
