package io.github.camelvoice.call.guard;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.Party;
import java.time.Duration;

/** Asked about each call before anything of it leaves. Thread-safe; answers at once. */
public interface CallGuard {

    /** Lets everything through. */
    CallGuard NONE = new CallGuard() {
        @Override
        public void check(String account, String callId, String uri) {
            // Everything is allowed.
        }

        @Override
        public Admission admit(String account, String callId, Party to, String proxy, boolean ours) {
            return Admission.UNLIMITED;
        }
    };

    /**
     * Whether somebody else may be told to call there, in a Refer-To for example. Nothing is counted in.
     *
     * @param account whose call it is
     * @param callId  call that asks for it, null for none; for the log
     * @param uri     as the other is told it: {@code sip:}, {@code sips:} or {@code tel:}, without angle brackets
     * @throws CallException FORBIDDEN
     */
    void check(String account, String callId, String uri) throws CallException;

    /**
     * Takes a call in: it counts until {@link Admission#release}.
     *
     * @param account whose call it is
     * @param callId  call that the new one is placed for, null for none; for the log
     * @param to      the far end as the INVITE names it
     * @param proxy   SIP URI of the first hop, null for none
     * @param ours    whether it goes to a user who is registered here: that costs nothing, and only limits are asked
     * @throws CallException FORBIDDEN where the destination is not allowed, OVERLOADED where the account has had its share
     */
    Admission admit(String account, String callId, Party to, String proxy, boolean ours) throws CallException;

    /** A call that was let through. */
    interface Admission {

        Admission UNLIMITED = new Admission() {
            @Override
            public Duration longest() {
                return null;
            }

            @Override
            public void release() {
                // It was not counted.
            }
        };

        /** Longest time once answered; null for no limit. */
        Duration longest();

        /** The call is over, or never came to be. Further times mean nothing. */
        void release();
    }
}
