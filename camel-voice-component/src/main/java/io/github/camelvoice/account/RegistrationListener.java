package io.github.camelvoice.account;

import java.util.List;

/** Told of changes of bindings, in order, on the mailbox of the registrar: to return at once. */
public interface RegistrationListener {

    /** @param bindings of the user after the changes, the preferred one first */
    void changed(String user, List<Binding> bindings, List<BindingChange> changes);
}
