package io.github.camelvoice.engine;

import io.github.camelvoice.sip.stack.WireTap;
import io.github.camelvoice.trace.capture.Capture;
import java.net.InetSocketAddress;

/** What the SIP stack sends and receives, to the capture. */
record CaptureTap(Capture capture) implements WireTap {

    @Override
    public void received(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length) {
        capture.message(transport, false, from, to, message, length);
    }

    @Override
    public void sent(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length) {
        capture.message(transport, true, from, to, message, length);
    }
}
