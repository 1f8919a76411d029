package io.github.camelvoice.account;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Users in memory, as another node would change them; may be away. Thread-safe. */
public final class MemoryUsers implements UserStore {

    private final Map<String, StoredUser> users = new TreeMap<>();
    private long version;
    private boolean away;
    private int read;

    private void reach() throws IOException {
        if (away) {
            throw new IOException("the database is away");
        }
    }

    public synchronized void away(boolean value) {
        away = value;
    }

    /** How often all users were asked for. */
    public synchronized int read() {
        return read;
    }

    @Override
    public synchronized long version() throws IOException {
        reach();
        return version;
    }

    @Override
    public synchronized List<StoredUser> users() throws IOException {
        reach();
        read++;
        return List.copyOf(users.values());
    }

    @Override
    public synchronized void put(StoredUser user) throws IOException {
        reach();
        version++;
        users.put(user.name(), user);
    }

    @Override
    public synchronized boolean remove(String name) throws IOException {
        reach();
        version++;
        return users.remove(name) != null;
    }
}
