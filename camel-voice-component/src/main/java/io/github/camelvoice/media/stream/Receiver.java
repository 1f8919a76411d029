package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.dtmf.DtmfReceiver;
import io.github.camelvoice.media.rtp.ReceiveTrack;
import io.github.camelvoice.media.rtp.RtpView;
import io.github.camelvoice.media.rtp.SourceGate;
import io.github.camelvoice.media.stream.FigureBoard.Figure;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Checks what comes in, counts it, and hands it on to those who want it: a bridge or an echo, a recording, key presses. Where
 * nobody wants the audio, nothing is done beyond the count.
 */
final class Receiver {

    private final SourceGate gate;
    private final FigureBoard figures;
    private final DtmfReceiver keys;
    private final ReceiveTrack track = new ReceiveTrack();
    private FigureBoard totals;
    private Agreement agreed;
    private Link link;
    private HeardTap tap;
    private long lastHeard;

    Receiver(SourceGate gate, FigureBoard figures, DtmfReceiver keys) {
        this.gate = gate;
        this.figures = figures;
        this.keys = keys;
    }

    /** Hears all audio that is received. */
    interface HeardTap {
        void heard(RtpView in, boolean fresh, long now);
    }

    void totals(FigureBoard board) {
        totals = board;
    }

    void agree(Agreement agreement, long now) {
        agreed = agreement;
        gate.name(agreement.remoteRtp(), now);
    }

    SourceGate gate() {
        return gate;
    }

    ReceiveTrack track() {
        return track;
    }

    DtmfReceiver keys() {
        return keys;
    }

    void link(Link next) {
        link = next;
    }

    void tap(HeardTap heardTap) {
        tap = heardTap;
    }

    /** Monotonic nanoseconds of the last packet that counted; 0 before the first. */
    long lastHeard() {
        return lastHeard;
    }

    /** One datagram, from position 0 to the limit. */
    void datagram(ByteBuffer packet, InetSocketAddress from, Scratch scratch, long now) {
        Discard wrong = judge(packet, from, scratch.view, now);
        if (wrong != null) {
            figures.discard(wrong);
            totals.discard(wrong);
        }
    }

    private Discard judge(ByteBuffer packet, InetSocketAddress from, RtpView in, long now) {
        Discard malformed = in.wrap(packet);
        if (malformed != null) {
            return malformed;
        }
        int type = in.payloadType();
        boolean event = type == agreed.eventIn();
        if (!event && type != agreed.audioIn()) {
            return Discard.PAYLOAD_TYPE;
        }
        if (!gate.admit(from, in.ssrc(), now)) {
            return Discard.FOREIGN_SOURCE;
        }
        if (!agreed.receiving()) {
            return Discard.NOT_RECEIVING;
        }
        boolean knew = track.known();
        ReceiveTrack.Place place = track.place(in.ssrc(), in.sequence());
        if (place == ReceiveTrack.Place.DUPLICATE) {
            return Discard.DUPLICATE;
        }
        boolean fresh = place == ReceiveTrack.Place.FRESH;
        if (fresh && knew) {
            figures.add(Figure.SSRC_CHANGES, 1);
        }
        lastHeard = now;
        figures.add(Figure.PACKETS_IN, 1);
        figures.add(Figure.BYTES_IN, in.payloadLength());
        totals.add(Figure.PACKETS_IN, 1);
        if (event) {
            keys.packet(in, now);
        } else if (tap != null) {
            tap.heard(in, fresh, now);
        }
        // last: it writes over the header
        if (link != null) {
            link.pass(in, event, now);
        }
        return null;
    }
}
