package io.github.camelvoice.subscription;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear changes. One that fails hurts nobody else. Thread-safe. */
final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    private record Follower(ChangeFilter filter, ChangeListener listener) {

        boolean hears(String id, String account, String event) {
            return (filter.subscriptionId() == null || filter.subscriptionId().equals(id))
                    && (filter.account() == null || filter.account().equals(account))
                    && (filter.event() == null || filter.event().equalsIgnoreCase(name(event)));
        }

        private static String name(String event) {
            int parameters = event.indexOf(';');
            return parameters < 0 ? event : event.substring(0, parameters).trim();
        }
    }

    Subscriptions.Following add(ChangeFilter filter, ChangeListener listener) {
        Follower follower = new Follower(filter, listener);
        followers.add(follower);
        return () -> followers.removeIf(other -> other == follower);
    }

    void tell(String id, String account, String event, Consumer<ChangeListener> what) {
        for (Follower follower : followers) {
            if (follower.hears(id, account, event)) {
                try {
                    what.accept(follower.listener());
                } catch (RuntimeException failure) {
                    LOG.error("[{}] somebody who hears changes failed", id, failure);
                }
            }
        }
    }
}
