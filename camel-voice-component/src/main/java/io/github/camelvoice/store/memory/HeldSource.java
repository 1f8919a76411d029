package io.github.camelvoice.store.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is known of one log that feeds the store. Guarded by the store. */
final class HeldSource {

    final Map<Long, HeldTrace> traces = new HashMap<>();
    final TreeMap<Long, HeldCall> ended = new TreeMap<>();
    final Map<String, Long> cursors = new HashMap<>();
    long position;
    long lastEnded;
}
