package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Pacer;
import io.github.camelvoice.runtime.Pauses;

/** What all subscriptions of a node have in common. Thread-safe. */
final class SubscriptionDesk {

    final SubscriptionServices services;
    final SubscriptionSettings settings;
    final Followers followers = new Followers();
    final Counters counters = new Counters();
    final Quotas quotas;
    final Pacer pacer;
    final Pauses pauses;
    final ListServers listServers;

    SubscriptionDesk(SubscriptionServices services, SubscriptionSettings settings) {
        EngineClock clock = services.clock();
        this.services = services;
        this.settings = settings;
        quotas = new Quotas(settings);
        pacer = new Pacer(settings.perSecond(), settings.burst(), clock);
        pauses = new Pauses(settings.firstPause(), settings.longestPause(), settings.slowPause());
        listServers = new ListServers(settings, clock);
    }

    /** @param failures in a row before it @return nanoseconds */
    long pause(Resubscription next, int failures) {
        return switch (next.when()) {
            case NOW -> failures == 0 ? 0 : pauses.backOff(failures - 1, services.chance());
            case ASKED -> pauses.asked(next.seconds(), services.chance());
            case BACK_OFF -> pauses.backOff(failures, services.chance());
            case SLOWLY, NEVER -> pauses.slowly(services.chance());
        };
    }
}
