package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.TokenBuckets;
import io.github.camelvoice.runtime.EngineClock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests may read the records of calls: for each account so many a second, and so many at a time, for all together so many at a
 * time. Whoever reads in a loop waits for nobody else, and nobody for them. Thread-safe, never blocks.
 */
final class RecordsGate {

    /** Requests of all accounts that are answered at the same time, up to the last byte: each may hold a whole trace in memory. */
    static final int AT_ONCE = 32;
    static final int AT_ONCE_PER_ACCOUNT = 16;
    private static final int ACCOUNTS = 2_000;
    /** Name of the request header in which a route finds the request's ticket. */
    static final String TICKET = "x-voice-ticket";
    /** Part of the heap that answers may take together. */
    private static final int PART_OF_HEAP = 4;
    /** Answers that take less than this part of the room are not counted: all that can be in together take half of it. */
    private static final int SMALL = 2 * AT_ONCE;
    /** What an answer takes while it is written, for each byte of its messages: masked, as a capture, as base64, as JSON. */
    private static final int COPIES = 8;

    private final TokenBuckets rate;
    private final long room;
    /** What the answer to each request that is in takes. */
    private final Map<String, Long> tickets = new HashMap<>();
    private long taken;
    private long issued;
    private final Map<String, Integer> open = new HashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private int all;

    /** @param perSecond requests a second for each account, twice as many at once */
    RecordsGate(int perSecond, EngineClock clock) {
        this(perSecond, clock, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    RecordsGate(int perSecond, EngineClock clock, long room) {
        this.rate = new TokenBuckets(perSecond, perSecond * 2, ACCOUNTS, clock);
        this.room = room;
    }

    /** @return 0 for come in, to be followed by one {@link #ticket} and one {@link #leave}; else the seconds to wait */
    synchronized int enter(String sid) {
        int here = open.getOrDefault(sid, 0);
        int wait = all >= AT_ONCE || here >= AT_ONCE_PER_ACCOUNT ? 1 : rate.take(sid);
        if (wait == 0) {
            all++;
            open.put(sid, here + 1);
        } else {
            refused.incrementAndGet();
        }
        return wait;
    }

    /** For a request that came in. */
    synchronized String ticket() {
        String ticket = Long.toString(++issued);
        tickets.put(ticket, 0L);
        return ticket;
    }

    /**
     * Takes room for an answer, until {@link #leave}. A single large one always has room, and small ones have.
     *
     * @param ticket null where the request did not come over HTTP: it takes none
     * @param bytes  of its messages
     * @throws ApiException 429 if the others leave no room, or the client is gone
     */
    synchronized void take(String ticket, long bytes) {
        long more = COPIES * bytes;
        if (ticket == null || more <= room / SMALL) {
            return;
        }
        Long before = tickets.get(ticket);
        if (before == null || taken > 0 && taken + more > room) {
            refused.incrementAndGet();
            throw new ApiException(429, "too-many-requests", "too many large records are read at the same time");
        }
        tickets.put(ticket, before + more);
        taken += more;
    }

    synchronized void leave(String sid, String ticket) {
        Long mine = tickets.remove(ticket);
        taken -= mine == null ? 0 : mine;
        all--;
        open.computeIfPresent(sid, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Requests refused since the start. */
    double refused() {
        return refused.get();
    }
}
