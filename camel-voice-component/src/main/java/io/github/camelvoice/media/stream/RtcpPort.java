package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.port.PortPair;
import io.github.camelvoice.media.rtcp.RtcpSession;
import io.github.camelvoice.media.rtcp.RtcpView;
import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.srtp.SrtpIn;
import io.github.camelvoice.media.stream.FigureBoard.Figure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** The RTCP side of a leg. Its socket is opened when the first report is due: short calls do without. */
final class RtcpPort implements MediaAgent.Readable {

    private final PortPair ports;
    private final RtcpSession session;
    private final Receiver receiver;
    private final Sender sender;
    private final int ssrc;
    private final FigureBoard figures;
    private final LegLog log;
    private FigureBoard totals;
    private SelectionKey key;
    private boolean refused;
    private InetSocketAddress remote;
    /** Where a far end behind a translator sends its reports from. */
    private InetSocketAddress latched;

    RtcpPort(PortPair ports, RtcpSession session, Receiver receiver, Sender sender, int ssrc, FigureBoard figures, LegLog log) {
        this.ports = ports;
        this.session = session;
        this.receiver = receiver;
        this.sender = sender;
        this.ssrc = ssrc;
        this.figures = figures;
        this.log = log;
    }

    void totals(FigureBoard board) {
        totals = board;
    }

    /** SDP named the far end's RTCP address; null for none. */
    void remote(InetSocketAddress address) {
        if (address == null || !address.equals(remote)) {
            remote = address;
            latched = null;
        }
    }

    /** Sends a report if one is due. */
    void lookAfter(MediaAgent agent, long now) {
        if (remote == null || refused || !session.due(now)) {
            return;
        }
        if (ports.rtcp() == null) {
            try {
                ports.openRtcp();
                enter(agent);
            } catch (IOException failure) {
                refused = true;
                log.warn("no RTCP: port " + (ports.port() + 1) + ": " + failure.getMessage());
                return;
            }
        }
        report(agent.scratch(), false, now);
    }

    /** On this agent from now on. */
    void enter(MediaAgent agent) throws IOException {
        if (ports.rtcp() != null && key == null) {
            key = agent.register(ports.rtcp(), this);
        }
    }

    void exit() {
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    /** Tells the far end that the stream ends, if it was told of it at all. */
    void goodbye(Scratch scratch, long now) {
        if (ports.rtcp() != null && remote != null) {
            report(scratch, true, now);
        }
    }

    private void report(Scratch scratch, boolean goodbye, long now) {
        ByteBuffer out = scratch.out;
        session.write(out, figures.get(Figure.PACKETS_OUT), figures.get(Figure.BYTES_OUT), receiver.track(), receiver.jitter(), goodbye, now);
        if (sender.srtp() != null && !sender.srtp().protectRtcp(out, scratch.srtp)) {
            return;
        }
        try {
            if (ports.rtcp().send(out, latched != null ? latched : remote) > 0) {
                figures.add(Figure.RTCP_OUT, 1);
            }
        } catch (IOException unreachable) {
            // reports may be lost
        }
    }

    @Override
    public void readable(Scratch scratch, long now) {
        DatagramChannel channel = ports.rtcp();
        ByteBuffer in = scratch.in;
        in.clear();
        InetSocketAddress from;
        try {
            from = (InetSocketAddress) channel.receive(in);
        } catch (IOException unreachable) {
            return;
        }
        if (from == null) {
            return;
        }
        in.flip();
        Discard wrong = judge(in, from, scratch, now);
        if (wrong != null) {
            figures.discard(wrong);
            totals.discard(wrong);
        }
    }

    private Discard judge(ByteBuffer in, InetSocketAddress from, Scratch scratch, long now) {
        if (!admissible(from)) {
            return Discard.RTCP_FOREIGN;
        }
        RtcpView view = scratch.rtcp;
        SrtpIn srtp = receiver.srtp();
        if (srtp != null) {
            SrtpIn.Verdict verdict = srtp.unprotectRtcp(in, scratch.srtp);
            if (verdict != SrtpIn.Verdict.AUTHENTIC) {
                return verdict == SrtpIn.Verdict.REPLAYED ? Discard.REPLAYED : Discard.NOT_AUTHENTIC;
            }
        }
        if (!from.equals(remote)) {
            latched = from;
        }
        if (!view.read(in, ssrc)) {
            return Discard.RTCP_INVALID;
        }
        session.received(view, now);
        figures.add(Figure.RTCP_IN, 1);
        if (session.reported()) {
            figures.set(Figure.LOST_OUT, session.lost());
            figures.set(Figure.JITTER_OUT_MICROS, session.jitter() * 1_000_000 / session.clockRate());
            figures.set(Figure.FRACTION_LOST_OUT, session.fractionLost());
            figures.set(Figure.REPORTED_OUT, 1);
        }
        if (session.roundTripNanos() >= 0) {
            figures.set(Figure.ROUND_TRIP_MICROS, session.roundTripNanos() / 1000);
        }
        return null;
    }

    /** The named address; where RTP was latched, the first source of RTCP at the latched address. */
    private boolean admissible(InetSocketAddress from) {
        if (from.equals(latched == null ? remote : latched)) {
            return true;
        }
        InetSocketAddress rtp = receiver.gate().accepted();
        return latched == null && receiver.gate().latched() && from.getAddress().equals(rtp.getAddress());
    }

    @Override
    public void failed(Throwable failure, long now) {
        log.failure(failure, now);
    }
}
