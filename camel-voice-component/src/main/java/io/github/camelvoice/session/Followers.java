package io.github.camelvoice.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear statuses. One that fails hurts nobody else. Thread-safe. */
final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    private record Follower(String account, Sessions.Listener listener) {
    }

    Sessions.Following add(String account, Sessions.Listener listener) {
        Follower follower = new Follower(account, listener);
        followers.add(follower);
        return () -> followers.removeIf(other -> other == follower);
    }

    void tell(SessionStatus status) {
        for (Follower follower : followers) {
            if (follower.account() == null || follower.account().equals(status.account())) {
                try {
                    follower.listener().told(status);
                } catch (RuntimeException failure) {
                    LOG.error("[{}] somebody who hears statuses failed", status.account(), failure);
                }
            }
        }
    }
}
