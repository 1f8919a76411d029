package io.github.camelvoice.callback;

import java.util.concurrent.Executor;

/** Runs tasks on the threads that bring them, one at a time: when it has run one, no other is under way. */
final class SerialPool implements Executor {

    @Override
    public synchronized void execute(Runnable task) {
        task.run();
    }
}
