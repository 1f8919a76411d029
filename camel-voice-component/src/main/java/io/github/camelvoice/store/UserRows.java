package io.github.camelvoice.store;

import io.github.camelvoice.account.StoredUser;
import java.util.List;

/** Keeps users of ours, for all nodes that share the store. Thread-safe; methods wait for the database. */
public interface UserRows {

    /** Grows with each change. */
    long usersVersion() throws StoreException;

    List<StoredUser> users() throws StoreException;

    /** Adds it, or puts it in the place of the one of this name. */
    void putUser(StoredUser user) throws StoreException;

    /** @return false if there was none of this name */
    boolean removeUser(String name) throws StoreException;
}
