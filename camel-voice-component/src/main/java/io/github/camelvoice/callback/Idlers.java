package io.github.camelvoice.callback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;

/** Those who want to know when nothing of a lane is left. Confined to the mailbox of its {@link Dispatcher}. */
final class Idlers {

    private record Key(String receiver, String orderKey) {
    }

    private final BiPredicate<String, String> isIdle;
    private final Map<Key, List<CompletableFuture<Void>>> waiting = new HashMap<>();

    /** @param isIdle whether nothing is left, of a receiver and an order key */
    Idlers(BiPredicate<String, String> isIdle) {
        this.isIdle = isIdle;
    }

    void wait(String receiver, String orderKey, CompletableFuture<Void> who) {
        if (isIdle.test(receiver, orderKey)) {
            who.complete(null);
        } else {
            waiting.computeIfAbsent(new Key(receiver, orderKey), key -> new ArrayList<>()).add(who);
        }
    }

    /** Something of this lane came to its end. */
    void look(String receiver, String orderKey) {
        look(new Key(receiver, orderKey));
    }

    /** More is known of what is in the store. */
    void lookAtAll() {
        List.copyOf(waiting.keySet()).forEach(this::look);
    }

    private void look(Key key) {
        if (waiting.containsKey(key) && isIdle.test(key.receiver(), key.orderKey())) {
            waiting.remove(key).forEach(who -> who.complete(null));
        }
    }
}
