package io.github.camelvoice.media.stream;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.media.dtmf.DtmfReceiver;
import io.github.camelvoice.media.dtmf.DtmfSender;
import io.github.camelvoice.media.dtmf.TelephoneEvent;
import io.github.camelvoice.media.port.PortPair;
import io.github.camelvoice.media.record.RecordTap;
import io.github.camelvoice.media.rtp.OutboundNumbering;
import io.github.camelvoice.media.rtp.SourceGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The live half of a leg: what its agent owns. Commands of other threads come through {@link #execute}, in their order, also when
 * the leg moves to another agent in between. All other methods, unless they say otherwise, are for the agent alone.
 */
public final class LegStream extends TickWheel.Member implements MediaAgent.Readable {

    /** Datagrams taken from one socket before others get a turn. */
    private static final int BURST = 4;

    private final PortPair ports;
    private final DatagramChannel channel;
    private final Receiver receiver;
    private final Sender sender;
    private final Watchdog watchdog;
    private final LegLog log;
    private final FigureBoard figures;
    private final Consumer<MediaEvent> events;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile MediaAgent agent;
    private SelectionKey key;
    private Agreement agreed;
    private LegStream peer;
    private LegStream peerWish;
    private boolean echoing;
    private Link link;
    private RecordTap tap;
    private boolean closed;

    /** A stream that waits for its first agreement. {@code events} may be told on the agent's thread and must not block. */
    public static LegStream open(String callId, PortPair ports, StreamSettings settings, MediaAgent agent, Consumer<MediaEvent> events) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        OutboundNumbering numbering = new OutboundNumbering(random.nextInt(), random.nextInt(0x10000), random.nextInt(),
                TelephoneEvent.CLOCK_RATE);
        FigureBoard figures = new FigureBoard();
        SourceGate gate = new SourceGate(settings.symmetricRtp(), settings.latchWindow().toNanos());
        DtmfReceiver keys = new DtmfReceiver((key, millis) -> events.accept(new MediaEvent.Dtmf(key, millis)));
        DtmfSender digits = new DtmfSender(id -> events.accept(new MediaEvent.DtmfSent(id)));
        return new LegStream(ports, new Receiver(gate, figures, keys),
                new Sender(numbering, ports.rtp()::send, figures, digits, settings.sendSilence()),
                new Watchdog(settings.deadMedia()), new LegLog(callId), figures, events, agent);
    }

    private LegStream(PortPair ports, Receiver receiver, Sender sender, Watchdog watchdog, LegLog log, FigureBoard figures,
              Consumer<MediaEvent> events, MediaAgent agent) {
        this.ports = ports;
        this.channel = ports.rtp();
        this.receiver = receiver;
        this.sender = sender;
        this.watchdog = watchdog;
        this.log = log;
        this.figures = figures;
        this.events = events;
        settle(agent);
    }

    /** Any thread: runs on the agent that has the leg then. */
    public void execute(Runnable command) {
        commands.add(command);
        if (pending.getAndIncrement() == 0) {
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
            Runnable command = commands.remove();
            try {
                enter();
                command.run();
            } catch (RuntimeException | Error failure) {
                failed(failure);
            }
            if (pending.decrementAndGet() == 0) {
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
    }

    /** Packets are taken from the socket once something was agreed. */
    private void enter() {
        if (key != null || agreed == null || closed) {
            return;
        }
        try {
            key = agent.register(channel, this);
            agent.enter(this);
            pace(agent.clock().nanos());
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }

    private void exit() {
        agent.wheel().leave(this);
        if (key != null) {
            key.cancel();
            key = null;
            agent.exit(this);
        }
    }

    private void moveTo(MediaAgent next) {
        if (agent != next && !closed) {
            unlink();
            exit();
            settle(next);
        }
    }

    // ---- commands

    /** Offer and answer agreed: audio starts, or changes. */
    public void agree(Agreement agreement) {
        if (closed) {
            return;
        }
        long now = agent.clock().nanos();
        agreed = agreement;
        receiver.agree(agreement, now);
        sender.agree(agreement);
        sender.to(receiver.gate().accepted());
        watchdog.expect(agreement.receiving() && agreement.remoteRtp() != null, now);
        enter();
        relink();
        if (peer != null) {
            peer.relink();
        }
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

    public void mute(boolean on) {
        sender.mute(on);
        pace(agent.clock().nanos());
    }

    public void echo(boolean on) {
        if (closed || echoing == on) {
            return;
        }
        unlink();
        echoing = on;
        relink();
        pace(agent.clock().nanos());
    }

    public void sendDtmf(String id, String digits, int toneMillis, int gapMillis) {
        if (!closed) {
            sender.events().enqueue(id, digits, toneMillis, gapMillis);
            pace(agent.clock().nanos());
        }
    }

    /** Joins both ways; the other leg comes over to our agent first. */
    public void bridge(LegStream other) {
        if (closed || peer == other || other == this) {
            return;
        }
        peerWish = other;
        MediaAgent here = agent;
        other.execute(() -> {
            other.moveTo(here);
            other.execute(() -> {
                // taken back, or on the move again, meanwhile
                if (other.agent == here && agent == here && peerWish == other) {
                    join(other);
                }
            });
        });
    }

    private void join(LegStream other) {
        if (closed || other.closed) {
            return;
        }
        unlink();
        other.unlink();
        peerWish = null;
        peer = other;
        other.peer = this;
        sender.play(null);
        other.sender.play(null);
        relink();
        other.relink();
        long now = agent.clock().nanos();
        pace(now);
        other.pace(now);
    }

    public void unbridge() {
        peerWish = null;
        if (peer != null) {
            unlink();
            pace(agent.clock().nanos());
        }
    }

    /** Gives all back. Idempotent. */
    public void close() {
        if (closed) {
            return;
        }
        peerWish = null;
        unlink();
        sender.close();
        if (tap != null) {
            tap.end(MediaEvent.Outcome.COMPLETED);
            record(null);
        }
        exit();
        closed = true;
        ports.close();
    }

    // ---- links

    /** The audio that we receive goes where it now belongs. */
    private void relink() {
        LegStream target = echoing ? this : peer;
        Link next = null;
        if (target != null && agreed != null && target.agreed != null) {
            boolean fits = link != null && link.joins(agreed.codec(), target.agreed.codec());
            next = fits ? link : new Link(target.sender, agreed.codec(), target.agreed.codec(), agent.scratch());
        }
        link = next;
        receiver.link(next);
        if (target != null) {
            target.sender.fed(next != null, agent.clock().nanos());
        }
    }

    /** Takes a bridge or an echo apart: both sides go on by themselves. */
    private void unlink() {
        LegStream other = peer;
        peer = null;
        echoing = false;
        cut();
        if (other != null) {
            other.peer = null;
            other.cut();
            other.pace(agent.clock().nanos());
        }
    }

    private void cut() {
        link = null;
        receiver.link(null);
        sender.fed(false, 0);
    }

    // ---- the agent's turns

    @Override
    public void readable(Scratch scratch, long now) {
        ByteBuffer in = scratch.in;
        for (int i = 0; i < BURST; i++) {
            in.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(in);
            } catch (IOException unreachable) {
                continue;
            }
            if (from == null) {
                return;
            }
            in.flip();
            receiver.datagram(in, from, scratch, now);
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
            failed(failure);
        }
    }

    /** Several times a second. */
    void lookAfter(long now) {
        InetSocketAddress latched = receiver.gate().accepted();
        sender.to(latched);
        receiver.keys().check(now);
        MediaEvent event = watchdog.check(receiver.lastHeard(), now);
        if (event != null) {
            events.accept(event);
        }
        log.discards(figures, now);
        pace(now);
    }

    /** On the clock or off it, as the sender needs. */
    private void pace(long now) {
        if (!closed && key != null && (tap != null || sender.wantsTicks(now))) {
            agent.wheel().join(this);
        } else {
            agent.wheel().leave(this);
        }
    }

    @Override
    public void failed(Throwable failure) {
        log.failure(failure, agent.clock().nanos());
    }

    /** The plane ends. */
    void shutDown() {
        close();
    }
}
