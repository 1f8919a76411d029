package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.Party;

/** Knows our accounts at other servers by the Contacts that they are registered with. Thread-safe, answers at once. */
public interface OwnAccounts {

    /** Without accounts. */
    OwnAccounts NONE = requestUri -> null;

    /**
     * Whose Contact that is.
     *
     * @return {@code sip:} and the name of the account; null if it is none of ours
     */
    Party called(Party requestUri);
}
