package io.github.camelvoice.account;

import java.io.IOException;

/** Where users are kept. Thread-safe; what is written survives the end of the process, if the store does. */
public interface UserStore extends UserSource {

    void put(StoredUser user) throws IOException;

    /** @return false if there was none of this name */
    boolean remove(String name) throws IOException;
}
