package io.github.camelvoice.media.stream;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.media.record.RecordTap;
import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.dtmf.DtmfReceiver;
import io.github.camelvoice.media.dtmf.TelephoneEvent;
import io.github.camelvoice.media.rtp.RtpView;
import io.github.camelvoice.media.rtp.SourceGate;
import io.github.camelvoice.media.srtp.MasterKey;
import io.github.camelvoice.media.srtp.SrtpIn;
import io.github.camelvoice.media.stats.JitterEstimator;
import io.github.camelvoice.media.stats.SequenceTracker;
import io.github.camelvoice.media.stream.FigureBoard.Figure;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Checks what comes in, counts it, and hands it on to those who want it: a bridge or an echo, a recording, key presses. Where
 * nobody wants the audio, nothing is done beyond the count.
 */
final class Receiver {

    /** Packets of one window whose authenticity is looked into. A stranger who sends more costs us packets, but no more time than this. */
    private static final int MOST_TRIED = 5 * 200;
    /** Packets of one window, 200 ms, that are looked at: ten times what the shortest packet time makes. */
    private static final int MOST_PER_WINDOW = 200;

    private final SourceGate gate;
    private final int ownSsrc;
    private final FigureBoard figures;
    private final DtmfReceiver keys;
    private final SequenceTracker track = new SequenceTracker();
    private final JitterEstimator jitter = new JitterEstimator(TelephoneEvent.CLOCK_RATE);
    private FigureBoard totals;
    private Agreement agreed;
    private Link link;
    private RecordTap tap;
    private TapList taps;
    private SrtpIn srtp;
    private int inWindow;
    private int triedInWindow;
    private long lastHeard;

    /** @param ownSsrc of what we send to the far end */
    Receiver(SourceGate gate, int ownSsrc, FigureBoard figures, DtmfReceiver keys) {
        this.gate = gate;
        this.ownSsrc = ownSsrc;
        this.figures = figures;
        this.keys = keys;
    }

    void totals(FigureBoard board) {
        totals = board;
    }

    void agree(Agreement agreement, long now) {
        agreed = agreement;
        jitter.clockRate(agreement.codec().clockRate());
        keys.clockRate(agreement.types().eventClock());
        gate.name(agreement.remoteRtp(), now);
    }

    /** The key of what comes; null for plain RTP. The same key again goes on where it was. */
    void protect(MasterKey key) {
        if (key == null) {
            srtp = null;
        } else if (srtp == null || !srtp.key().equals(key)) {
            srtp = new SrtpIn(key, srtp);
        }
    }

    /** Null for plain RTP. */
    SrtpIn srtp() {
        return srtp;
    }

    SourceGate gate() {
        return gate;
    }

    SequenceTracker track() {
        return track;
    }

    JitterEstimator jitter() {
        return jitter;
    }

    DtmfReceiver keys() {
        return keys;
    }

    void taps(TapList listeners) {
        taps = listeners;
    }

    void link(Link next) {
        link = next;
    }

    /** A recording of what is heard; null for none. */
    void tap(RecordTap recording) {
        tap = recording;
    }

    /** Monotonic nanoseconds of the last packet that counted; 0 before the first. */
    long lastHeard() {
        return lastHeard;
    }

    /** To be called some five times a second. */
    void nextWindow() {
        inWindow = 0;
        triedInWindow = 0;
    }

    /** One datagram, from position 0 to the limit. */
    void datagram(ByteBuffer packet, InetSocketAddress from, Scratch scratch, long now) {
        Discard wrong = judge(packet, from, scratch, now);
        if (wrong != null) {
            figures.discard(wrong);
            totals.discard(wrong);
        }
    }

    /** Only what is authentic may choose a source, or be counted: this comes before all that follows. */
    private Discard unprotect(ByteBuffer packet, InetSocketAddress from, Scratch scratch, long now) {
        if (packet.limit() < RtpView.HEADER) {
            return Discard.TOO_SHORT;
        }
        if (!gate.mayAdmit(from, now)) {
            return Discard.FOREIGN_SOURCE;
        }
        if (++triedInWindow > MOST_TRIED) {
            return Discard.FLOOD;
        }
        return switch (srtp.unprotectRtp(packet, scratch.srtp)) {
            case AUTHENTIC -> null;
            case INVALID -> Discard.NOT_AUTHENTIC;
            case REPLAYED -> Discard.REPLAYED;
        };
    }

    private Discard judge(ByteBuffer packet, InetSocketAddress from, Scratch scratch, long now) {
        Discard unsafe = srtp == null ? null : unprotect(packet, from, scratch, now);
        if (unsafe != null) {
            return unsafe;
        }
        RtpView in = scratch.view;
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
        if (in.ssrc() == ownSsrc) {
            return Discard.LOOP;
        }
        if (++inWindow > MOST_PER_WINDOW) {
            return Discard.FLOOD;
        }
        if (!agreed.receiving()) {
            return Discard.NOT_RECEIVING;
        }
        boolean knew = track.known();
        SequenceTracker.Place place = track.place(in.ssrc(), in.sequence());
        if (place == SequenceTracker.Place.DUPLICATE) {
            return Discard.DUPLICATE;
        }
        if (place == SequenceTracker.Place.STRAY) {
            return Discard.STRAY;
        }
        boolean fresh = place == SequenceTracker.Place.FRESH;
        if (fresh && knew) {
            figures.add(Figure.RESTARTS, 1);
            jitter.reset();
        }
        if (!event) {
            jitter.packet(now, (int) in.timestamp());
        }
        lastHeard = now;
        figures.add(Figure.PACKETS_IN, 1);
        figures.add(Figure.BYTES_IN, in.payloadLength());
        figures.set(Figure.LOST_IN, track.lost());
        figures.set(Figure.JITTER_IN_MICROS, jitter.micros());
        totals.add(Figure.PACKETS_IN, 1);
        if (event) {
            keys.packet(in, now);
        } else if (tap != null || !taps.none()) {
            int length = Math.min(in.payloadLength(), scratch.payload.length);
            packet.get(in.payloadOffset(), scratch.payload, 0, length);
            if (tap != null) {
                tap.heard(agreed.codec(), scratch.payload, length, in.timestamp(), fresh);
            }
            taps.packet(Track.INBOUND, agreed.codec().encoding(), scratch.payload, length, (int) in.timestamp(), fresh, now);
        }
        // last: it writes over the header
        return link == null ? null : link.pass(in, event, now);
    }
}
