package io.github.camelvoice.callback;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The callbacks in memory, in lanes, and whose turn it is. Receivers take turns, so that one which is slow, or has very many callbacks, holds up
 * nobody else. Confined to the mailbox of its {@link Dispatcher}, but for {@link #oldest}.
 */
final class Receivers {

    /**
     * Bounds.
     *
     * @param all    callbacks in memory; receivers with few may go beyond it, up to twice as many
     * @param bytes  what they may take, roughly
     * @param ofOne  callbacks of one receiver
     * @param always callbacks of one receiver for which there is room even if others have taken all
     */
    record Bounds(int all, long bytes, int ofOne, int always) {
        static final Bounds DEFAULT = new Bounds(50_000, 128L << 20, 5_000, 100);
    }

    private final Bounds bounds;
    private final Map<String, Receiver> byName = new HashMap<>();
    /** Those with callbacks that are ready. */
    private final Set<Receiver> turns = new LinkedHashSet<>();
    private final Set<Receiver> spilling = new LinkedHashSet<>();
    private final ConcurrentSkipListMap<Long, Item> items = new ConcurrentSkipListMap<>();
    private int count;
    private long bytes;

    Receivers(Bounds bounds) {
        this.bounds = bounds;
    }

    Receiver of(Callback callback) {
        return byName.computeIfAbsent(callback.receiver(), Receiver::new);
    }

    Item item(long number) {
        return items.get(number);
    }

    /** Whether nothing of this lane is left, neither in memory nor, as far as it can be told, in the store. */
    boolean isIdle(String receiver, String orderKey) {
        Receiver known = byName.get(receiver);
        return known == null || !known.spilling && !known.lanes.containsKey(orderKey);
    }

    /** Any thread. @return null if there is none in memory */
    Item oldest() {
        Map.Entry<Long, Item> first = items.firstEntry();
        return first == null ? null : first.getValue();
    }

    int count() {
        return count;
    }

    boolean hasRoom(Receiver receiver) {
        if (receiver.held >= bounds.ofOne()) {
            return false;
        }
        boolean crowded = count >= bounds.all() || bytes >= bounds.bytes();
        return !crowded || receiver.held < bounds.always() && count < 2L * bounds.all() && bytes < 2 * bounds.bytes();
    }

    void hold(Item item) {
        Receiver receiver = of(item.callback);
        receiver.lanes.computeIfAbsent(item.callback.orderKey(), key -> new Lane(receiver, key)).add(item);
        items.put(item.number, item);
        receiver.held++;
        count++;
        bytes += item.bytes();
    }

    void remove(Item item) {
        if (items.remove(item.number) == null) {
            return;
        }
        Lane lane = item.lane;
        lane.remove(item);
        if (lane.head() == null) {
            lane.receiver.lanes.remove(lane.key);
        }
        lane.receiver.held--;
        count--;
        bytes -= item.bytes();
        forgetIfIdle(lane.receiver);
    }

    private void forgetIfIdle(Receiver receiver) {
        if (receiver.isIdle()) {
            byName.remove(receiver.name);
        }
    }

    /** The first of the lane may be ready now. */
    void list(Lane lane) {
        Item head = lane.head();
        if (head != null && head.progress == Progress.READY && !lane.listed) {
            lane.listed = true;
            lane.receiver.ready.add(lane);
            turns.add(lane.receiver);
        }
    }

    /** Whose turn it is; it counts as busy from now on. @param ofOne attempts that one receiver may have at once. @return null for nobody */
    Item next(int ofOne) {
        Iterator<Receiver> each = turns.iterator();
        while (each.hasNext()) {
            Receiver receiver = each.next();
            if (receiver.busy >= ofOne) {
                continue;
            }
            Item head = next(receiver);
            each.remove();
            if (head != null) {
                receiver.busy++;
                if (!receiver.ready.isEmpty()) {
                    turns.add(receiver);
                }
                return head;
            }
        }
        return null;
    }

    private static Item next(Receiver receiver) {
        for (Lane lane = receiver.ready.poll(); lane != null; lane = receiver.ready.poll()) {
            lane.listed = false;
            Item head = lane.head();
            if (head != null && head.progress == Progress.READY) {
                return head;
            }
        }
        return null;
    }

    /** The attempt is over. */
    void free(Receiver receiver) {
        receiver.busy--;
        forgetIfIdle(receiver);
    }

    /** The callback stays in the store, since there is no room. */
    void spill(Receiver receiver, long number) {
        receiver.spill(number);
        spilling.add(receiver);
    }

    /** All that were left in the store have been read. */
    void dry(Receiver receiver) {
        receiver.spilling = false;
        receiver.spilled = 0;
        spilling.remove(receiver);
        forgetIfIdle(receiver);
    }

    /** A receiver with room again whose callbacks are in the store, null if there is none. */
    Receiver thirsty() {
        for (Receiver receiver : spilling) {
            if (receiver.held <= bounds.ofOne() / 2 && hasRoom(receiver)) {
                return receiver;
            }
        }
        return null;
    }

    /** Lanes whose first callback is ready. */
    int ready() {
        return turns.stream().mapToInt(receiver -> receiver.ready.size()).sum();
    }

    long spilled() {
        return spilling.stream().mapToLong(receiver -> receiver.spilled).sum();
    }
}
