package io.github.camelvoice.voice;

import io.github.camelvoice.store.CallStore.NumberedCall;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.support.DefaultConsumer;

/** Makes exchanges of ended calls and runs the route with them, on the thread of the feed. The rest may be asked by any thread. */
final class SipInfoOutlet implements SipInfoFeed.Outlet {

    private final DefaultConsumer consumer;
    private final SipInfoFormat format;
    private final boolean raw;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private Thread inRoute;
    private boolean closed;
    private volatile String trouble;

    SipInfoOutlet(DefaultConsumer consumer, SipInfoFormat format, boolean raw) {
        this.consumer = consumer;
        this.format = format;
        this.raw = raw;
    }

    @Override
    public Throwable hand(NumberedCall call, int attempt) {
        if (!enter()) {
            return new IllegalStateException("the consumer stops");
        }
        Throwable failure;
        try {
            failure = route(call, attempt);
        } catch (Exception | Error thrown) {
            // An error as well, a class that is missing for example: the call is kept for a route that may do better.
            failure = thrown;
        } finally {
            leave();
        }
        if (failure == null) {
            delivered.increment();
            trouble = null;
        }
        return failure;
    }

    private Throwable route(NumberedCall call, int attempt) throws Exception {
        Exchange exchange = consumer.createExchange(false);
        try {
            SipInfoResult.set(exchange, call.info(), format, raw);
            exchange.getMessage().setHeader(VoiceConstants.ATTEMPT, attempt);
            consumer.getProcessor().process(exchange);
            Exception failure = exchange.getException();
            boolean rolledBack = exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
            return failure == null && rolledBack ? new RollbackExchangeException(exchange) : failure;
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    @Override
    public void failed(NumberedCall call, int attempt, Throwable failure, long nextNanos) {
        if (isClosed()) {
            return;
        }
        failed.increment();
        String callId = call.info().call().callId();
        boolean skip = nextNanos < 0;
        if (skip) {
            skipped.increment();
        }
        trouble = skip ? null : "the route failed for call " + callId + ", " + attempt + " times: " + failure.getMessage();
        consumer.getExceptionHandler().handleException("The route failed for the record of call " + callId + ", try " + attempt + "; "
                + (skip ? "it is skipped" : "the next try is in " + Duration.ofNanos(nextNanos).toMillis() + " ms"), failure);
    }

    private boolean enter() {
        lock.lock();
        try {
            inRoute = closed ? null : Thread.currentThread();
            return inRoute != null;
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt was for the route: the store must not see it. */
    private void leave() {
        lock.lock();
        try {
            inRoute = null;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** No more exchanges. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void interruptRoute() {
        lock.lock();
        try {
            if (inRoute != null) {
                inRoute.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isInRoute() {
        lock.lock();
        try {
            return inRoute != null;
        } finally {
            lock.unlock();
        }
    }

    /** Why calls do not get through the route, null if they do. */
    String trouble() {
        return trouble;
    }

    long delivered() {
        return delivered.sum();
    }

    long failed() {
        return failed.sum();
    }

    long skipped() {
        return skipped.sum();
    }
}
