package io.github.camelvoice.notifier;

import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.notifier.Admission.Asked;
import io.github.camelvoice.notifier.Admission.Refused;
import io.github.camelvoice.notifier.spi.EventHandler;
import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.notifier.spi.PublishRequest;
import io.github.camelvoice.notifier.spi.SubscribeRequest;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.subscription.state.DialogInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier. It has threads of its own, so that watchers, however many and slow, are nothing that calls wait for. Thread-safe.
 */
public final class LiveNotifier implements Notifier, EventHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveNotifier.class);
    private static final int THREADS = 2;
    private static final long DECISION_SECONDS = 10;
    private static final Map<String, String> LATER = Map.of("Retry-After", "60");

    private final NotifierOptions options;
    private final Packages packages = new Packages();
    private final Board board = new Board();
    private final Counts counts = new Counts();
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, Threads.named("notify"));
    private final Lists lists;
    private final Admission admission;
    private final Publications publications;
    private final WatcherServices services;
    private final Timers timers;
    private final Ids ids;
    private final ConcurrentMap<String, Watcher> watchers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> perOwner = new ConcurrentHashMap<>();
    private final List<WatcherHandler> handlers = new CopyOnWriteArrayList<>();
    private final List<PublicationHandler> followers = new CopyOnWriteArrayList<>();
    private final EngineClock clock;
    private volatile CallDialogs calls;
    private volatile boolean closing;

    /**
     * @param domains hosts besides our own addresses whose users are ours, in lower case; empty: every host that a request reaches us by
     * @param hosts   our own addresses, in lower case: asked for each request
     */
    public LiveNotifier(NotifierOptions options, Collection<String> domains, Supplier<Set<String>> hosts, EngineClock clock, Timers timers, Ids ids) {
        this.options = options;
        this.timers = timers;
        this.ids = ids;
        this.lists = new Lists(options.maxListSize());
        this.admission = new Admission(options, packages, new Realm(domains, hosts), lists);
        this.publications = new Publications(options, packages, admission, board, timers, pool, ids);
        this.services = new WatcherServices(options, board, new Composer(board, this::dialogs), clock, timers, pool, counts, this::gone);
        this.clock = clock;
    }

    /** Watches these calls, for those who watch {@code dialog}. To be called once, before the first call. */
    public void watch(EventBus events, Calls live) {
        calls = new CallDialogs(events, live, admission.realm()::user, clock, timers, pool, board::changed);
    }

    private List<DialogInfo.Dialog> dialogs(String user) {
        CallDialogs watched = calls;
        return watched == null ? List.of() : watched.of(user);
    }

    // ---- from the wire

    @Override
    public void subscribed(SubscribeRequest request) {
        try {
            admit(request, admission.check(request));
        } catch (Refused refused) {
            counts.refused.increment();
            refused.answer(request);
        }
    }

    private void admit(SubscribeRequest request, Asked asked) throws Refused {
        EventTerms terms = request.terms();
        String id = ids.next();
        WatcherRequest question = new WatcherRequest(id, terms.event(), terms.resource(), terms.from(), terms.displayName(), terms.authenticated(),
                terms.transport(), terms.source(), asked.granted(), terms.accept() == null ? List.of() : terms.accept(), terms.headers(),
                asked.resources());
        WatcherHandler decides = handlers.stream().filter(each -> each.wants(question)).findFirst().orElse(null);
        boolean known = terms.trusted() || !terms.authenticated().isEmpty();
        if (decides == null && (!known || !asked.list() && !admission.mayWatch(terms, asked.served(), terms.user()))) {
            throw new Refused(403);
        }
        String owner = owner(terms);
        count(owner);
        Watcher watcher = new Watcher(id, services, request, asked.served(), asked.granted(), owner);
        List<Watched> resources = new ArrayList<>(asked.resources().size());
        for (String uri : asked.resources()) {
            resources.add(watched(watcher, asked, uri, terms, decides != null));
        }
        watchers.put(id, watcher);
        watcher.open(resources, asked.list() ? terms.resource() : null);
        decide(watcher, question, decides);
    }

    /** Whom a subscription counts for. A trusted address, a proxy as a rule, speaks for many: its word says for whom. */
    private static String owner(EventTerms terms) {
        if (!terms.authenticated().isEmpty()) {
            return "user " + terms.authenticated();
        }
        return terms.trusted() ? "from " + terms.from() : terms.source().getAddress().getHostAddress();
    }

    private Watched watched(Watcher watcher, Asked asked, String uri, EventTerms terms, boolean decided) {
        String user = asked.list() ? admission.realm().user(uri) : terms.user();
        String refusal = user == null ? "noresource" : decided || admission.mayWatch(terms, asked.served(), user) ? null : "rejected";
        return new Watched(watcher, uri, new ResourceKey(asked.served().name(), user == null ? "" : user), refusal);
    }

    private void decide(Watcher watcher, WatcherRequest question, WatcherHandler decides) {
        if (decides == null) {
            watcher.decide(WatcherDecision.ACCEPT);
            return;
        }
        timers.schedule(DECISION_SECONDS, TimeUnit.SECONDS, pool, () -> watcher.decide(WatcherDecision.PEND));
        try {
            decides.asked(question, watcher::decide);
        } catch (RuntimeException failure) {
            LOG.error("[watcher {}] whoever decides about watchers failed", watcher.id(), failure);
            watcher.decide(WatcherDecision.reject(500, null));
        }
    }

    private void count(String owner) throws Refused {
        if (closing || watchers.size() >= options.maxWatchers()) {
            throw new Refused(503, null, LATER);
        }
        if (perOwner.merge(owner, 1, Integer::sum) > options.maxPerWatcher()) {
            release(owner);
            throw new Refused(503, "Too Many Subscriptions", LATER);
        }
    }

    private void release(String owner) {
        perOwner.computeIfPresent(owner, (k, count) -> count <= 1 ? null : count - 1);
    }

    private void gone(Watcher watcher) {
        if (watchers.remove(watcher.id(), watcher)) {
            release(watcher.owner());
        }
    }

    @Override
    public void published(PublishRequest request) {
        try {
            publications.published(request, this::tellFollowers);
            counts.published.increment();
        } catch (Refused refused) {
            refused.answer(request);
        }
    }

    private void tellFollowers(Publication publication) {
        for (PublicationHandler each : followers) {
            try {
                each.published(publication);
            } catch (RuntimeException failure) {
                LOG.error("whoever follows publications failed", failure);
            }
        }
    }

    // ---- for routes

    @Override
    public CompletionStage<Void> publish(String event, String resource, String contentType, byte[] body, int expires) {
        try {
            publications.publish(event, resource, contentType, body, expires);
            return CompletableFuture.completedFuture(null);
        } catch (IllegalArgumentException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
    }

    @Override
    public void list(String resource, List<String> members) {
        String user = admission.realm().user(resource);
        if (user == null) {
            throw new IllegalArgumentException("not a resource of ours: " + resource);
        }
        lists.set(user, members);
        watchers.values().stream().filter(each -> each.isListOf(user)).forEach(each -> each.end(members.isEmpty() ? "noresource" : "deactivated"));
    }

    @Override
    public Registration onWatcher(WatcherHandler handler) {
        handlers.add(handler);
        return () -> handlers.remove(handler);
    }

    @Override
    public boolean decide(String watcherId, WatcherDecision decision) {
        Watcher watcher = watchers.get(watcherId);
        if (watcher != null) {
            watcher.decide(decision);
        }
        return watcher != null;
    }

    @Override
    public Registration onPublication(PublicationHandler handler) {
        followers.add(handler);
        return () -> followers.remove(handler);
    }

    @Override
    public List<WatcherInfo> watchers() {
        return watchers.values().stream().map(Watcher::info).toList();
    }

    @Override
    public NotifierFigures figures() {
        return new NotifierFigures(watchers.size(), board.published(), counts.accepted.sum(), counts.refused.sum(), counts.notifies.sum(),
                counts.lost.sum(), counts.expired.sum(), counts.published.sum(), counts.dropped.sum());
    }

    // ---- the end

    /** Takes no new watchers, and tells those of now that their subscriptions are over ({@code deactivated}). The stage is done when all are gone. */
    public CompletionStage<Void> drain(Duration limit) {
        closing = true;
        watchers.values().forEach(each -> each.end("deactivated"));
        CompletableFuture<Void> empty = new CompletableFuture<>();
        lookAgain(empty, System.nanoTime() + limit.toNanos());
        return empty;
    }

    private void lookAgain(CompletableFuture<Void> empty, long deadline) {
        if (watchers.isEmpty() || System.nanoTime() - deadline >= 0) {
            empty.complete(null);
        } else {
            timers.schedule(20, TimeUnit.MILLISECONDS, pool, () -> lookAgain(empty, deadline));
        }
    }

    /** Gives everything back at once, without a word to those who watch. */
    @Override
    public void close() {
        closing = true;
        CallDialogs watched = calls;
        if (watched != null) {
            watched.close();
        }
        watchers.values().forEach(Watcher::abandon);
        pool.shutdown();
    }
}
