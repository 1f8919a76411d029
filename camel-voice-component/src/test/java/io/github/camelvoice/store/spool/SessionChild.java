package io.github.camelvoice.store.spool;

import static io.github.camelvoice.store.SessionSamples.account;
import static io.github.camelvoice.store.SessionSamples.status;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.session.SessionStore;
import io.github.camelvoice.session.SessionStore.Kept;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.Keeping;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.store.secret.SecretKeys;
import java.nio.file.Path;

/**
 * A process of its own that makes accounts known, changes and forgets them, and has statuses, until it is killed. Prints, when it was told that it is
 * written down: {@code put NAME PASSWORD}, {@code status NAME SEQUENCE}, {@code removed NAME}. Arguments: folder, first number.
 */
final class SessionChild {

    static final int HISTORY = 6;
    static final int STATUSES = 9;
    static final String PLANTED = "pl4nted-s3cret-";

    private SessionChild() {
    }

    static CallArchive archive(Path folder) throws Exception {
        CallStore store = JdbcStores.h2(folder.resolve("database"));
        Keeping keeping = new Keeping(SecretKeys.of(null, "voice.secret.key", folder), HISTORY);
        return new CallArchive(store, new SpoolLog(store, Entries.quick(folder.resolve("spool")), EngineClock.SYSTEM), EngineClock.SYSTEM, keeping);
    }

    public static void main(String[] arguments) throws Exception {
        CallArchive archive = archive(Path.of(arguments[0]));
        archive.start();
        SessionStore store = archive.sessions();
        for (int number = Integer.parseInt(arguments[1]);; number++) {
            String name = "a" + number + "@example.com";
            for (int change = 0; change < 2; change++) {
                String password = PLANTED + number + "-" + change;
                store.put(new Kept(account(name, password), change == 1, 5, 0)).toCompletableFuture().join();
                print("put " + name + " " + password);
            }
            for (int sequence = 1; sequence <= STATUSES; sequence++) {
                store.add(status(name, sequence));
                archive.log().durable().toCompletableFuture().join();
                print("status " + name + " " + sequence);
            }
            if (number % 3 == 0) {
                store.remove(name).toCompletableFuture().join();
                print("removed " + name);
            }
        }
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
