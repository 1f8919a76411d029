package io.github.camelvoice.voice;

import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.VoiceEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/**
 * Brings the events of calls to a route, in order per call. Each thread has its own bounded queue and its own share of the calls; where
 * a queue is full, new events are dropped and counted. While suspended the queues fill.
 */
@ManagedResource(description = "Managed voice events consumer")
public class VoiceEventsConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final int BATCH = 256;
    private static final long LOOK_UP_SECONDS = 1;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final Set<VoiceEvent.Kind> kinds;
    private final LongAdder consumed = new LongAdder();
    private final Pause pause = new Pause();
    private volatile List<EventBus.Subscription> queues = List.of();
    private volatile boolean stopping;
    private volatile long droppedBefore;
    private ExecutorService threads;
    private CountDownLatch running;

    /** @throws IllegalArgumentException naming the option that is wrong */
    public VoiceEventsConsumer(VoiceEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.kinds = EnumSet.noneOf(VoiceEvent.Kind.class);
        Arguments.list(options.getKinds()).forEach(label -> kinds.add(VoiceEvent.Kind.ofLabel(label)));
        if (options.getConcurrentConsumers() < 1 || options.getQueueSize() < options.getConcurrentConsumers()) {
            throw new IllegalArgumentException("concurrentConsumers must be 1 or more, and queueSize not less than it");
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        VoiceConsumerHealthCheck.register(this);
        EventBus events = endpoint.engine().events();
        int shares = options.getConcurrentConsumers();
        int capacity = (options.getQueueSize() + shares - 1) / shares;
        List<EventBus.Subscription> made = new ArrayList<>();
        for (int share = 0; share < shares; share++) {
            made.add(events.subscribe(capacity, filter(share, shares)));
        }
        queues = List.copyOf(made);
        running = new CountDownLatch(shares);
        threads = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceEvents", shares);
        made.forEach(queue -> threads.execute(() -> run(queue)));
    }

    private Predicate<VoiceEvent> filter(int share, int shares) {
        Predicate<VoiceEvent> filter = kinds.isEmpty() ? event -> true : event -> kinds.contains(event.kind());
        String callId = Arguments.blankToNull(options.getCallId());
        if (callId != null) {
            filter = filter.and(event -> event.head().callId().equals(callId));
        }
        return shares == 1 ? filter : filter.and(event -> Math.floorMod(event.head().callId().hashCode(), shares) == share);
    }

    private void run(EventBus.Subscription queue) {
        List<VoiceEvent> batch = new ArrayList<>(BATCH);
        try {
            while (!stopping) {
                pause.await(() -> isSuspendingOrSuspended() && !stopping);
                VoiceEvent next = queue.poll(LOOK_UP_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    continue;
                }
                batch.add(next);
                queue.drainTo(batch, BATCH - 1);
                batch.forEach(this::hand);
                batch.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            running.countDown();
        }
    }

    private void hand(VoiceEvent event) {
        Exchange exchange = createExchange(false);
        try {
            VoiceEvent.Head head = event.head();
            Message message = exchange.getMessage();
            message.setBody(event);
            message.setHeader(VoiceConstants.CALL_ID, head.callId());
            message.setHeader(VoiceConstants.EVENT, event.kind().label());
            message.setHeader(VoiceConstants.EVENT_SEQUENCE, head.sequence());
            message.setHeader(VoiceConstants.DIRECTION, head.direction().name());
            message.setHeader(VoiceConstants.FROM_URI, head.from());
            message.setHeader(VoiceConstants.TO_URI, head.to());
            message.setHeader(Exchange.MESSAGE_TIMESTAMP, head.time().toEpochMilli());
            getProcessor().process(exchange);
        } catch (Exception | Error failure) {
            // An error as well, a class that is missing for example: the events after it are for a route that may do better.
            exchange.setException(failure);
        } finally {
            consumed.increment();
            Exception failure = exchange.getException();
            if (failure != null) {
                getExceptionHandler().handleException("The route of a voice event failed", exchange, failure);
            }
            releaseExchange(exchange, false);
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        pause.signal();
    }

    @Override
    protected void doStop() throws Exception {
        stopping = true;
        pause.signal();
        droppedBefore += queues.stream().mapToLong(EventBus.Subscription::dropped).sum();
        queues.forEach(EventBus.Subscription::close);
        queues = List.of();
        if (threads != null) {
            running.await(LOOK_UP_SECONDS * 2, TimeUnit.SECONDS);
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads);
            threads = null;
        }
        super.doStop();
    }

    /** Stops after the others: the calls that end during a shutdown have events as well. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        endpoint.getComponent().drainIfContextStops();
        return true;
    }

    /** Events that still wait, and while the context stops the calls that will have some: a graceful shutdown lets the route have them. */
    @Override
    public int getPendingExchangesSize() {
        return (int) getWaitingEvents() + (getEndpoint().getCamelContext().isStopping() ? endpoint.getLiveCalls() : 0);
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            stopping = true;
            pause.signal();
        }
    }

    @ManagedAttribute(description = "Events that wait for the route")
    public long getWaitingEvents() {
        return queues.stream().mapToLong(EventBus.Subscription::waiting).sum();
    }

    @ManagedAttribute(description = "Events lost because the route fell behind")
    public long getDroppedEvents() {
        return droppedBefore + queues.stream().mapToLong(EventBus.Subscription::dropped).sum();
    }

    @ManagedAttribute(description = "Events handed to the route")
    public long getConsumedEvents() {
        return consumed.sum();
    }
}
