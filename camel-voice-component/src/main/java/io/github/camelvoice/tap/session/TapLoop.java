package io.github.camelvoice.tap.session;

import io.github.camelvoice.runtime.EngineClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An event loop that carries taps: it gives each a turn every 2 ms, and sleeps while it has none. */
final class TapLoop {

    private static final long TURN_MILLIS = 2;

    private final Vertx vertx;
    private final Context context;
    private final EngineClock clock;
    private final List<TapSession> sessions = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private long timer = -1;

    TapLoop(Vertx vertx, EngineClock clock) {
        this.vertx = vertx;
        // getOrCreateContext would give the same one to each that a thread makes
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.clock = clock;
    }

    Context context() {
        return context;
    }

    /** Any thread. */
    int sessions() {
        return count.get();
    }

    /** Any thread: a session is on its way here. */
    void reserve() {
        count.incrementAndGet();
    }

    /** Any thread. */
    void execute(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    void enter(TapSession session) {
        sessions.add(session);
        if (timer < 0) {
            timer = vertx.setPeriodic(TURN_MILLIS, id -> turn());
        }
    }

    void leave(TapSession session) {
        if (sessions.remove(session)) {
            count.decrementAndGet();
        }
    }

    private void turn() {
        long now = clock.nanos();
        // from the end: a session may leave in its turn
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (i < sessions.size()) {
                sessions.get(i).turn(now);
            }
        }
        if (sessions.isEmpty() && timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
