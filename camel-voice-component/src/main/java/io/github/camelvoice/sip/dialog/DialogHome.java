package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.net.InetSocketAddress;

/** Who has dialogs, each named by a tag of ours: random, 64 bits, so that it names one dialog alone. Thread-safe; nothing here blocks. */
public interface DialogHome {

    /** Whether this tag of ours names a dialog here. */
    boolean owns(String localTag);

    /** Whether this request belongs to a live dialog whose far end sends from {@code source}: it is not challenged then. */
    boolean inDialog(SIPRequest request, InetSocketAddress source);

    /** A request with such a tag; it may be for another dialog all the same (481). */
    void request(InboundRequest request);
}
