package io.github.camelvoice.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Gets callbacks of subscriptions, as quickly as the test lets it. */
final class SepReceiver implements AutoCloseable {

    /** What came. */
    record Told(String uri, String type, String signature, String key, String body) {
    }

    final List<Told> told = new CopyOnWriteArrayList<>();
    final Semaphore permits = new Semaphore(1_000);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    volatile int status = 204;

    SepReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/callback?xxx=yyy";
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        told.add(new Told(exchange.getRequestURI().toString(), exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("X-SignalWire-Signature"), exchange.getRequestHeaders().getFirst("Idempotency-Key"), body));
        permits.acquireUninterruptibly();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    Told last() {
        return told.get(told.size() - 1);
    }

    @Override
    public void close() {
        permits.release(1_000);
        server.stop(0);
        threads.shutdownNow();
    }
}
