package io.github.camelvoice.subscription;

/** With which credentials SUBSCRIBE is sent. Thread-safe, does not wait. */
public interface WatcherCredentials {

    WatcherCredentials NONE = (account, domain) -> null;

    /** @param domain host of the resource, in lower case @return null for none */
    Access find(String account, String domain);

    /** A user and a password for digest. */
    record Access(String username, String password) {

        @Override
        public String toString() {
            return "Access[" + username + "]";
        }
    }
}
