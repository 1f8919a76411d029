package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.state.EventState;
import java.time.Instant;

/** Where changes of resources go: written down, then told. Called on the mailbox of the subscription. */
interface ChangeSink {

    /** Number of the change that comes next. */
    long nextVersion();

    Instant now();

    /** @param changed null where only the state of the subscription is new */
    void changed(LiveResource resource, InstanceInfo after, EventState changed);

    /** An instance is forgotten; nothing is told. */
    void dropped(LiveResource resource, InstanceInfo instance);
}
