package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.ChangeFilter;
import io.github.camelvoice.subscription.ChangeListener;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionEdit;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscription of one consumer: made when the consumer starts, or found again; held by a lease that is renewed while it runs. What happened while
 * nobody listened is offered first, then each change. What the route has had is told, so that another start, here or on another node, goes on there.
 */
final class OwnSubscription implements ChangeListener {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSubscription.class);
    private static final long WAIT_SECONDS = 20;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    /** How long a subscription that ends with its consumer outlives one that could not stop. */
    private static final Duration AFTER_A_CRASH = Duration.ofHours(1);
    private static final int RENEWALS = 4;
    private static final int TELL_AFTER = 64;

    private final VoiceSubscribeConsumer consumer;
    private final VoiceComponent component;
    private final VoiceConfiguration options;
    private final SubscribeRequests requests;
    private final ChangeQueue queue;
    private final boolean endsWithConsumer;
    private final Duration lease;
    private final String id;
    private final ReentrantLock lock = new ReentrantLock();
    private List<StateChange> early = new ArrayList<>();
    private long threshold;
    private long told;
    private long reached;
    private volatile String ended;
    private volatile String renewal;
    private Subscriptions subscriptions;
    private Subscriptions.Following following;
    private ScheduledExecutorService renewals;

    OwnSubscription(VoiceSubscribeConsumer consumer, SubscribeRequests requests, ChangeQueue queue) {
        VoiceEndpoint endpoint = (VoiceEndpoint) consumer.getEndpoint();
        this.consumer = consumer;
        this.component = endpoint.getComponent();
        this.requests = requests;
        this.queue = queue;
        this.options = endpoint.getConfiguration();
        long keep = options.getKeep();
        this.endsWithConsumer = keep == 0;
        this.lease = keep == 0 ? AFTER_A_CRASH : Duration.ofMillis(keep);
        this.id = SubscriptionNames.of(consumer, endpoint);
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static void check(VoiceConfiguration options) {
        if (options.getKeep() != 0 && options.getKeep() < SHORTEST.toMillis()) {
            throw new IllegalArgumentException("keep must be 0, or a minute or more: " + options.getKeep() + " ms");
        }
    }

    /** Waits until it is written down. @throws Exception saying why it cannot be */
    void start(EngineLink engine) throws Exception {
        if (!component.claim(id)) {
            throw new IllegalArgumentException("two consumers of voice:subscribe have the subscription '" + id
                    + "': give their routes ids, or set subscription");
        }
        try {
            subscriptions = engine.subscriptions();
            following = subscriptions.follow(new ChangeFilter(id, null, null), this);
            SubscriptionRequest request = requests.consumers(id, SubscriptionNames.origin(options), engine.account(), engine.advertisedAddress(), end());
            settle(request);
            subscriptions.get(id).ifPresentOrElse(this::catchUp, this::open);
            CamelContext context = consumer.getEndpoint().getCamelContext();
            renewals = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "VoiceSubscribeKeep");
            long pause = lease.toMillis() / RENEWALS;
            renewals.scheduleAtFixedRate(this::renew, pause, pause, TimeUnit.MILLISECONDS);
        } catch (Exception failure) {
            release();
            throw failure;
        }
    }

    private Instant end() {
        return component.clock().now().plus(lease);
    }

    /** There is one now, and it is as the options say. */
    private void settle(SubscriptionRequest request) throws Exception {
        SubscriptionInfo found = get(subscriptions.create(request));
        if (!request.origin().equals(found.origin())) {
            LOG.info("the options of subscription {} are others than before: it is made anew", id);
            get(subscriptions.end(id));
            get(subscriptions.create(request));
            return;
        }
        boolean others = !found.resources().isEmpty() && !request.resources().equals(found.resources().stream()
                .map(resource -> new SubscriptionRequest.Resource(resource.uri(), resource.displayName())).toList());
        if (others || found.until() != null && !found.until().equals(request.until())) {
            get(subscriptions.change(id, new SubscriptionEdit(others ? request.resources() : null, request.until(), null)));
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw Failures.translate(failure.getCause()) instanceof Exception known ? known : failure;
        } catch (TimeoutException late) {
            throw new VoiceUnavailableException(null, "the subscription could not be written down within " + WAIT_SECONDS + " s", late);
        }
    }

    private void renew() {
        try {
            get(subscriptions.change(id, new SubscriptionEdit(null, end(), null)));
            renewal = null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            if (renewal == null) {
                LOG.warn("subscription {} could not be renewed: {}", id, failure.getMessage());
            }
            renewal = "it could not be renewed: " + failure.getMessage();
        }
    }

    /** What the route has not had: the newest state of each resource that changed since. */
    private void catchUp(SubscriptionInfo info) {
        lock.lock();
        try {
            long from = Math.max(threshold, info.told());
            told = Math.max(told, from);
            List<StateChange> before = early;
            early = null;
            for (ResourceInfo resource : info.resources()) {
                for (InstanceInfo instance : resource.instances()) {
                    boolean comes = before != null && before.stream().anyMatch(change -> change.number() == instance.version());
                    if (instance.version() > from && !comes) {
                        queue.offer(new StateChange(id, info.account(), info.event(), instance.version(), resource.uri(), instance, null,
                                instance.changedAt()), true);
                    }
                }
            }
            if (before != null) {
                before.stream().filter(change -> change.number() > info.version() || isNewest(info, change)).forEach(change -> queue.offer(change, false));
            }
            threshold = Math.max(from, info.version());
        } finally {
            lock.unlock();
        }
    }

    /** Another node watches: its consumer has the changes. */
    private void open() {
        lock.lock();
        try {
            early = null;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isNewest(SubscriptionInfo info, StateChange change) {
        return change.number() > info.told() && info.resources().stream().flatMap(resource -> resource.instances().stream())
                .anyMatch(instance -> instance.version() == change.number());
    }

    @Override
    public void changed(StateChange change) {
        lock.lock();
        try {
            if (early != null) {
                early.add(change);
            } else if (change.number() > threshold) {
                threshold = change.number();
                queue.offer(change, false);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void takenUp(SubscriptionInfo info) {
        ended = null;
        if (isOpen()) {
            catchUp(info);
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return early == null;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever watches now goes on where the route was. */
    @Override
    public void released(String subscriptionId) {
        lock.lock();
        try {
            queue.clear();
            threshold = 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(SubscriptionInfo info) {
        ended = "the subscription was ended";
        LOG.warn("subscription {} was ended, and not by its consumer: it hears nothing more until it is started again", id);
    }

    /** @param number up to which the route has had all changes */
    void through(String subscriptionId, long number) {
        if (!subscriptionId.equals(id)) {
            return;
        }
        boolean tell;
        lock.lock();
        try {
            reached = Math.max(reached, number);
            tell = number > told && (number - told >= TELL_AFTER || queue.pending() == 0);
            told = tell ? number : told;
        } finally {
            lock.unlock();
        }
        if (tell) {
            subscriptions.told(id, number);
        }
    }

    String id() {
        return id;
    }

    /** As this node knows it, null if another one watches. */
    SubscriptionInfo info() {
        return subscriptions.get(id).orElse(null);
    }

    /** Why the route hears nothing, null if all is well. */
    String trouble() {
        if (ended != null || renewal != null) {
            return ended != null ? ended : renewal;
        }
        SubscriptionInfo info = info();
        if (info == null || info.resources().isEmpty()) {
            return null;
        }
        List<ResourceInfo> troubled = info.resources().stream().filter(resource -> resource.trouble() != null).toList();
        if (troubled.size() < info.resources().size() && info.state() != SubscriptionInfo.State.FAILED) {
            return null;
        }
        return troubled.isEmpty() ? "the subscription is refused for good" : troubled.get(0).uri() + ": " + troubled.get(0).trouble();
    }

    /** The route is through with what it had. */
    void stop() {
        if (reached > told) {
            subscriptions.told(id, reached);
        }
        if (renewals != null) {
            consumer.getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(renewals);
            renewals = null;
        }
        if (endsWithConsumer && ended == null) {
            try {
                get(subscriptions.end(id));
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            } catch (Exception failure) {
                LOG.warn("subscription {} could not be ended: {}", id, failure.getMessage());
            }
        }
        release();
    }

    private void release() {
        if (following != null) {
            following.close();
            following = null;
        }
        component.release(id);
    }
}
