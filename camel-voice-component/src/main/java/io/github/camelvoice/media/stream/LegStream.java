package io.github.camelvoice.media.stream;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.media.port.PortPair;
import io.github.camelvoice.media.record.RecordTap;
import io.github.camelvoice.media.srtp.SrtpKeys;
import io.github.camelvoice.media.stream.FigureBoard.Figure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/**
 * The live half of a leg: what its agent owns. Commands of other threads come through {@link #execute}, in their order, also when
 * the leg moves to another agent in between. All other methods, unless they say otherwise, are for the agent alone.
 */
public final class LegStream extends TickWheel.Member implements MediaAgent.Readable {

    private final PortPair ports;
    private final DatagramChannel channel;
    private final Receiver receiver;
    private final Sender sender;
    private final RtcpPort rtcp;
    private final Watchdog watchdog;
    private final LegLog log;
    private final FigureBoard figures;
    private final Consumer<MediaEvent> events;
    private final Inbox inbox = new Inbox();
    private volatile MediaAgent agent;
    private SelectionKey key;
    private Agreement agreed;
    private final Junction junction = new Junction(this);
    private final TapList taps = new TapList();
    private RecordTap tap;
    private boolean closed;

    LegStream(PortPair ports, Receiver receiver, Sender sender, RtcpPort rtcp, Watchdog watchdog, LegLog log, FigureBoard figures,
              Consumer<MediaEvent> events, MediaAgent agent) {
        this.ports = ports;
        this.channel = ports.rtp();
        this.receiver = receiver;
        this.sender = sender;
        this.rtcp = rtcp;
        this.watchdog = watchdog;
        this.log = log;
        this.figures = figures;
        this.events = events;
        receiver.taps(taps);
        sender.taps(taps);
        settle(agent);
    }

    /** Any thread: runs on the agent that has the leg then. */
    public void execute(Runnable command) {
        if (inbox.add(command)) {
            agent.call(this);
        }
    }

    /** Any thread. */
    public FigureBoard figures() {
        return figures;
    }

    /** On an agent that was called; another may have the leg by now. */
    void runCommands(MediaAgent caller) {
        while (agent == caller) {
            try {
                enter();
                inbox.first().run();
            } catch (RuntimeException | Error failure) {
                failed(failure, caller.clock().nanos());
            }
            if (inbox.done()) {
                return;
            }
        }
        agent.call(this);
    }

    // ---- on which agent

    private void settle(MediaAgent next) {
        agent = next;
        if (tap != null) {
            tap.anotherClock();
        }
        receiver.totals(next.figures());
        sender.totals(next.figures());
        rtcp.totals(next.figures());
    }

    /** Packets are taken from the socket once something was agreed. */
    private void enter() {
        if (key != null || agreed == null || closed) {
            return;
        }
        try {
            key = agent.register(channel, this);
            rtcp.enter(agent);
            agent.enter(this);
            pace(agent.clock().nanos());
        } catch (IOException | RuntimeException failure) {
            failed(failure, agent.clock().nanos());
        }
    }

    private void exit() {
        agent.wheel().leave(this);
        if (key != null) {
            key.cancel();
            key = null;
            rtcp.exit();
            agent.exit(this);
        }
    }

    void moveTo(MediaAgent next) {
        if (agent != next && !closed) {
            junction.part();
            exit();
            settle(next);
        }
    }

    // ---- commands

    /** Offer and answer agreed: audio starts, or changes. {@code keys} null: plain RTP. */
    public void agree(Agreement agreement, SrtpKeys keys) {
        if (closed) {
            return;
        }
        long now = agent.clock().nanos();
        agreed = agreement;
        receiver.agree(agreement, now);
        sender.agree(agreement);
        receiver.protect(keys == null ? null : keys.theirs());
        sender.protect(keys == null ? null : keys.ours());
        sender.to(receiver.gate().accepted());
        rtcp.remote(agreement.remoteRtcp());
        // on hold, by either side, none is due: most phones send nothing then, whatever their SDP says
        watchdog.expect(agreement.receiving() && agreement.sending(), now);
        enter();
        junction.renew();
        pace(now);
    }

    /** Replaces what plays; null for nothing. */
    public void play(FrameSource source) {
        if (closed) {
            if (source != null) {
                source.stop();
            }
            return;
        }
        sender.play(source);
        pace(agent.clock().nanos());
    }

