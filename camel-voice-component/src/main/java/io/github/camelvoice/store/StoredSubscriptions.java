package io.github.camelvoice.store;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.SubscriptionEdit;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.SubscriptionStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscriptions in the log and the store of the calls. */
final class StoredSubscriptions implements SubscriptionStore {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSubscriptions.class);
    private static final long PATIENCE_MILLIS = 5_000;
    private static final long LOG_EVERY = TimeUnit.SECONDS.toNanos(60);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.~:-]{1,200}");

    private final FedLog log;
    private final CallStore store;
    private final EngineClock clock;
    private final boolean shared;
    private final HeldStates held;
    private long loggedAt;

    StoredSubscriptions(FedLog log, CallStore store, EngineClock clock, boolean shared) {
        this.log = log;
        this.store = store;
        this.clock = clock;
        this.shared = shared;
        this.held = new HeldStates(log);
        this.loggedAt = clock.nanos() - LOG_EVERY;
    }

    @Override
    public CompletionStage<Void> put(SubscriptionInfo info, SubscriptionRequest request) {
        if (!ID.matcher(info.id()).matches()) {
            return failed("not an id of a subscription: 1 to 200 letters, digits and -_.~:");
        }
        byte[] details = SubscriptionForm.pack(info, request);
        if (details.length > SubscriptionForm.MOST_REQUEST) {
            return failed("the subscription is too large to be kept: " + details.length + " bytes, at most " + SubscriptionForm.MOST_REQUEST);
        }
        return written(new SubscriptionEntry.Put(log.nextTrace(), info.id(), info.account(), info.version(), info.createdAt(), details));
    }

    private static CompletionStage<Void> failed(String why) {
        return CompletableFuture.failedFuture(new IOException(why));
    }

    private CompletionStage<Void> written(SubscriptionEntry entry) {
        String trouble = log.trouble();
        if (trouble != null) {
            return failed(trouble);
        }
        if (!held.append(entry)) {
            return failed("there is no room in the log");
        }
        CompletableFuture<Void> done = log.durable().toCompletableFuture().copy().orTimeout(2 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (!shared) {
            return done.handle(StoredSubscriptions::asWritten).thenCompose(stage -> stage);
        }
        CompletableFuture<Void> stored = log.stored().toCompletableFuture().copy().orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .handle((nothing, away) -> null);
        return done.handle(StoredSubscriptions::asWritten).thenCompose(stage -> stage).thenCompose(nothing -> stored);
    }

    private static CompletionStage<Void> asWritten(Void nothing, Throwable failure) {
        return failure == null ? CompletableFuture.completedStage(null) : failed("it could not be written down in time");
    }

    @Override
    public void keep(String subscriptionId, long version, String resource, InstanceInfo instance) {
        if (!SubscriptionForm.fits(instance)) {
            complain("a state of {} in subscription {} is too large to be kept: it is known until this process ends", resource, subscriptionId);
        }
        held.keep(new SubscriptionEntry.State(log.nextTrace(), subscriptionId, version, resource, instance.id(),
                SubscriptionForm.pack(resource, instance)));
    }

    private synchronized void complain(String message, Object... parts) {
        if (clock.nanos() - loggedAt >= LOG_EVERY) {
            loggedAt = clock.nanos();
            LOG.warn(message, parts);
        }
    }

    @Override
    public void drop(String subscriptionId, long version, String resource, String instance) {
        held.keep(new SubscriptionEntry.State(log.nextTrace(), subscriptionId, version, resource, instance, null));
    }

    @Override
    public void told(String subscriptionId, long version) {
        held.told(new SubscriptionEntry.Told(log.nextTrace(), subscriptionId, version));
    }

    @Override
    public CompletionStage<Void> remove(String subscriptionId) {
        held.forget(subscriptionId);
        return written(new SubscriptionEntry.Removed(log.nextTrace(), subscriptionId, clock.now()));
    }

    @Override
    public CompletionStage<Void> ask(String subscriptionId, SubscriptionEdit edit) {
        if (!ID.matcher(subscriptionId).matches()) {
            return failed("not an id of a subscription");
        }
        byte[] bytes = edit == null ? null : SubscriptionForm.pack(edit);
        if (bytes != null && bytes.length > SubscriptionForm.MOST_REQUEST) {
            return failed("the change is too large: " + bytes.length + " bytes, at most " + SubscriptionForm.MOST_REQUEST);
        }
        String trouble = log.trouble();
        if (trouble != null || !held.append(new SubscriptionEntry.Asked(log.nextTrace(), subscriptionId, clock.now(), bytes))) {
            return failed(trouble == null ? "there is no room in the log" : trouble);
        }
        return log.stored().toCompletableFuture().copy().orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .handle((nothing, away) -> away == null ? CompletableFuture.<Void>completedStage(null)
                    : StoredSubscriptions.failed("the node that has the subscription cannot be told now: it will be later"))
                .thenCompose(stage -> stage);
    }

    @Override
    public List<Asked> asked(int most) throws IOException {
        List<Asked> found = new ArrayList<>();
        for (SubscriptionRows.Errand errand : Asking.of(() -> store.errands(most))) {
            try {
                found.add(new Asked(errand.source(), errand.number(), errand.id(),
                        errand.edit() == null ? null : SubscriptionForm.unpackEdit(errand.edit())));
            } catch (RuntimeException broken) {
                complain("what was asked of subscription {} cannot be read: {}", errand.id(), broken.toString());
            }
        }
        return found;
    }

    @Override
    public void answered(Asked asked) {
        held.append(new SubscriptionEntry.Answered(log.nextTrace(), asked.source(), asked.number()));
    }

    @Override
    public Map<Integer, Long> beat() throws IOException {
        return Asking.of(() -> store.beat(log.source()));
    }

    @Override
    public Set<Integer> partitionsOfOthers() throws IOException {
        return shared ? Asking.of(() -> store.partitionsOfOthers(log.source())) : Set.of();
    }

    @Override
    public List<Kept> load(int partition) throws IOException {
        catchUp();
        List<Kept> found = new ArrayList<>();
        for (SubscriptionRows.Row row : Asking.of(() -> store.takeUp(log.source(), partition, shared))) {
            kept(row).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public Optional<Kept> find(String subscriptionId) throws IOException {
        catchUp();
        return Asking.of(() -> store.subscription(subscriptionId)).flatMap(this::kept);
    }

    @Override
    public List<SubscriptionInfo> list(String account, int most) throws IOException {
        catchUp();
        List<SubscriptionInfo> found = new ArrayList<>();
        for (SubscriptionRows.Row row : Asking.of(() -> store.subscriptions(account, most))) {
            read(row).ifPresent(subscription -> found.add(subscription.info()));
        }
        return found;
    }

    /** What is broken is passed over: the others are not to suffer. */
    private Optional<SubscriptionForm.Subscription> read(SubscriptionRows.Row row) {
        try {
            return Optional.of(SubscriptionForm.unpack(row.details(), row));
        } catch (RuntimeException broken) {
            complain("a subscription that {} has written cannot be read: {}", row.owner(), broken.toString());
            return Optional.empty();
        }
    }

    private Optional<Kept> kept(SubscriptionRows.Row row) {
        return read(row).map(subscription -> {
            SubscriptionRequest request = subscription.request();
            SubscriptionInfo info = subscription.info();
            Map<String, List<InstanceInfo>> instances = new HashMap<>();
            long version = info.version();
            for (SubscriptionRows.StateRow each : row.states()) {
                version = Math.max(version, each.version());
                try {
                    SubscriptionForm.State state = SubscriptionForm.unpackState(each.details(), info.event(), each.version());
                    instances.computeIfAbsent(state.resource(), uri -> new ArrayList<>(1)).add(state.instance());
                } catch (RuntimeException broken) {
                    complain("a state of subscription {} cannot be read, and is not known until the next NOTIFY: {}", info.id(), broken.toString());
                }
            }
            List<ResourceInfo> resources = request.resources().stream().map(resource -> new ResourceInfo(resource.uri(), resource.displayName(),
                    instances.getOrDefault(resource.uri(), List.of()), null)).toList();
            return new Kept(new SubscriptionInfo(info.id(), info.account(), info.event(), info.state(), version, info.createdAt(), info.until(),
                    info.accept(), info.receiver(), info.origin(), resources, resources.size(), info.told(), info.owner()), request);
        });
    }

    /** What we wrote can be read. */
    private void catchUp() throws IOException {
        held.flush();
        Asking.of(() -> {
            Asking.catchUp(log);
            return null;
        });
    }
}
