package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Pacer;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageListener;
import io.github.camelvoice.runtime.Timers.Timer;

/** Whom a watch works for. All on the mailbox of the subscription. */
interface WatchHome {

    /** A usage for what the watch is for. @throws IllegalArgumentException if nothing can be sent there */
    Usage subscribe(Watch watch, UsageListener listener);

    /** Takes in what a NOTIFY says. @param next what will be done if this ended it, else null */
    Heard heard(Watch watch, UsageEvent.Notified notified, Resubscription next);

    /** The watch has no usage just now. */
    void lost(Watch watch, Resubscription next);

    /** All is well again. */
    void well(Watch watch);

    /** Its server does not watch lists: the watch is to be released, and each of its resources to be watched. */
    void noLists(Watch watch, String why);

    /** The watch is over. */
    void over(Watch watch);

    /** Sets a timer that fires on the mailbox. */
    Timer after(long nanos, Runnable task);

    /** Turns at the next hop. */
    Pacer pacer();

    long nanos();

    Counters counters();

    /** Whether the entries of a list are watched one by one where a server does not watch lists. */
    boolean mayFallBack();

    /** How long is waited after this. @param failures in a row before it */
    long pause(Resubscription next, int failures);

    /** Whether the first end of a usage is the end of the watch. */
    boolean isOnce();

    /** What became of a NOTIFY. */
    enum Heard {
        WHOLE, GAP,
        /** Nothing can be said of the state. */
        NOTHING,
        /** Of a list was asked, of something else was told. */
        NO_LIST
    }
}