    /** Begins a recording; null takes nothing more to the present one. */
    public void record(RecordTap recording) {
        if (closed) {
            if (recording != null) {
                recording.end(MediaEvent.Outcome.COMPLETED);
            }
            return;
        }
        tap = recording;
        receiver.tap(recording);
        sender.tap(recording);
        pace(agent.clock().nanos());
    }

    public void tap(MediaTap listener) {
        if (closed) {
            listener.closed();
        } else {
            taps.add(listener);
        }
    }

    public void untap(MediaTap listener) {
        taps.remove(listener);
    }

    /** Replaces what is spoken into the call; null for nothing. */
    public void speak(LiveAudio audio) {
        if (closed) {
            if (audio != null) {
                audio.dropped();
            }
            return;
        }
        sender.speak(audio);
        pace(agent.clock().nanos());
    }

    public void mute(boolean on) {
        sender.mute(on);
        pace(agent.clock().nanos());
    }

    /** Whether what a bridge brings stays here. */
    public void withhold(boolean on) {
        sender.withhold(on);
    }

    public void echo(boolean on) {
        if (!closed) {
            junction.echo(on);
        }
    }

    public void sendDtmf(String id, String digits, int toneMillis, int gapMillis) {
        if (!closed) {
            sender.events().enqueue(id, digits, toneMillis, gapMillis);
            pace(agent.clock().nanos());
        }
    }

    /** Joins both ways; the other leg comes over to our agent first. */
    public void bridge(LegStream other) {
        if (!closed && other != this) {
            junction.bridge(other);
        }
    }

    public void unbridge() {
        junction.unbridge();
    }

    /** Gives all back. Idempotent. */
    public void close() {
        if (closed) {
            return;
        }
        junction.unbridge();
        junction.echo(false);
        sender.close();
        if (tap != null) {
            tap.end(MediaEvent.Outcome.COMPLETED);
            record(null);
        }
        taps.close();
        rtcp.goodbye(agent.scratch(), agent.clock().nanos());
        exit();
        closed = true;
        ports.close();
    }

    // ---- for junctions

    MediaAgent agent() {
        return agent;
    }

    Receiver receiver() {
        return receiver;
    }

    Sender sender() {
        return sender;
    }

    Junction junction() {
        return junction;
    }

    /** Null before the first. */
    Agreement agreed() {
        return agreed;
    }

    LegLog log() {
        return log;
    }

    boolean closed() {
        return closed;
    }

    // ---- the agent's turns

    @Override
    public void readable(Scratch scratch, long now) {
        // one a turn: the selector tells again if there are more, and an empty read in vain costs as much as a packet
        ByteBuffer in = scratch.in;
        in.clear();
        InetSocketAddress from;
        try {
            from = (InetSocketAddress) channel.receive(in);
        } catch (IOException unreachable) {
            return;
        }
        if (from != null) {
            in.flip();
            receiver.datagram(in, from, scratch, now);
            sender.to(receiver.gate().accepted());
        }
    }

    @Override
    void tick(long round, long now) {
        try {
            if (sender.wantsTicks(now)) {
                sender.tick(round, now, agent.scratch());
            }
            if (tap != null && !tap.turn(round)) {
                record(null);
            }
            pace(now);
        } catch (RuntimeException | Error failure) {
            failed(failure, now);
        }
    }

    /** Several times a second. */
    void lookAfter(long now) {
        sender.to(receiver.gate().accepted());
        receiver.nextWindow();
        receiver.keys().check(now);
        MediaEvent event = watchdog.check(receiver.lastHeard(), now);
        if (event != null) {
            events.accept(event);
        }
        rtcp.lookAfter(agent, now);
        sender.loss((int) (figures.get(Figure.FRACTION_LOST_OUT) * 100 / 256));
        log.discards(figures, now);
        pace(now);
    }

    /** On the clock or off it, as the sender needs. */
    void pace(long now) {
        if (!closed && key != null && (tap != null || sender.wantsTicks(now))) {
            agent.wheel().join(this);
        } else {
            agent.wheel().leave(this);
        }
    }

    @Override
    public void failed(Throwable failure, long now) {
        log.failure(failure, now);
    }

    /** The plane ends. */
    void shutDown() {
        close();
    }
}
