package io.github.camelvoice.account;

import java.io.IOException;
import java.util.List;

/** Where users come from, beside those of the settings: a port of this room. Thread-safe; methods wait. Asked every other second. */
public interface UserSource {

    /** Another number whenever a user was added, changed or removed. Cheap. */
    long version() throws IOException;

    List<StoredUser> users() throws IOException;
}
