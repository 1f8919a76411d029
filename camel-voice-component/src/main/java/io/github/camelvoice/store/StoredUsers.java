package io.github.camelvoice.store;

import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.account.UserStore;
import java.io.IOException;
import java.util.List;

/** Users in the store of the calls: written at once, not by way of the log, as whoever asks is to know that all nodes have it. */
final class StoredUsers implements UserStore {

    private final CallStore store;

    StoredUsers(CallStore store) {
        this.store = store;
    }

    @Override
    public long version() throws IOException {
        return Asking.of(store::usersVersion);
    }

    @Override
    public List<StoredUser> users() throws IOException {
        return Asking.of(store::users);
    }

    @Override
    public void put(StoredUser user) throws IOException {
        Asking.of(() -> {
            store.putUser(user);
            return null;
        });
    }

    @Override
    public boolean remove(String name) throws IOException {
        return Asking.of(() -> store.removeUser(name));
    }
}
