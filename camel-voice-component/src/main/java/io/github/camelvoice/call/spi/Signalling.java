package io.github.camelvoice.call.spi;

import java.util.concurrent.Executor;

/** Where calls go out; implemented by the sip room. Thread-safe. */
public interface Signalling {

    /**
     * Makes the leg of a call that we will place; nothing is sent before {@link SignallingLeg#invite}.
     *
     * @throws IllegalArgumentException naming what is wrong: a malformed target, a transport that has no listening point,
     *                                  a header that may not be set
     */
    SignallingLeg leg(OutboundLeg spec, Executor mailbox, SignalListener listener);

    /** Sets who is asked about each new call. Called once, before the listening points open. */
    void onInvite(InviteHandler handler);
}
