package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.SubscriptionException.Kind;
import io.github.camelvoice.subscription.SubscriptionRequest.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions of a node. */
public final class LiveSubscriptions implements Subscriptions, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSubscriptions.class);
    private static final int MOST_DRAWS = 10_000;
    private static final long LOAD_AGAIN_SECONDS = 5;

    private final SubscriptionDesk desk;
    private final SubscriptionServices services;
    private final Map<String, LiveSubscription> live = new ConcurrentHashMap<>();
    /** Asked for here while another node owns them, with their credentials. */
    private final Map<String, SubscriptionRequest> wanted = new ConcurrentHashMap<>();
    /** Partitions of which everything that was kept is known here. */
    private final Set<Integer> loaded = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public LiveSubscriptions(SubscriptionServices services, SubscriptionSettings settings) {
        this.services = services;
        this.desk = new SubscriptionDesk(services, settings);
    }

    /** Takes up what was kept, of those partitions that are ours, and what becomes ours later. */
    public void start() {
        services.ownership().follow(this::load, this::lose);
        for (int partition = 0; partition < Ownership.PARTITIONS; partition++) {
            if (services.ownership().owns(partition)) {
                load(partition);
            }
        }
    }

    /** Stops at once. Nothing is unsubscribed: what is kept is taken up at the next start, and who notifies us meanwhile gets no answer. */
    @Override
    public void close() {
        closed = true;
        for (LiveSubscription each : live.values()) {
            each.mailbox.execute(() -> each.release(false));
        }
    }

    /** Takes up those of a partition that are not known here yet, where it is ours. Returns at once. */
    public void load(int partition) {
        if (!closed) {
            services.waiting().execute(() -> {
                if (!closed && services.ownership().owns(partition)) {
                    loadNow(partition);
                }
            });
        }
    }

    private void loadNow(int partition) {
        List<SubscriptionStore.Kept> kept;
        try {
            kept = services.store().load(partition);
        } catch (IOException failure) {
            LOG.warn("subscriptions of partition {} cannot be read, again in {} s: {}", partition, LOAD_AGAIN_SECONDS, failure.getMessage());
            services.timers().schedule(LOAD_AGAIN_SECONDS, TimeUnit.SECONDS, services.mailboxes(), () -> load(partition));
            return;
        }
        for (SubscriptionStore.Kept each : kept) {
            takeUp(each);
        }
        loaded.add(partition);
        for (SubscriptionRequest request : List.copyOf(wanted.values())) {
            if (Ownership.partition(request.id()) == partition && wanted.remove(request.id(), request)) {
                make(request).whenComplete((made, failure) -> {
                    if (failure != null) {
                        LOG.warn("[{}] cannot be made: {}", request.id(), failure.getMessage());
                    }
                });
            }
        }
    }

    private void takeUp(SubscriptionStore.Kept kept) {
        String id = kept.request().id();
        if (live.containsKey(id)) {
            return;
        }
        SubscriptionRequest again = wanted.remove(id);
        LiveSubscription subscription = new LiveSubscription(desk, kept, again == null ? null : again.access(), this::forget);
        if (live.putIfAbsent(id, subscription) == null) {
            desk.quotas.takeUp(kept.request().account(), kept.request().resources().size());
            subscription.written.complete(null);
            subscription.mailbox.release(() -> subscription.begin(true));
        }
    }

    private void lose(int partition) {
        if (closed) {
            return;
        }
        services.waiting().execute(() -> {
            if (services.ownership().owns(partition)) {
                return;
            }
            loaded.remove(partition);
            for (LiveSubscription each : live.values()) {
                if (Ownership.partition(each.id) == partition) {
                    SubscriptionRequest remembered = Requests.withAccess(each.request, each.access);
                    if (each.access != null) {
                        wanted.put(each.id, remembered);
                    }
                    each.mailbox.execute(() -> each.release(true));
                }
            }
        });
    }

    private void forget(LiveSubscription subscription) {
        if (live.remove(subscription.id, subscription)) {
            desk.quotas.giveBack(subscription.request.account(), subscription.request.resources().size());
        }
    }

    @Override
    public CompletionStage<SubscriptionInfo> create(SubscriptionRequest asked) {
        SubscriptionRequest request;
        try {
            request = Requests.checked(asked, services.clock().now());
            if (request.id() == null) {
                request = Requests.withId(request, draw());
            }
        } catch (SubscriptionException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        int partition = Ownership.partition(request.id());
        if (!services.ownership().owns(partition)) {
            wanted.put(request.id(), request);
            return CompletableFuture.completedFuture(notOurs(request));
        }
        return asked.id() == null || loaded.contains(partition) ? make(request) : afterLoading(partition, request);
    }

    /** There may be one of that id which is not taken up yet. */
    private CompletionStage<SubscriptionInfo> afterLoading(int partition, SubscriptionRequest request) {
        CompletableFuture<Void> read = new CompletableFuture<>();
        try {
            services.waiting().execute(() -> {
                if (!loaded.contains(partition)) {
                    loadNow(partition);
                }
                if (loaded.contains(partition)) {
                    read.complete(null);
                } else {
                    read.completeExceptionally(new SubscriptionException(Kind.UNAVAILABLE, "what is kept of subscriptions cannot be read just now"));
                }
            });
        } catch (RejectedExecutionException stopped) {
            read.completeExceptionally(new SubscriptionException(Kind.UNAVAILABLE, "the engine stops"));
        }
        return read.thenCompose(any -> make(request));
    }

    private String draw() throws SubscriptionException {
        for (int draws = 0; draws < MOST_DRAWS; draws++) {
            String id = services.ids().next();
            if (services.ownership().owns(Ownership.partition(id))) {
                return id;
            }
        }
        throw new SubscriptionException(Kind.UNAVAILABLE, "this node is responsible for no subscriptions just now");
    }

    private SubscriptionInfo notOurs(SubscriptionRequest request) {
        return new SubscriptionInfo(request.id(), request.account(), request.event(), SubscriptionInfo.State.PENDING, 0, services.clock().now(),
                request.until(), request.accept(), request.receiver(), request.origin(), List.of(), request.resources().size(), 0, null);
    }

    private CompletionStage<SubscriptionInfo> make(SubscriptionRequest request) {
        LiveSubscription known = live.get(request.id());
        if (known != null) {
            return again(known, request);
        }
        try {
            desk.quotas.take(request.account(), request.resources().size());
        } catch (SubscriptionException tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
        LiveSubscription made = new LiveSubscription(desk, request, this::forget);
        LiveSubscription other = live.putIfAbsent(request.id(), made);
        if (other != null) {
            desk.quotas.giveBack(request.account(), request.resources().size());
            return again(other, request);
        }
        CompletableFuture<SubscriptionInfo> done = new CompletableFuture<>();
        services.store().put(made.info(true), made.request).whenComplete((kept, failure) -> {
            if (failure == null) {
                made.mailbox.release(() -> made.begin(false));
                made.written.complete(null);
                done.complete(made.info(true));
            } else {
                SubscriptionException why = Failures.unavailable(failure);
                forget(made);
                services.store().remove(made.id);
                made.written.completeExceptionally(why);
                done.completeExceptionally(why);
            }
        });
        return done;
    }

    private CompletionStage<SubscriptionInfo> again(LiveSubscription known, SubscriptionRequest request) {
        if (known.isOver()) {
            return known.forgotten.handle((done, failure) -> null).thenCompose(any -> make(request));
        }
        if (!known.request.event().equals(request.event()) || !known.request.account().equals(request.account())) {
            return CompletableFuture.failedFuture(new SubscriptionException(Kind.BAD_REQUEST, "the id " + request.id()
                    + " is that of another subscription"));
        }
        return known.written.thenApply(written -> {
            known.mailbox.execute(() -> known.take(request.access()));
            return known.info(true);
        });
    }

    @Override
    public CompletionStage<SubscriptionInfo> change(String id, SubscriptionEdit edit) {
        List<Resource> resources;
        try {
            resources = edit.resources() == null ? null : Requests.once(edit.resources());
            Requests.checkUntil(edit.until(), services.clock().now());
        } catch (SubscriptionException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        LiveSubscription known = live.get(id);
        if (known == null) {
            return elsewhere(id, here -> here.edit(edit, resources), found -> services.store().ask(id, edit).thenApply(asked -> found));
        }
        return onMailbox(known, any -> known.edit(edit, resources));
    }

    @Override
    public CompletionStage<Void> end(String id) {
        boolean mind = wanted.remove(id) != null;
        LiveSubscription known = live.get(id);
        if (known == null) {
            CompletionStage<Void> asked = elsewhere(id, LiveSubscriptions::finish, found -> services.store().ask(id, null));
            return mind ? asked.handle((done, failure) -> null) : asked;
        }
        return onMailbox(known, any -> finish(known));
    }

    private static <T> CompletionStage<T> onMailbox(LiveSubscription known, Function<Void, CompletionStage<T>> task) {
        CompletableFuture<Void> there = new CompletableFuture<>();
        return known.written.thenCompose(written -> {
            known.mailbox.execute(() -> there.complete(null));
            return there.thenCompose(task);
        });
    }

    private static CompletionStage<Void> finish(LiveSubscription known) {
        known.finish();
        return known.forgotten;
    }

    /** Of another node, or not taken up yet, or nowhere. */
    private <T> CompletionStage<T> elsewhere(String id, Function<LiveSubscription, CompletionStage<T>> here,
                                             Function<SubscriptionInfo, CompletionStage<T>> ask) {
        CompletableFuture<SubscriptionInfo> found = new CompletableFuture<>();
        boolean ours = services.ownership().owns(Ownership.partition(id));
        services.waiting().execute(() -> {
            try {
                Optional<SubscriptionStore.Kept> kept = services.store().find(id);
                if (ours && kept.isPresent() && !live.containsKey(id)) {
                    loadNow(Ownership.partition(id));
                }
                if (kept.isPresent()) {
                    found.complete(kept.get().info());
                } else {
                    found.completeExceptionally(new SubscriptionException(Kind.NOT_FOUND, "there is no such subscription: " + id));
                }
            } catch (IOException failure) {
                found.completeExceptionally(Failures.unavailable(failure));
            }
        });
        return found.thenCompose(info -> {
            LiveSubscription now = live.get(id);
            if (now != null) {
                return onMailbox(now, any -> here.apply(now));
            }
            return ours ? CompletableFuture.failedFuture(new SubscriptionException(Kind.UNAVAILABLE, "it is not taken up yet")) : ask.apply(info);
        });
    }

    @Override
    public CompletionStage<SubscriptionInfo> fetch(SubscriptionRequest asked) {
        try {
            SubscriptionRequest request = Requests.withId(Requests.checked(asked, services.clock().now()), services.ids().next());
            desk.quotas.take(request.account(), request.resources().size());
            Fetch fetch = new Fetch(desk, request);
            fetch.mailbox.release(fetch::begin);
            return fetch.done.whenComplete((info, failure) -> desk.quotas.giveBack(request.account(), request.resources().size()));
        } catch (SubscriptionException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public void told(String id, long version) {
        LiveSubscription known = live.get(id);
        if (known != null) {
            known.mailbox.execute(() -> known.told(version));
        }
    }

    @Override
    public Optional<SubscriptionInfo> get(String id) {
        LiveSubscription known = live.get(id);
        return known == null || known.isOver() || !known.written.isDone() ? Optional.empty() : Optional.of(known.info(true));
    }

    @Override
    public List<SubscriptionInfo> list(String account) {
        return live.values().stream().filter(each -> !each.isOver() && each.written.isDone())
                .filter(each -> account == null || account.equals(each.request.account()))
                .map(each -> each.info(false)).sorted(OLDEST_FIRST).toList();
    }

    private static final Comparator<SubscriptionInfo> OLDEST_FIRST = Comparator.comparing(SubscriptionInfo::createdAt)
            .thenComparing(SubscriptionInfo::id);

    @Override
    public Optional<SubscriptionInfo> find(String id) throws IOException {
        LiveSubscription known = live.get(id);
        if (known != null) {
            return get(id);
        }
        return services.store().find(id).map(SubscriptionStore.Kept::info);
    }

    @Override
    public List<SubscriptionInfo> findAll(String account, int most) throws IOException {
        Map<String, SubscriptionInfo> all = new LinkedHashMap<>();
        services.store().list(account, most).forEach(each -> all.put(each.id(), each));
        for (LiveSubscription each : live.values()) {
            all.remove(each.id);
        }
        list(account).forEach(each -> all.put(each.id(), each));
        List<SubscriptionInfo> oldest = new ArrayList<>(all.values());
        oldest.sort(OLDEST_FIRST);
        return oldest.size() > most ? oldest.subList(0, most) : oldest;
    }

    @Override
    public Following follow(ChangeFilter filter, ChangeListener listener) {
        return desk.followers.add(filter, listener);
    }

    @Override
    public SubscriptionFigures figures() {
        return desk.counters.figures(live.size(), desk.quotas.resources());
    }
}
