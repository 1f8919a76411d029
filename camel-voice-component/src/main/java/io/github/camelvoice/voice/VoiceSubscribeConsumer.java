package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.ChangeFilter;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.Subscriptions;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/**
 * Brings changes of what is watched to a route, in order per resource: those of a subscription of its own, which outlives the consumer for
 * some time, or those of all subscriptions that others made. Where the route is slow, or suspended, the newest change of a resource takes the place of
 * those before it.
 */
@ManagedResource(description = "Managed voice subscribe consumer")
public class VoiceSubscribeConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final long LOOK_UP_SECONDS = 1;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final SubscribeExchanges exchanges;
    private final SubscribeRequests requests;
    private final Set<String> events = new TreeSet<>();
    private final LongAdder consumed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile ChangeQueue queue = new ChangeQueue(1);
    private volatile OwnSubscription own;
    private volatile boolean stopping;
    private volatile long skippedBefore;
    private Subscriptions.Following following;
    private ExecutorService threads;
    private CountDownLatch running;

    /** @throws Exception naming the option that is wrong */
    public VoiceSubscribeConsumer(VoiceEndpoint endpoint, Processor processor) throws Exception {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.exchanges = new SubscribeExchanges(Arguments.choice("body", options.getBody(), SubscribeExchanges.Form.class));
        this.requests = new SubscribeRequests(endpoint);
        if (options.getConcurrentConsumers() < 1 || options.getQueueSize() < options.getConcurrentConsumers()) {
            throw new IllegalArgumentException("concurrentConsumers must be 1 or more, and queueSize not less than it");
        }
        if (isOfItsOwn()) {
            OwnSubscription.check(options);
        } else {
            for (String event : Arguments.list(options.getEvent())) {
                events.add(SubscribeRequests.event(event));
            }
            SubscribeRequests.id("subscriptionId", Arguments.blankToNull(options.getSubscriptionId()));
        }
    }

    private boolean isOfItsOwn() {
        return endpoint.getTarget() != null || endpoint.given().contains("resources");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        VoiceConsumerHealthCheck.register(this);
        queue = new ChangeQueue(options.getQueueSize());
        EngineLink engine = endpoint.engine();
        if (isOfItsOwn()) {
            requests.read();
            OwnSubscription made = new OwnSubscription(this, requests, queue);
            made.start(engine);
            own = made;
        } else {
            following = engine.subscriptions().follow(new ChangeFilter(Arguments.blankToNull(options.getSubscriptionId()), null,
                    events.size() == 1 ? packageOf(events.iterator().next()) : null), this::followed);
        }
        int count = options.getConcurrentConsumers();
        running = new CountDownLatch(count);
        threads = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceSubscribe", count);
        for (int i = 0; i < count; i++) {
            threads.execute(this::run);
        }
    }

    private void followed(StateChange change) {
        if (events.isEmpty() || events.contains(change.event()) || events.contains(packageOf(change.event()))) {
            queue.offer(change, false);
        }
    }

    private static String packageOf(String event) {
        return event.replaceFirst(";.*$", "").trim();
    }

    private void run() {
        ChangeQueue from = queue;
        try {
            while (!stopping) {
                ChangeQueue.Next next = from.poll(LOOK_UP_SECONDS, () -> isSuspendingOrSuspended() || stopping);
                if (next != null) {
                    hand(next);
                    through(next, from.done(next));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            running.countDown();
        }
    }

    private void through(ChangeQueue.Next next, long number) {
        OwnSubscription of = own;
        if (of != null) {
            of.through(next.change().subscriptionId(), number);
        }
    }

    private void hand(ChangeQueue.Next next) {
        Exchange exchange = createExchange(false);
        try {
            exchanges.fill(exchange, next);
            getProcessor().process(exchange);
        } catch (Exception | Error failure) {
            // An error as well, a class that is missing for example: the changes after it are for a route that may do better.
            exchange.setException(failure);
        } finally {
            consumed.increment();
            Exception failure = exchange.getException();
            if (failure != null) {
                failed.increment();
                getExceptionHandler().handleException("The route failed for change " + next.change().number() + " of subscription "
                        + next.change().subscriptionId(), exchange, failure);
            }
            releaseExchange(exchange, false);
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        queue.wake();
    }

    @Override
    protected void doStop() throws Exception {
        stopping = true;
        queue.wake();
        if (following != null) {
            following.close();
            following = null;
        }
        queue.close();
        if (threads != null) {
            if (!isOver()) {
                getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads);
                isOver();
            }
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(threads);
            threads = null;
        }
        skippedBefore += queue.skipped();
        queue = new ChangeQueue(1);
        if (own != null) {
            own.stop();
            own = null;
        }
        super.doStop();
    }

    private boolean isOver() {
        try {
            return running.await(LOOK_UP_SECONDS * 2, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** What the route has just now: what waits is kept, or of no interest once nobody listens. */
    @Override
    public int getPendingExchangesSize() {
        return queue.running();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            stopping = true;
            queue.wake();
        }
    }

    /** Why the route hears nothing, or not of all resources; null if all is well. */
    String trouble() {
        OwnSubscription of = own;
        return of == null ? null : of.trouble();
    }

    /** The subscription of the consumer's own as this node knows it, null if there is none. */
    SubscriptionInfo subscription() {
        OwnSubscription of = own;
        return of == null ? null : of.info();
    }

    @ManagedAttribute(description = "Id of the subscription of the consumer's own; null without one")
    public String getSubscriptionId() {
        OwnSubscription of = own;
        return of == null ? null : of.id();
    }

    @ManagedAttribute(description = "State of the subscription of the consumer's own; null without one, and where another node watches")
    public String getSubscriptionState() {
        SubscriptionInfo info = subscription();
        return info == null ? null : info.state().name();
    }

    @ManagedAttribute(description = "Changes that wait for the route")
    public long getWaitingChanges() {
        return queue.waiting();
    }

    @ManagedAttribute(description = "Changes that a newer one of the same resource stood for, because the route fell behind")
    public long getSkippedChanges() {
        return skippedBefore + queue.skipped();
    }

    @ManagedAttribute(description = "Changes handed to the route")
    public long getConsumedChanges() {
        return consumed.sum();
    }

    @ManagedAttribute(description = "Changes for which the route failed")
    public long getFailedChanges() {
        return failed.sum();
    }
}
