package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one exchange of each inbound call. The route decides about the call; while the consumer is suspended or shutting down, new calls
 * get 503 and those in progress go on.
 */
@ManagedResource(description = "Managed voice call consumer")
public class VoiceCallConsumer extends DefaultConsumer implements Calls.Receiver, Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceCallConsumer.class);
    private static final long MEDIA_LINE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final PartyFilter filter;
    private final AtomicLong mediaLineDue = new AtomicLong(System.nanoTime());
    private final CallOutcome outcome;
    private final CallGate gate;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean draining;
    private volatile Predicate<String> users = user -> false;
    private ExecutorService workers;
    private Calls.Registration registration;

    public VoiceCallConsumer(VoiceEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.filter = new PartyFilter(options, options.isCalledUsers() ? user -> users.test(user) : null);
        this.outcome = new CallOutcome(options);
        this.gate = new CallGate(options.getMaxConcurrentCalls(), options.getMaxCallsPerSecond(), endpoint.getComponent().clock()::nanos);
        require("workers", options.getWorkers());
        require("callQueueSize", options.getCallQueueSize());
    }

    private static void require(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be 1 or more: " + value);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        draining = false;
        VoiceConsumerHealthCheck.register(this);
        workers = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceCall", options.getWorkers());
        EngineLink engine = endpoint.engine();
        users = engine::isUser;
        registration = engine.calls().receive(filter.order(options.getOrder()), this);
    }

    @Override
    protected void doStop() throws Exception {
        draining = true;
        if (registration != null) {
            registration.close();
            registration = null;
        }
        if (workers != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
            workers = null;
        }
        super.doStop();
    }

    @Override
    public boolean wants(Calls.IncomingCall call) {
        return filter.matches(call);
    }

    @Override
    public boolean isBusy(Calls.IncomingCall call) {
        boolean busy = draining || isSuspendingOrSuspended() || waiting.get() >= options.getCallQueueSize() || !gate.enter();
        if (busy) {
            refused.increment();
        }
        return busy;
    }

    @Override
    public void received(Call call, Calls.IncomingCall incoming) {
        received.increment();
        call.reached(Milestone.COMPLETED).thenRun(gate::leave);
        waiting.incrementAndGet();
        try {
            workers.execute(() -> start(call, incoming));
        } catch (RejectedExecutionException stopped) {
            waiting.decrementAndGet();
            call.execute(new CallCommand.Reject(503, Phrases.of(503), SipHeaders.of("Retry-After", "5")));
        }
    }

    private void start(Call call, Calls.IncomingCall incoming) {
        waiting.decrementAndGet();
        // Not released by Camel on its own: the outcome is read from the exchange when the route is through.
        Exchange exchange = createExchange(false);
        InboundHeaders.set(exchange, call, incoming, endpoint.getHeaderFilterStrategy());
        AsyncCallback done = doneSync -> finish(exchange, call);
        try {
            getAsyncProcessor().process(exchange, done);
        } catch (RuntimeException | Error failure) {
            // An error as well, a class that is missing for example: the caller must not wait for ever.
            exchange.setException(failure);
            finish(exchange, call);
        }
    }

    private void finish(Exchange exchange, Call call) {
        try {
            Exception failure = exchange.getException();
            boolean failed = failure != null || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
            outcome.settle(call, failed, failure);
            if (failure instanceof VoiceCallEndedException) {
                LOG.debug("[{}] the call ended before its route: {}", call.id(), failure.getMessage());
            } else if (isEverydays(failure) && getExceptionHandler() instanceof LoggingExceptionHandler) {
                everydays(call, failure);
            } else if (failure != null) {
                getExceptionHandler().handleException("The route of call " + call.id() + " failed", exchange, failure);
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private static boolean isEverydays(Exception failure) {
        return failure instanceof VoiceMediaException || failure instanceof VoiceDocumentException || failure instanceof VoiceForbiddenException
                || failure instanceof VoiceOverloadedException || failure instanceof VoiceUnavailableException
                || failure instanceof VoiceNotRegisteredException || failure instanceof VoiceCallFailedException;
    }

    /** Callers can cause this as often as they like: one line a minute, without the stack. */
    private void everydays(Call call, Exception failure) {
        long now = System.nanoTime();
        long due = mediaLineDue.get();
        if (now - due >= 0 && mediaLineDue.compareAndSet(due, now + MEDIA_LINE_NANOS)) {
            LOG.warn("[{}] the route failed: {} (others like it are not logged for a minute)", call.id(), failure.getMessage());
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        endpoint.getComponent().drainIfContextStops();
        return false;
    }

    /** Calls that wait for their route, and while the context stops those that live. */
    @Override
    public int getPendingExchangesSize() {
        return waiting.get() + (getEndpoint().getCamelContext().isStopping() && !isStopped() ? gate.inside() : 0);
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly) {
            draining = true;
        }
    }

    boolean isDraining() {
        return draining;
    }

    @ManagedAttribute(description = "Live calls that came through this consumer")
    public int getLiveCalls() {
        return gate.inside();
    }

    @ManagedAttribute(description = "Calls that wait for a thread")
    public int getWaitingCalls() {
        return waiting.get();
    }

    @ManagedAttribute(description = "Calls received")
    public long getReceivedCalls() {
        return received.sum();
    }

    @ManagedAttribute(description = "Calls refused with 503: suspended, shutting down, or over a cap")
    public long getRefusedCalls() {
        return refused.sum();
    }
}
