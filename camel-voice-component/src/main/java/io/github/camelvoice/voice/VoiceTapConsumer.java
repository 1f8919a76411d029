package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the audio of calls to a route: of every answered call that matches, or of those that a producer sends to its name. The exchanges of one
 * tap come one after the other; those of several run beside each other. Where the route is slow it loses audio, and nobody else does.
 */
@ManagedResource(description = "Managed voice tap consumer")
public class VoiceTapConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceTapConsumer.class);
    private static final int MOST_ANSWERED = 10_000;
    private static final long LOOK_UP_SECONDS = 1;
    private static final long STOP_SECONDS = 5;

    private final VoiceEndpoint endpoint;
    private final String name;
    private final PartyFilter filter;
    private final TapForms forms;
    private final CallDirection direction;
    private final int workers;
    private final Set<RunningTap> running = ConcurrentHashMap.newKeySet();
    private final LongAdder consumed = new LongAdder();
    private final LongAdder droppedBefore = new LongAdder();
    private volatile boolean stopping;
    private EventBus.Subscription answered;
    private ExecutorService lookout;
    private ExecutorService threads;

    /** @throws IllegalArgumentException naming the option that is wrong */
    public VoiceTapConsumer(VoiceEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.name = endpoint.getTarget();
        VoiceConfiguration options = endpoint.getConfiguration();
        this.filter = new PartyFilter(options);
        this.forms = new TapForms(options);
        this.direction = switch (options.getCalls()) {
            case "inbound" -> CallDirection.INBOUND;
            case "outbound" -> CallDirection.OUTBOUND;
            case "all" -> null;
            default -> throw new IllegalArgumentException("calls has no value '" + options.getCalls() + "'; there are [inbound, outbound, all]");
        };
        this.workers = options.getWorkers();
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be 1 or more: " + workers);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        if (name != null) {
            endpoint.getComponent().tapRoutes().add(name, this);
        }
        VoiceConsumerHealthCheck.register(this);
        threads = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceTap", workers);
        if (name == null) {
            answered = endpoint.engine().events().subscribe(MOST_ANSWERED, event -> event.kind() == VoiceEvent.Kind.CALL_ANSWERED
                    && (direction == null || event.head().direction() == direction));
            lookout = getEndpoint().getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "VoiceTapLookout");
            EventBus.Subscription queue = answered;
            lookout.execute(() -> lookOut(queue));
        }
    }

    private void lookOut(EventBus.Subscription queue) {
        try {
            while (!stopping && !Thread.currentThread().isInterrupted()) {
                VoiceEvent event = queue.poll(LOOK_UP_SECONDS, TimeUnit.SECONDS);
                if (event != null && !isSuspendingOrSuspended()) {
                    answered(event.head().callId());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void answered(String callId) {
        try {
            Call call = endpoint.engine().calls().find(callId);
            CallSnapshot now = call.snapshot();
            if (filter.matches(now)) {
                TapSpec spec = forms.spec(getRouteId(), UUID.randomUUID().toString()).build();
                tap(call, now, spec).whenComplete((tap, failure) -> failed(callId, tap, failure));
            }
        } catch (CallException over) {
            // It was a short one.
            return;
        } catch (Exception failure) {
            failed(callId, null, failure);
        }
    }

    private void failed(String callId, TapInfo tap, Throwable failure) {
        if (failure != null || !tap.success()) {
            getExceptionHandler().handleException("Call " + callId + " could not be tapped: "
                    + (failure == null ? tap.reason() : Failures.callRoomCause(failure).getMessage()), failure);
        }
    }

    /** A tap that a producer asked for. */
    CompletionStage<TapInfo> tap(Call call, TapSpec asked) throws Exception {
        String controlId = asked.controlId() == null ? UUID.randomUUID().toString() : asked.controlId();
        return tap(call, call.snapshot(), forms.spec(controlId, asked).build());
    }

    private CompletionStage<TapInfo> tap(Call call, CallSnapshot now, TapSpec spec) throws Exception {
        Taps taps = endpoint.engine().taps();
        RunningTap made = new RunningTap(taps, new TapExchanges(now, spec), spec);
        running.add(made);
        return taps.start(call, spec, made.feed).whenComplete((tap, failure) -> {
            if (failure != null || !tap.success()) {
                running.remove(made);
            } else {
                made.feed.drained().thenRun(() -> over(made));
            }
        });
    }

    private void over(RunningTap tap) {
        if (running.remove(tap)) {
            droppedBefore.add(tap.feed.droppedMillis());
        }
    }

    /** One tap, its audio and its exchanges. */
    private final class RunningTap implements TapFeed.Outlet {
        private final Taps taps;
        private final TapExchanges exchanges;
        private final String controlId;
        private final TapFeed feed;

        RunningTap(Taps taps, TapExchanges exchanges, TapSpec spec) {
            this.taps = taps;
            this.exchanges = exchanges;
            this.controlId = spec.controlId();
            this.feed = new TapFeed(forms.form(spec.direction()), this);
        }

        @Override
        public void hand(TapFeed.Batch batch, Runnable done) {
            Exchange exchange = createExchange(false);
            exchanges.fill(exchange, batch);
            try {
                getAsyncProcessor().process(exchange, doneSync -> finish(exchange, done));
            } catch (RuntimeException | Error failure) {
                // An error as well, a class that is missing for example: the audio after it is for a route that may do better.
                exchange.setException(failure);
                finish(exchange, done);
            }
        }

        private void finish(Exchange exchange, Runnable done) {
            consumed.increment();
            try {
                if (exchange.getException() != null) {
                    getExceptionHandler().handleException("The route of tap " + controlId + " of call " + exchanges.callId() + " failed", exchange,
                            exchange.getException());
                }
            } finally {
                releaseExchange(exchange, false);
                done.run();
            }
        }

        @Override
        public boolean execute(Runnable task) {
            try {
                threads.execute(task);
                return true;
            } catch (RejectedExecutionException stopped) {
                return false;
            }
        }

        @Override
        public boolean isPaused() {
            return isSuspendingOrSuspended() && !stopping;
        }

        CompletionStage<Void> stop() {
            taps.stop(exchanges.callId(), controlId);
            return feed.drained();
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        running.forEach(tap -> tap.feed.resume());
    }

    /** The taps end; the route has some seconds for what they have still got. */
    @Override
    protected void doStop() throws Exception {
        stopping = true;
        if (name != null) {
            endpoint.getComponent().tapRoutes().remove(name, this);
        }
        if (answered != null) {
            answered.close();
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(lookout);
            answered = null;
        }
        CompletableFuture<?>[] ends = running.stream().map(tap -> {
            tap.feed.resume();
            return tap.stop().toCompletableFuture();
        }).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            LOG.warn("the route of {} had no time for {} exchanges", endpoint, getWaitingExchanges());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        running.forEach(this::over);
        if (threads != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads);
            threads = null;
        }
        super.doStop();
    }

    /** Stops after the others: the calls that end during a shutdown are heard to their end. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        endpoint.getComponent().drainIfContextStops();
        return true;
    }

    /** Exchanges that wait, and while the context stops the taps that will have some. */
    @Override
    public int getPendingExchangesSize() {
        return getWaitingExchanges() + (getEndpoint().getCamelContext().isStopping() ? getLiveTaps() : 0);
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            stopping = true;
        }
    }

    @ManagedAttribute(description = "Taps whose audio comes to the route")
    public int getLiveTaps() {
        return (int) running.stream().filter(tap -> !tap.feed.isOver()).count();
    }

    @ManagedAttribute(description = "Exchanges that wait for the route, those in it included")
    public int getWaitingExchanges() {
        return running.stream().mapToInt(tap -> tap.feed.waiting()).sum();
    }

    @ManagedAttribute(description = "Milliseconds of audio lost because the route fell behind")
    public long getDroppedMillis() {
        return droppedBefore.sum() + running.stream().mapToLong(tap -> tap.feed.droppedMillis()).sum();
    }

    @ManagedAttribute(description = "Exchanges that the route had")
    public long getConsumedExchanges() {
        return consumed.sum();
    }
}
