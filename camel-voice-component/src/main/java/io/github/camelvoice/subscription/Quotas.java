package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.SubscriptionException.Kind;
import java.util.HashMap;
import java.util.Map;

/** How much is watched, and how much may be. Thread-safe. */
final class Quotas {

    private final SubscriptionSettings settings;
    private final Map<String, Integer> subscriptions = new HashMap<>();
    private int resources;

    Quotas(SubscriptionSettings settings) {
        this.settings = settings;
    }

    /** Another subscription. */
    synchronized void take(String account, int more) throws SubscriptionException {
        int has = subscriptions.getOrDefault(account, 0);
        if (has >= settings.perAccount()) {
            throw new SubscriptionException(Kind.TOO_MANY, "the account has " + has + " subscriptions already, no more are allowed");
        }
        grow(0, more);
        subscriptions.put(account, has + 1);
    }

    /** Resources of a subscription. @param has how many it has */
    synchronized void grow(int has, int more) throws SubscriptionException {
        if (has + more > settings.mostResources()) {
            throw new SubscriptionException(Kind.TOO_MANY, (has + more) + " resources, " + settings.mostResources()
                    + " are allowed in a subscription");
        }
        if (resources + more > settings.resourcesInAll()) {
            throw new SubscriptionException(Kind.TOO_MANY, "no more resources can be watched here, " + settings.resourcesInAll()
                    + " are allowed in all");
        }
        resources += more;
    }

    /** One that was made before counts, whatever is allowed today. */
    synchronized void takeUp(String account, int more) {
        subscriptions.merge(account, 1, Integer::sum);
        resources += more;
    }

    synchronized void shrink(int fewer) {
        resources -= fewer;
    }

    synchronized void giveBack(String account, int fewer) {
        subscriptions.computeIfPresent(account, (any, has) -> has > 1 ? has - 1 : null);
        resources -= fewer;
    }

    synchronized int resources() {
        return resources;
    }
}
