package io.github.camelvoice.call.spi;

/** Decides about new inbound calls; implemented by the call room. */
public interface InviteHandler {

    /**
     * Called once for each new, authenticated INVITE outside a dialog (not for retransmissions), on a thread of the sip room:
     * must return at once, after {@link IncomingInvite#claim} or {@link IncomingInvite#refuse}.
     */
    void invited(IncomingInvite invite);
}
