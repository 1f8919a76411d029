package io.github.camelvoice.voice;

import io.github.camelvoice.callback.CallbackFigures;
import io.github.camelvoice.callback.Delivery;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.callback.Outcome;
import io.github.camelvoice.callback.Schedule;
import io.github.camelvoice.callback.Terms;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings callbacks to a route: an exchange for each attempt. One that ends well has delivered it, one that fails is tried again, unless the failure
 * is a {@link VoiceCallbackRefusedException}. One consumer of a component at a time.
 */
@ManagedResource(description = "Managed voice callbacks consumer")
public class VoiceCallbacksConsumer extends DefaultConsumer implements ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceCallbacksConsumer.class);
    private static final Duration QUICK_PAUSE = Duration.ofSeconds(1);
    /** How long a stop waits for attempts that are being made. */
    private static final long STOP_SECONDS = 10;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final Terms terms;
    private volatile boolean stopping;
    private Phaser running;
    private ExecutorService threads;
    private Dispatcher dispatcher;
    private CallbackRun run;
    private AutoCloseable attendance;

    /** @throws IllegalArgumentException naming the option that is wrong */
    public VoiceCallbacksConsumer(VoiceEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        Set<String> targets = new TreeSet<>(Arguments.list(options.getTargets()));
        if (targets.contains(CallbackRun.HTTP)) {
            throw new IllegalArgumentException("targets: no target can have the name " + CallbackRun.HTTP);
        }
        VoiceCallbackPost.times(options);
        this.terms = new Terms(targets, options.getConcurrentDeliveries(), new Schedule(options.getQuickAttempts(), QUICK_PAUSE,
                Duration.ofMillis(options.getBackOff()), Duration.ofMillis(options.getMaxBackOff()), Duration.ofMillis(options.getExpiry())));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        VoiceConsumerHealthCheck.register(this);
        EngineLink engine = endpoint.engine();
        dispatcher = engine.callbacks();
        run = new CallbackRun(this, engine.targetPolicy(), Arguments.blankToNull(options.getSecretKey()));
        running = new Phaser(1);
        threads = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceCallbacks", terms.slots());
        attendance = dispatcher.attend(this::carry, terms);
    }

    private void carry(Delivery delivery) {
        try {
            threads.execute(() -> deliver(delivery));
        } catch (RejectedExecutionException stopped) {
            LOG.trace("stopped", stopped);
            delivery.outcome().accept(new Outcome.Returned());
        }
    }

    private void deliver(Delivery delivery) {
        if (stopping || running.register() < 0) {
            delivery.outcome().accept(new Outcome.Returned());
            return;
        }
        try {
            delivery.outcome().accept(run.deliver(delivery));
        } finally {
            running.arriveAndDeregister();
        }
    }

    @Override
    protected void doStop() throws Exception {
        stopping = true;
        if (attendance != null) {
            attendance.close();
            attendance = null;
        }
        if (threads != null) {
            awaitRunning();
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads).forEach(Runnable::run);
            threads = null;
        }
        super.doStop();
    }

    /** An attempt that is cut short may have reached its receiver: it will have it twice, with the same id. */
    private void awaitRunning() {
        try {
            running.awaitAdvanceInterruptibly(running.arriveAndDeregister(), STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException late) {
            LOG.warn("callbacks are still being delivered; their attempts are interrupted");
        }
    }

    /** Stops after the others: the calls that end during a shutdown have callbacks as well. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        endpoint.getComponent().drainIfContextStops();
        return true;
    }

    /** What is being delivered; while the context stops, what could be at once as well, and the calls that will have some. */
    @Override
    public int getPendingExchangesSize() {
        Dispatcher asked = dispatcher;
        if (asked == null) {
            return 0;
        }
        CallbackFigures figures = asked.figures();
        boolean contextStops = getEndpoint().getCamelContext().isStopping();
        return figures.carried() + (contextStops && !stopping ? figures.ready() + endpoint.getLiveCalls() : 0);
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            stopping = true;
        }
    }

    /** Null before the start. */
    CallbackFigures figures() {
        return dispatcher == null ? null : dispatcher.figures();
    }

    @ManagedAttribute(description = "Callbacks that are not delivered yet")
    public long getWaitingCallbacks() {
        return dispatcher == null ? 0 : dispatcher.figures().waiting();
    }

    @ManagedAttribute(description = "Callbacks delivered since the start")
    public long getDeliveredCallbacks() {
        return dispatcher == null ? 0 : dispatcher.figures().delivered();
    }

    @ManagedAttribute(description = "Attempts that failed since the start")
    public long getFailedAttempts() {
        return dispatcher == null ? 0 : dispatcher.figures().failed();
    }

    @ManagedAttribute(description = "Callbacks given up since the start")
    public long getGivenUpCallbacks() {
        return dispatcher == null ? 0 : dispatcher.figures().givenUp();
    }
}
