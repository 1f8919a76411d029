package io.github.camelvoice.gateway.access;

import io.github.camelvoice.runtime.EngineClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Who is connected, so that nobody without credentials can keep others out. A connection is a stranger's until a request on it had an account. A
 * stranger who asks nothing for 10 s is sent away, after 2 s where three quarters of the room are taken; where there is no room at all the one who
 * has been quiet for longest makes room for the next. Thread-safe, never blocks for long.
 *
 * @param <C> a connection
 */
public final class Visitors<C> {

    static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    static final long HURRY = TimeUnit.SECONDS.toNanos(2);

    private final int most;
    private final EngineClock clock;
    private final Consumer<C> sendAway;
    private final Set<C> all = new HashSet<>();
    /** When they asked last; who has been quiet for longest comes first. */
    private final Map<C, Long> strangers = new LinkedHashMap<>();

    /** @param sendAway closes a connection, soon; {@link #left} is to be called then */
    public Visitors(int most, EngineClock clock, Consumer<C> sendAway) {
        this.most = most;
        this.clock = clock;
        this.sendAway = sendAway;
    }

    /** Somebody has connected; maybe is sent away at once, where all the room is taken by those who have an account. */
    public void came(C visitor) {
        C goes = null;
        synchronized (this) {
            all.add(visitor);
            strangers.put(visitor, clock.nanos());
            if (all.size() > most) {
                Iterator<C> quiet = strangers.keySet().iterator();
                goes = quiet.next();
                quiet.remove();
                all.remove(goes);
            }
        }
        if (goes != null) {
            sendAway.accept(goes);
        }
    }

    /** A request came, its head is here. */
    public synchronized void asked(C visitor) {
        if (strangers.remove(visitor) != null) {
            strangers.put(visitor, clock.nanos());
        }
    }

    /** A request had an account. */
    public synchronized void known(C visitor) {
        strangers.remove(visitor);
    }

    public synchronized void left(C visitor) {
        all.remove(visitor);
        strangers.remove(visitor);
    }

    /** Sends strangers away who have been quiet for too long. To be called about once a second. */
    public void look() {
        List<C> quiet = new ArrayList<>();
        synchronized (this) {
            long now = clock.nanos();
            long patience = all.size() > most / 4 * 3 ? HURRY : PATIENCE;
            for (Iterator<Map.Entry<C, Long>> each = strangers.entrySet().iterator(); each.hasNext();) {
                Map.Entry<C, Long> stranger = each.next();
                if (now - stranger.getValue() < patience) {
                    break;
                }
                each.remove();
                quiet.add(stranger.getKey());
            }
        }
        quiet.forEach(sendAway);
    }

    /** Open connections. */
    public synchronized int count() {
        return all.size();
    }
}
