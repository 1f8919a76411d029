package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.WatchHome.Heard;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.EventPackage;
import io.github.camelvoice.subscription.state.ListNotification;
import io.github.camelvoice.subscription.state.mime.MimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes changes of NOTIFYs, those of lists too. On the mailbox of its subscription. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Watching home;
    private final SubscriptionDesk desk;
    private final EventPackage pack;
    private boolean saidBroken;

    Intake(Watching home, SubscriptionDesk desk, EventPackage pack) {
        this.home = home;
        this.desk = desk;
        this.pack = pack;
    }

    /** @param next what will be done if this NOTIFY ended the subscription, else null */
    Heard heard(Watch watch, UsageEvent.Notified notified, Resubscription next) {
        boolean back = next != null && next.reason() == null;
        if (notified.body().length > 0 && ListNotification.isOne(notified.contentType())) {
            return list(watch, notified, back);
        }
        if (!watch.isListed() && !watch.assignment().list()) {
            LiveResource resource = watch.assignment().resources().get(0);
            return heard(take(resource, new Word(notified.dialog(), home.services.ids().token(), notified.state(), notified.reason(), back,
                    notified.contentType(), notified.body())));
        }
        if (!watch.isListed() && home.mayFallBack() && (notified.body().length > 0 || notified.state() == UsageEvent.State.ACTIVE)) {
            return Heard.NO_LIST;
        }
        if (notified.body().length > 0) {
            broken(watch.assignment().target(), "a list was asked for", notified.contentType());
        }
        return Heard.NOTHING;
    }

    private LiveResource.Taken take(LiveResource resource, Word word) {
        LiveResource.Taken taken = resource.take(word, pack, home);
        switch (taken) {
            case STALE -> desk.counters.stale.increment();
            case BROKEN -> broken(resource.uri(), resource.trouble(), word.contentType());
            case GAP -> LOG.debug("[{}] {}: something was missed", home.id, resource.uri());
            case WHOLE -> { }
        }
        return taken;
    }

    private void broken(String uri, String why, String contentType) {
        desk.counters.broken.increment();
        if (!saidBroken) {
            saidBroken = true;
            LOG.warn("[{}] {}: {} ({}); further ones are counted", home.id, uri, why, contentType);
        }
    }

    private static Heard heard(LiveResource.Taken taken) {
        return switch (taken) {
            case WHOLE -> Heard.WHOLE;
            case GAP -> Heard.GAP;
            case STALE, BROKEN -> Heard.NOTHING;
        };
    }

    private Heard list(Watch watch, UsageEvent.Notified notified, boolean back) {
        ListNotification list;
        try {
            list = ListNotification.read(notified.contentType(), notified.body());
        } catch (MimeException wrong) {
            broken(watch.assignment().target(), "the body of a NOTIFY cannot be read: " + wrong.getMessage(), notified.contentType());
            return Heard.NOTHING;
        }
        ListNotification.Order order = list.order(watch.listVersion());
        if (order == ListNotification.Order.STALE) {
            desk.counters.stale.increment();
            return Heard.NOTHING;
        }
        watch.listed(list.version());
        boolean gap = order == ListNotification.Order.GAP;
        Set<LiveResource> told = new HashSet<>();
        gap |= each(watch, list, notified, back, told);
        home.resources.publish();
        if (list.fullState()) {
            for (LiveResource resource : List.copyOf(watch.resources())) {
                if (!told.contains(resource)) {
                    resource.only(Set.of(), home);
                }
            }
        }
        return gap ? Heard.GAP : list.fullState() ? Heard.WHOLE : Heard.NOTHING;
    }

    /** @return whether something was missed */
    private boolean each(Watch watch, ListNotification list, UsageEvent.Notified notified, boolean back, Set<LiveResource> told) {
        boolean gap = false;
        for (ListNotification.Resource row : list.resources()) {
            ListNotification nested = nested(list, row);
            if (nested != null) {
                gap |= each(watch, nested, notified, back, told);
                continue;
            }
            LiveResource resource = home.entry(watch, row.uri(), row.displayName());
            if (resource == null) {
                continue;
            }
            told.add(resource);
            Set<String> keys = new HashSet<>();
            for (ListNotification.Instance instance : row.instances()) {
                keys.add(key(instance));
                gap |= take(resource, word(list, instance, notified, back)) == LiveResource.Taken.GAP;
            }
            if (list.fullState() && !keys.isEmpty()) {
                resource.only(keys, home);
            }
        }
        return gap;
    }

    private static ListNotification nested(ListNotification list, ListNotification.Resource row) {
        for (ListNotification.Instance instance : row.instances()) {
            ListNotification.Part part = list.part(instance);
            if (part != null && part.nested() != null) {
                return part.nested();
            }
        }
        return null;
    }

    private static String key(ListNotification.Instance instance) {
        return "rlmi " + instance.id();
    }

    private static Word word(ListNotification list, ListNotification.Instance instance, UsageEvent.Notified notified, boolean back) {
        UsageEvent.State state = UsageEvent.State.valueOf(instance.state().name());
        ListNotification.Part part = list.part(instance);
        String reason = state == UsageEvent.State.TERMINATED && instance.reason() != null ? instance.reason() : "";
        return new Word(key(instance), instance.id(), state, reason, back && notified.state() == UsageEvent.State.TERMINATED,
                part == null ? null : part.contentType(), part == null ? null : part.body());
    }
}
