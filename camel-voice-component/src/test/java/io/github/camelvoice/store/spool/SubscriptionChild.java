package io.github.camelvoice.store.spool;

import static io.github.camelvoice.store.SubscriptionSamples.START;
import static io.github.camelvoice.store.SubscriptionSamples.info;
import static io.github.camelvoice.store.SubscriptionSamples.instance;
import static io.github.camelvoice.store.SubscriptionSamples.request;

import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.subscription.SubscriptionStore;
import java.nio.file.Path;

/**
 * A process of its own that makes, changes and ends subscriptions until it is killed. Prints, when it was told that it is written down:
 * {@code put ID}, {@code told ID VERSION}, {@code removed ID}. Arguments: folder, first number.
 */
final class SubscriptionChild {

    static final int RESOURCES = 4;
    static final int CHANGES = 9;

    private SubscriptionChild() {
    }

    static String[] uris() {
        String[] uris = new String[RESOURCES];
        for (int i = 0; i < RESOURCES; i++) {
            uris[i] = "sip:" + (char) ('a' + i) + "@example.com";
        }
        return uris;
    }

    public static void main(String[] arguments) throws Exception {
        CallArchive archive = CallbackChild.archive(Path.of(arguments[0]));
        archive.start();
        SubscriptionStore store = archive.subscriptions(false);
        for (int number = Integer.parseInt(arguments[1]);; number++) {
            String id = "s-" + number;
            var request = request(id, "acme", uris());
            store.put(info(request, 1, START), request).toCompletableFuture().join();
            print("put " + id);
            for (int version = 2; version <= 1 + CHANGES; version++) {
                store.keep(id, version, uris()[version % RESOURCES], instance("i", version, "state " + version));
                archive.log().durable().toCompletableFuture().join();
                print("told " + id + " " + version);
            }
            store.told(id, 5);
            if (number % 3 == 0) {
                store.remove(id).toCompletableFuture().join();
                print("removed " + id);
            }
        }
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
