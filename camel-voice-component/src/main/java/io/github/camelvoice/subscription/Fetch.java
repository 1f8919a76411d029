package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Timers.Timer;
import io.github.camelvoice.subscription.state.EventState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The state of resources, asked for once (RFC 6665, section 4.4.3). Nothing is kept, nothing tried again. */
final class Fetch extends Watching {

    /** Answer and NOTIFY may take 32 s each, and the turn of the last of many its time. */
    private static final long LIMIT_SECONDS = 90;

    final CompletableFuture<SubscriptionInfo> done = new CompletableFuture<>();
    private final Instant at;
    private long version;
    private Timer limit;

    Fetch(SubscriptionDesk desk, SubscriptionRequest request) {
        super(desk, request, Resources.of(request.resources()), true);
        at = now();
    }

    void begin() {
        long turns = request.resources().size() / desk.settings.perSecond();
        limit = after(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS + turns), () -> {
            for (LiveResource each : resources.all()) {
                if (!each.isKnown()) {
                    each.trouble("no state came in time");
                }
            }
            List.copyOf(watches).forEach(Watch::release);
        });
        watch(resources.all());
    }

    @Override
    public void lost(Watch watch, Resubscription next) {
        for (LiveResource each : watch.resources()) {
            if (!each.isKnown()) {
                each.trouble(next.trouble());
            }
        }
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public long pause(Resubscription next, int failures) {
        return 0;
    }

    @Override
    public void over(Watch watch) {
        watches.remove(watch);
        if (watches.isEmpty()) {
            limit.cancel();
            done.complete(info());
        }
    }

    private SubscriptionInfo info() {
        return new SubscriptionInfo(id, request.account(), request.event(), SubscriptionInfo.State.ENDED, Math.max(1, version), at, null,
                request.accept(), null, request.origin(), resources.all().stream().map(LiveResource::info).toList(), resources.all().size(), 0,
                services.ids().node());
    }

    @Override
    public long nextVersion() {
        version++;
        return version;
    }

    @Override
    public void changed(LiveResource resource, InstanceInfo after, EventState changed) {
        // Told at the end.
    }

    @Override
    public void dropped(LiveResource resource, InstanceInfo instance) {
        // Kept nowhere.
    }
}
