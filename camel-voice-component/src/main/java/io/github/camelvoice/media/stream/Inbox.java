package io.github.camelvoice.media.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Commands for one stream: any thread adds, one agent at a time takes. */
final class Inbox {

    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** @return whether the agent must be called: it has nothing of this stream to do */
    boolean add(Runnable command) {
        commands.add(command);
        return pending.getAndIncrement() == 0;
    }

    /** The oldest command; there is one as long as {@link #done} was not true. */
    Runnable first() {
        return commands.remove();
    }

    /** The first command was run. @return whether that was the last */
    boolean done() {
        return pending.decrementAndGet() == 0;
    }
}
