package io.github.camelvoice.callback;

import java.util.ArrayDeque;

/** Callbacks of one order key and one receiver: the first of them alone is tried. */
final class Lane {

    final Receiver receiver;
    final String key;
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    /** Whether it is among those of its receiver that wait for a slot. */
    boolean listed;

    Lane(Receiver receiver, String key) {
        this.receiver = receiver;
        this.key = key;
    }

    void add(Item item) {
        items.add(item);
        item.lane = this;
    }

    /** Null if there is none. */
    Item head() {
        return items.peek();
    }

    void remove(Item item) {
        if (items.peek() == item) {
            items.poll();
        } else {
            items.remove(item);
        }
    }
}
