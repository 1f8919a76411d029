package io.github.camelvoice.media.rtp;

import java.net.InetSocketAddress;

/**
 * Decides whose packets count. Without latching: those from the address that SDP named, and no other. With latching: while the
 * window after an agreement is open, the first source that sends {@link #CONSISTENT} packets in a row with one SSRC is taken
 * instead and locked; when the window closes without one, the address of SDP stays.
 *
 * <p>One thread. The sender's address object is compared by identity first: the channel hands out the same one as long as the
 * sender stays the same.
 */
public final class SourceGate {

    /** Packets in a row that make a source consistent. */
    public static final int CONSISTENT = 3;

    private final boolean latching;
    private final long windowNanos;
    private InetSocketAddress named;
    private InetSocketAddress accepted;
    private InetSocketAddress lastSeen;
    private boolean open;
    private long opened;
    private InetSocketAddress candidate;
    private int candidateSsrc;
    private int candidateCount;

    /** @param windowNanos how long after an agreement another source may be taken */
    public SourceGate(boolean latching, long windowNanos) {
        this.latching = latching;
        this.windowNanos = windowNanos;
    }

    /** SDP named the far end's address; null if it has none. The same address again changes nothing. */
    public void name(InetSocketAddress remote, long now) {
        if (remote != null && remote.equals(named)) {
            return;
        }
        named = remote;
        accepted = remote;
        lastSeen = null;
        candidate = null;
        candidateCount = 0;
        open = latching;
        opened = now;
    }

    /** Whether {@link #admit} may say yes to this source: asked before work is done for a packet, and without any effect. */
    public boolean mayAdmit(InetSocketAddress from, long now) {
        return from == lastSeen && !open || open && now - opened <= windowNanos || from.equals(accepted);
    }

    /** Whether a packet from this source counts. */
    public boolean admit(InetSocketAddress from, int ssrc, long now) {
        if (open) {
            return learn(from, ssrc, now);
        }
        if (from == lastSeen) {
            return true;
        }
        if (from.equals(accepted)) {
            lastSeen = from;
            return true;
        }
        return false;
    }

    private boolean learn(InetSocketAddress from, int ssrc, long now) {
        if (now - opened > windowNanos) {
            open = false;
            return admit(from, ssrc, now);
        }
        if (candidateCount > 0 && ssrc == candidateSsrc && from.equals(candidate)) {
            candidateCount++;
        } else {
            candidate = from;
            candidateSsrc = ssrc;
            candidateCount = 1;
        }
        if (candidateCount >= CONSISTENT) {
            accepted = from;
            open = false;
        }
        return from.equals(accepted);
    }

    /** Where packets come from, and where ours go; null if unknown. */
    public InetSocketAddress accepted() {
        return accepted;
    }

    /** Whether another source than the one that SDP named was taken. */
    public boolean latched() {
        return accepted != null && !accepted.equals(named);
    }
}
