package io.github.camelvoice.sip.stack;

import java.net.InetSocketAddress;

/** Hears how a flow is, on the executor given to {@link SipDoor#keepAlive}. */
public interface FlowListener {

    /** Where the far end sees us, as its STUN answers say: the first time, and whenever that changes. Never on connections. */
    void seen(InetSocketAddress mapped);

    /** The connection closed, or a sign of life was not answered; told once, and the watch is over. {@code why} is fit for people. */
    void lost(String why);
}
