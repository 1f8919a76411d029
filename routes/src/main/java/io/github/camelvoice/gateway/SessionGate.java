package io.github.camelvoice.gateway;

import java.util.HashMap;
import java.util.Map;

/**
 * How many requests to SIP accounts are under way at a time, for each account of the API and for all, and how many bytes of WAV files with them. Thread-safe,
 * never blocks.
 */
final class SessionGate {

    static final int AT_ONCE = 256;
    static final int AT_ONCE_PER_ACCOUNT = 128;
    /** What a request with files may have: five minutes of linear audio at 16 kHz, in base64. */
    static final int MAX_FILES = 16 * 1024 * 1024;
    /** Part of the heap that such requests may take together: each of their bytes is there up to four times. */
    private static final int PART_OF_HEAP = 16;

    private final Map<String, Integer> open = new HashMap<>();
    private final long room;
    private int all;
    private long bytes;

    SessionGate() {
        this(Math.max(MAX_FILES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    /** @param room bytes of all requests together */
    SessionGate(long room) {
        this.room = room;
    }

    /** @return whether there is room: to be followed by one {@link #leave} then */
    synchronized boolean enter(String sid, long size) {
        int here = open.getOrDefault(sid, 0);
        if (all >= AT_ONCE || here >= AT_ONCE_PER_ACCOUNT || bytes > 0 && bytes + size > room) {
            return false;
        }
        all++;
        bytes += size;
        open.put(sid, here + 1);
        return true;
    }

    synchronized void leave(String sid, long size) {
        all--;
        bytes -= size;
        open.computeIfPresent(sid, (name, count) -> count == 1 ? null : count - 1);
    }
}
