package io.github.camelvoice.store.spool;

import java.util.concurrent.locks.LockSupport;

/** Wakes one thread. Ringing costs next to nothing while that thread is awake. */
final class Bell {

    private volatile Thread sleeper;
    private volatile boolean rung;

    /** Called after what the thread shall see was made visible. */
    void ring() {
        rung = true;
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Sleeps until somebody rings, or has rung since the last sleep, or the time is over; may wake early. */
    void sleep(long nanos) {
        sleeper = Thread.currentThread();
        if (!rung && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
        rung = false;
    }
}
