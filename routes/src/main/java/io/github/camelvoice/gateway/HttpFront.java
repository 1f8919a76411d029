package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.Visitors;
import io.github.camelvoice.runtime.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP port: opened before Camel starts, so that a port in use ends the start at once, and closed after it. Until
 * {@link HttpGuard#open} requests get 503.
 */
final class HttpFront implements AutoCloseable {

    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_REQUEST_LINE = 16 * 1024;
    private static final int IDLE_SECONDS = 90;
    private static final int WORKERS = 64;
    /** Open connections of all clients together: calls need the process's files too. */
    static final int MAX_CONNECTIONS = 512;
    private static final long SECONDS_TO_OPEN = 10;
    private static final long LOOK_MILLIS = 1_000;

    private final Vertx vertx;
    private final Router router;
    private final HttpServer server;
    private final HttpGuard guard;
    private final Visitors<HttpConnection> visitors = new Visitors<>(MAX_CONNECTIONS, EngineClock.SYSTEM, HttpConnection::close);

    HttpFront(String host, int port, HttpGuard guard) {
        this.guard = guard;
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(WORKERS).setFileSystemOptions(
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        router = Router.router(vertx);
        new ConsoleFiles().install(router);
        guard.install(router, visitors);
        vertx.setPeriodic(LOOK_MILLIS, timer -> visitors.look());
        HttpServer made = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port).setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(MAX_HEADERS).setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setIdleTimeout(IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS)).connectionHandler(this::admit)
                .invalidRequestHandler(HttpAnswers::refuseInvalid).requestHandler(request -> {
                    visitors.asked(request.connection());
                    router.handle(request);
                });
        try {
            server = await(made.listen());
        } catch (ExecutionException e) {
            close();
            String why = e.getCause().getMessage();
            throw SettingException.of(Setting.HTTP_PORT, e.getCause() instanceof BindException && why.contains("in use")
                    ? port + " is in use on " + host : port + " cannot be opened on " + host + ": " + why);
        } catch (TimeoutException e) {
            close();
            throw SettingException.of(Setting.HTTP_PORT, "could not be opened in time");
        }
    }

    private void admit(HttpConnection connection) {
        connection.closeHandler(closed -> visitors.left(connection));
        visitors.came(connection);
    }

    /** Open connections. */
    int connections() {
        return visitors.count();
    }

    int port() {
        return server.actualPort();
    }

    Vertx vertx() {
        return vertx;
    }

    Router router() {
        return router;
    }

    HttpServer server() {
        return server;
    }

    HttpGuard guard() {
        return guard;
    }

    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("HTTP did not close", e);
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS_TO_OPEN, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
