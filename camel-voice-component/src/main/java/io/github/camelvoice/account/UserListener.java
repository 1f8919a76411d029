package io.github.camelvoice.account;

/** Told what becomes of users: to return at once. */
public interface UserListener {

    void added(String user);

    /** It has another password. */
    void changed(String user);

    void removed(String user);
}
