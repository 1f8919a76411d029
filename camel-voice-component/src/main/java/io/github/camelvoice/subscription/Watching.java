package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Pacer;
import io.github.camelvoice.runtime.Timers.Timer;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.WatcherCredentials.Access;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageListener;
import io.github.camelvoice.subscription.state.EventPackage;
import io.github.camelvoice.subscription.state.EventPackages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resources and the watches that tell of them: what a subscription and a fetch have in common. Lives on a mailbox. */
abstract class Watching implements WatchHome, ChangeSink {

    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

    final SubscriptionDesk desk;
    final SubscriptionServices services;
    final String id;
    final Mailbox mailbox;
    final EventPackage pack;
    final Resources resources;
    final Intake intake;
    final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    volatile SubscriptionRequest request;
    volatile Access access;
    private final boolean fetch;

    /** @param request with its id */
    Watching(SubscriptionDesk desk, SubscriptionRequest request, Resources resources, boolean fetch) {
        this.desk = desk;
        this.services = desk.services;
        this.id = request.id();
        this.request = Requests.withoutAccess(request);
        this.access = request.access();
        this.resources = resources;
        this.fetch = fetch;
        mailbox = new Mailbox(services.mailboxes(), id);
        pack = EventPackages.of(request.event());
        intake = new Intake(this, desk, pack);
    }

    /** Begins to watch these. */
    void watch(List<LiveResource> which) {
        launch(WatchPlan.make(which, request.lists(), desk.listServers, desk.settings.mostInList()));
    }

    private void launch(List<WatchPlan.Assignment> plan) {
        List<Watch> made = new ArrayList<>(plan.size());
        for (WatchPlan.Assignment assignment : plan) {
            String hop = ResourceUri.host(request.outboundProxy() == null ? assignment.target() : request.outboundProxy());
            made.add(new Watch(this, assignment, hop));
        }
        watches.addAll(made);
        made.forEach(Watch::start);
    }

    @Override
    public Usage subscribe(Watch watch, UsageListener listener) {
        WatchPlan.Assignment assignment = watch.assignment();
        Access with = access == null ? services.credentials().find(request.account(), ResourceUri.host(assignment.target())) : access;
        return services.signalling().subscribe(UsageSpecs.make(request, pack, assignment, fetch, with, now()), mailbox, listener);
    }

    @Override
    public Heard heard(Watch watch, UsageEvent.Notified notified, Resubscription next) {
        return intake.heard(watch, notified, next);
    }

    @Override
    public void well(Watch watch) {
        for (LiveResource resource : watch.resources()) {
            resource.trouble(null);
            resource.refused(false);
        }
    }

    @Override
    public void lost(Watch watch, Resubscription next) {
        boolean refused = next.when() == Resubscription.When.NEVER || next.when() == Resubscription.When.SLOWLY;
        for (LiveResource resource : watch.resources()) {
            resource.trouble(next.trouble());
            resource.refused(refused);
            resource.lost(next.reason(), watch.isListed(), services.ids(), this);
        }
    }

    @Override
    public void noLists(Watch watch, String why) {
        String server = watch.assignment().target();
        desk.listServers.refused(server);
        desk.counters.listsRefused.increment();
        List<LiveResource> entries = watch.assignment().resources().stream().filter(each -> resources.has(each.uri())).toList();
        LOG.info("[{}] {} does not watch lists ({}): each of its {} entries is subscribed to", id, server, why, entries.size());
        List<WatchPlan.Assignment> plan = new ArrayList<>(entries.size());
        WatchPlan.each(entries, plan);
        launch(plan);
        watch.leave();
    }

    /**
     * A resource that a list tells of. One that a list of a server has is new to the subscription; those readers see when they are published.
     *
     * @return null for one that is not to be told of: it was not asked for, or is watched by itself
     */
    LiveResource entry(Watch watch, String uri, String displayName) {
        LiveResource known = resources.find(uri);
        if (watch.assignment().list()) {
            return known;
        }
        if (known != null) {
            if (known.isAsked()) {
                return null;
            }
            watch.found(known);
            return known;
        }
        if (ResourceUri.problem(uri) != null || resources.size() > desk.settings.mostResources()) {
            return null;
        }
        LiveResource found = new LiveResource(uri, displayName, false);
        watch.found(found);
        resources.put(found);
        return found;
    }

    /** Ends those watches that are for any of these, and says which others have lost theirs by that. */
    List<LiveResource> unwatch(Collection<LiveResource> gone) {
        List<LiveResource> bereft = new ArrayList<>();
        for (Watch watch : List.copyOf(watches)) {
            List<LiveResource> entries = watch.assignment().resources();
            if (entries.stream().anyMatch(gone::contains)) {
                entries.stream().filter(each -> !gone.contains(each)).forEach(bereft::add);
                List<LiveResource> members = List.copyOf(watch.resources());
                members.stream().filter(each -> !each.isAsked()).forEach(each -> each.forget(this));
                resources.remove(members.stream().filter(each -> !each.isAsked()).toList());
                members.stream().filter(LiveResource::isAsked).forEach(each -> each.lost(null, true, services.ids(), this));
                watch.end();
            }
        }
        return bereft;
    }

    @Override
    public Timer after(long nanos, Runnable task) {
        return services.timers().schedule(nanos, TimeUnit.NANOSECONDS, mailbox, task);
    }

    @Override
    public Pacer pacer() {
        return desk.pacer;
    }

    @Override
    public long nanos() {
        return services.clock().nanos();
    }

    @Override
    public Instant now() {
        return services.clock().now();
    }

    @Override
    public Counters counters() {
        return desk.counters;
    }

    @Override
    public boolean mayFallBack() {
        return request.lists() != Lists.ALWAYS;
    }
}
