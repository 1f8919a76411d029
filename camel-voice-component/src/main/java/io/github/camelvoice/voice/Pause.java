package io.github.camelvoice.voice;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where threads of a consumer wait while it is suspended. Thread-safe. */
final class Pause {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Waits as long as the condition holds; it is looked at again at each {@link #signal}. */
    void await(BooleanSupplier paused) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (paused.getAsBoolean()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
