package io.github.camelvoice.account;

import java.util.List;

/** Told of changes of bindings, in order, on the mailbox of the registrar: to return at once. */
public interface RegistrationListener {

    /** @param bindings of the user after the changes, the preferred one first */
    void changed(String user, List<Binding> bindings, List<BindingChange> changes);

    /** There is a user who is registered nowhere. */
    default void known(String user) {
    }

    /** There is no such user any more; it was registered nowhere. */
    default void forgotten(String user) {
    }
}
