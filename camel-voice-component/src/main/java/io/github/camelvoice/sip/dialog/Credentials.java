package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;

/** How one dialog answers digest challenges. On the mailbox of its owner. */
public interface Credentials {

    Credentials NONE = new Credentials() {
        @Override
        public boolean challenged(SIPResponse challenge, String nextHop) {
            return false;
        }

        @Override
        public void sign(SIPRequest request) {
        }
    };

    /**
     * A 401 or 407 came.
     *
     * @param nextHop where the request went: nobody else gets an answer
     * @return whether another try can help; {@link #sign} then has what it needs
     */
    boolean challenged(SIPResponse challenge, String nextHop);

    /** The challenge to come is of another server of that hop: that it does not take the answer to the former one says nothing of the password. */
    default void elsewhere() {
    }

    /** Adds what the challenges so far demand, for this method and Request-URI. */
    void sign(SIPRequest request);
}
