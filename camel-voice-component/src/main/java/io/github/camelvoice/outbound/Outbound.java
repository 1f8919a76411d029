package io.github.camelvoice.outbound;

import io.github.camelvoice.runtime.Threads;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What an engine has for going out: the policy, one small Vert.x and the HTTP client. Vert.x is started by its first use. Thread-safe.
 */
public final class Outbound implements AutoCloseable {

    private static final int EVENT_LOOPS = 2;
    private static final int CLOSE_SECONDS = 5;

    private final TargetPolicy policy;
    private Vertx vertx;
    private HttpCaller http;
    private boolean closed;

    /**
     * @param allow {@code voice.outbound.allow}, null or empty for public addresses only
     * @throws IllegalArgumentException naming the entry that is wrong
     */
    public Outbound(String allow) {
        this(new TargetPolicy(allow));
    }

    /** @param policy closed with this */
    public Outbound(TargetPolicy policy) {
        this.policy = policy;
    }

    public TargetPolicy policy() {
        return policy;
    }

    /** @throws IllegalStateException after {@link #close} */
    public synchronized HttpCaller http() {
        Vertx running = vertx();
        if (http == null) {
            http = new HttpCaller(running, policy);
        }
        return http;
    }

    /** @throws IllegalStateException after {@link #close} */
    public synchronized Vertx vertx() {
        if (closed) {
            throw new IllegalStateException("the engine has stopped");
        }
        if (vertx == null) {
            vertx = newVertx();
        }
        return vertx;
    }

    private static Vertx newVertx() {
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(1).setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true).setDisableTCCL(true).setPreferNativeTransport(false)
                .setBlockedThreadCheckInterval(1).setBlockedThreadCheckIntervalUnit(TimeUnit.MINUTES)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        // on a thread of its own: the one that asks may belong to another Vert.x, which would say so at length
        CompletableFuture<Vertx> made = new CompletableFuture<>();
        Threads.named("outbound").newThread(() -> {
            try {
                made.complete(start(options));
                Tls.platform();
            } catch (RuntimeException | Error failure) {
                made.completeExceptionally(failure);
            }
        }).start();
        return made.join();
    }

    private static Vertx start(VertxOptions options) {
        return new VertxBuilder(options).init().findTransport(new PeerLimits.Transport()).vertx();
    }

    /** Closes connections and threads; waits a few seconds at most, so not to be called on an event loop. */
    @Override
    public void close() {
        Vertx running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = vertx;
            if (http != null) {
                http.close();
            }
        }
        policy.close();
        if (running != null) {
            try {
                running.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException ignored) {
                // its threads are daemons
            }
        }
    }
}
