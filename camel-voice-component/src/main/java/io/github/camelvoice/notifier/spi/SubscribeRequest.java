package io.github.camelvoice.notifier.spi;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A SUBSCRIBE: a new one makes a dialog, one of a dialog prolongs or ends the subscription there. */
public interface SubscribeRequest extends EventRequest {

    /**
     * Answers a new one with 200: from now on there is a subscription.
     *
     * @param expires   seconds granted, 0 for a fetch
     * @param list      whether it is a subscription to a list (Require: eventlist)
     * @param mailbox   where the dialog lives: its methods are called there
     * @param refreshes told of each further SUBSCRIBE of the dialog, on the mailbox
     */
    WatcherDialog accept(int expires, boolean list, Executor mailbox, Consumer<SubscribeRequest> refreshes);

    /** Answers one of a dialog with 200. To be used on the mailbox of the dialog. */
    void prolong(int expires);
}
