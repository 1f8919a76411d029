package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.Account;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One who listens to server-sent events. Nobody waits for them: who does not keep up is disconnected. Thread-safe. */
final class SseClient {

    /** Bytes that may wait for a client. */
    static final int MAX_WAITING = 256 * 1024;
    static final long HEARTBEAT_MILLIS = 15_000;
    private static final String TYPE = "text/event-stream";

    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final Account account;
    private final Consumer<SseClient> gone;
    private final AtomicBoolean sentAway = new AtomicBoolean();

    /** @param gone may be called more than once */
    SseClient(RoutingContext request, Consumer<SseClient> gone) {
        this.response = request.response();
        this.connection = request.request().connection();
        this.account = request.get(HttpGuard.ACCOUNT);
        this.gone = gone;
        response.setWriteQueueMaxSize(MAX_WAITING);
        response.closeHandler(closed -> gone.accept(this));
        response.exceptionHandler(failure -> gone.accept(this));
        // Whatever is written first, a heartbeat or an event, takes these along.
        response.setChunked(true).putHeader("Content-Type", TYPE).putHeader("Cache-Control", "no-store");
    }

    Account account() {
        return account;
    }

    boolean isOver() {
        return sentAway.get() || response.closed() || response.ended();
    }

    /** @return false, once, if it did not keep up, and was disconnected */
    boolean write(String text) {
        if (isOver()) {
            return true;
        }
        if (response.writeQueueFull()) {
            boolean first = sentAway.compareAndSet(false, true);
            gone.accept(this);
            connection.close();
            return !first;
        }
        response.write(text);
        return true;
    }

    /**
     * Keeps the stream alive, or ends it where the account was taken away or changed meanwhile.
     *
     * @return as {@link #write}
     */
    boolean beat(Predicate<Account> welcome) {
        if (welcome.test(account)) {
            return write(":\n\n");
        }
        end();
        return true;
    }

    void end() {
        if (!isOver()) {
            response.end();
            gone.accept(this);
        }
    }
}
