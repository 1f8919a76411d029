package io.github.camelvoice.outbound;

import io.github.camelvoice.outbound.HttpFailure.Kind;
import java.util.concurrent.CompletableFuture;

/** One call of {@link HttpCaller}: its attempts, and the redirects of each. Confined to the caller's event loop. */
final class HttpExchange {

    private final HttpCaller caller;
    private final HttpCall call;
    private final Overrides overrides;
    private final String firstUrl;
    private final CompletableFuture<HttpAnswer> result;
    private final long connectMillis;
    private final long readMillis;
    private final long totalMillis;
    private final int retries;

    private int attempts;
    private boolean done;
    /** Whether a connection that was kept open has failed; that is made good once. */
    private boolean stale;
    private long totalTimer;
    private HttpHop hop;

    HttpExchange(HttpCaller caller, HttpCall call, Overrides.Split split, CompletableFuture<HttpAnswer> result) {
        this.caller = caller;
        this.call = call;
        this.overrides = split.overrides();
        this.firstUrl = split.url();
        this.result = result;
        this.connectMillis = or(overrides.connect(), call.times().connect().toMillis());
        this.readMillis = or(overrides.read(), call.times().read().toMillis());
        this.totalMillis = or(overrides.total(), call.times().total().toMillis());
        this.retries = overrides.retries() >= 0 ? overrides.retries() : overrides.when().isEmpty() ? 0 : 1;
    }

    private static long or(int said, long otherwise) {
        return said >= 0 ? said : otherwise;
    }

    void begin() {
        totalTimer = caller.vertx().setTimer(totalMillis, late -> over(null, new HttpFailure(Kind.TOTAL_TIMEOUT,
                "no whole answer within " + totalMillis + " ms")));
        caller.trust().onComplete(read -> {
            if (!done) {
                attempt();
            }
        });
    }

    private void attempt() {
        attempts++;
        next(new HttpHop(this, firstUrl, call.method(), call.body(), call.headers(), call.credentials(), 0, null));
    }

    /** One attempt has ended. */
    void ended(HttpAnswer answer, HttpFailure failure) {
        if (done) {
            return;
        }
        boolean again = attempts <= retries && overrides.repeats(answer, failure);
        if (again) {
            attempt();
        } else {
            over(answer, failure);
        }
    }

    void over(HttpAnswer answer, HttpFailure failure) {
        if (done) {
            return;
        }
        done = true;
        caller.vertx().cancelTimer(totalTimer);
        caller.over(this);
        if (hop != null) {
            hop.abandon();
        }
        if (failure != null) {
            result.completeExceptionally(failure);
        } else {
            result.complete(answer);
        }
    }

    /** Goes on with this one. */
    void next(HttpHop following) {
        hop = following;
        hop.check();
    }

    /** Whether a request may be sent again because a connection that was kept open failed: once. */
    boolean mayReplaceConnection() {
        boolean may = !stale;
        stale = true;
        return may;
    }

    HttpCaller caller() {
        return caller;
    }

    HttpCall call() {
        return call;
    }

    long connectMillis() {
        return connectMillis;
    }

    long readMillis() {
        return readMillis;
    }
}
