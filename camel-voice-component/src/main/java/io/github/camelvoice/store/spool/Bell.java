package io.github.camelvoice.store.spool;

import java.util.concurrent.locks.LockSupport;

/** Wakes one thread. Ringing costs next to nothing while that thread is awake, or does not listen. */
final class Bell {

    private volatile Thread sleeper;
    private volatile Thread napper;
    private volatile boolean rung;
    private volatile boolean alarmed;

    /** Called after what the thread shall see was made visible. */
    void ring() {
        rung = true;
        wake(sleeper);
    }

    /** Rings so that one who naps hears it, too. */
    void alarm() {
        alarmed = true;
        ring();
        wake(napper);
    }

    private static void wake(Thread thread) {
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
        alarmed = false;
    }

    /** Sleeps until there is an alarm, or the time is over: for one who knows that there is work, and when to do it. */
    void nap(long nanos) {
        napper = Thread.currentThread();
        if (!alarmed && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        napper = null;
        rung = false;
        alarmed = false;
    }
}
