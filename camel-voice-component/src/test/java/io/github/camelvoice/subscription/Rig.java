package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.SubscriptionRequest.Resource;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/** Subscriptions of one node on one thread, with notifiers and time as the test says. */
final class Rig implements ChangeListener {

    static final String ALICE = "sip:alice@example.com";
    static final String BOB = "sip:bob@example.com";

    final ManualTimers time = new ManualTimers();
    final FakeSignalling notifiers = new FakeSignalling();
    final MemorySubscriptions store;
    final List<StateChange> changes = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final Owner owner = new Owner();
    SubscriptionSettings settings = SubscriptionSettings.DEFAULT;
    WatcherCredentials credentials = WatcherCredentials.NONE;
    Teller teller = Teller.NONE;
    long seed = 1;
    private LiveSubscriptions subscriptions;

    /** Whose partitions are whose. */
    static final class Owner implements Ownership {

        boolean all = true;
        private IntConsumer gained = any -> { };
        private IntConsumer lost = any -> { };

        @Override
        public boolean owns(int partition) {
            return all;
        }

        @Override
        public void follow(IntConsumer onGained, IntConsumer onLost) {
            gained = onGained;
            lost = onLost;
        }

        void gain() {
            all = true;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                gained.accept(partition);
            }
        }

        void lose() {
            all = false;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                lost.accept(partition);
            }
        }
    }

    Rig() {
        this(new MemorySubscriptions());
    }

    Rig(MemorySubscriptions store) {
        this.store = store;
    }

    LiveSubscriptions subscriptions() {
        if (subscriptions == null) {
            subscriptions = new LiveSubscriptions(new SubscriptionServices(notifiers, store, owner, credentials, teller, time, time, new Ids("n1"),
                    Runnable::run, Runnable::run, new Random(seed)), settings);
            subscriptions.follow(ChangeFilter.ALL, this);
        }
        return subscriptions;
    }

    /** As if the process had ended, and another began with what was kept. */
    Rig restarted() {
        Rig next = new Rig(store);
        next.time.advance(Duration.ofNanos(time.nanos()));
        next.settings = settings;
        subscriptions.close();
        next.subscriptions().start();
        return next;
    }

    SubscriptionInfo create(String event, String... uris) {
        return done(subscriptions().create(request(event, Lists.AUTO, uris)));
    }

    static SubscriptionRequest request(String event, Lists lists, String... uris) {
        List<Resource> resources = Arrays.stream(uris).map(uri -> new Resource(uri, null)).toList();
        return new SubscriptionRequest(null, "acme", event, resources, List.of(), 0, null, null, "test", lists, null, null, null);
    }

    static SubscriptionRequest withId(SubscriptionRequest request, String id) {
        return Requests.withId(request, id);
    }

    static SubscriptionRequest until(SubscriptionRequest request, Instant until) {
        return Requests.edited(request, request.resources(), until, request.receiver());
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    static SubscriptionException.Kind refusal(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
            return null;
        } catch (CompletionException failed) {
            return ((SubscriptionException) failed.getCause()).kind();
        }
    }

    SubscriptionInfo info(String id) {
        return subscriptions().get(id).orElseThrow();
    }

    InstanceInfo instance(String id) {
        List<InstanceInfo> instances = info(id).resources().get(0).instances();
        return instances.isEmpty() ? null : instances.get(instances.size() - 1);
    }

    void pass(Duration time) {
        this.time.advance(time);
    }

    @Override
    public void changed(StateChange change) {
        changes.add(change);
    }

    @Override
    public void takenUp(SubscriptionInfo info) {
        said.add("taken up " + info.id());
    }

    @Override
    public void released(String subscriptionId) {
        said.add("released " + subscriptionId);
    }

    @Override
    public void ended(SubscriptionInfo info) {
        said.add("ended " + info.id());
    }
}
