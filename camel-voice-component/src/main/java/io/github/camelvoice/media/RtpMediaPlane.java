package io.github.camelvoice.media;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaListener;
import io.github.camelvoice.call.spi.MediaPlane;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.port.PortPair;
import io.github.camelvoice.media.port.PortPool;
import io.github.camelvoice.media.rtp.Discard;
import io.github.camelvoice.media.sdp.OfferAnswer;
import io.github.camelvoice.media.sdp.SdpException;
import io.github.camelvoice.media.sdp.SdpParser;
import io.github.camelvoice.media.stream.FigureBoard.Figure;
import io.github.camelvoice.media.stream.LegStream;
import io.github.camelvoice.media.stream.LegStreams;
import io.github.camelvoice.media.stream.MediaAgent;
import io.github.camelvoice.media.stream.StreamSettings;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The media plane on plain UDP sockets: a few agents carry the audio of all legs. Thread-safe. */
public final class RtpMediaPlane implements MediaPlane, AutoCloseable {

    /** Disks and slow sources keep a thread busy each; players are ahead by a second. */
    private static final int IO_THREADS = 4;

    private final MediaConfig config;
    private final StreamSettings settings;
    private final PortPool ports;
    private final MediaAgent[] agents;
    private final Thread[] threads;
    private final ThreadPoolExecutor io;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger nextAgent = new AtomicInteger();
    private final Set<RtpMediaLeg> legs = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Starts the agents' threads. */
    public RtpMediaPlane(MediaConfig config, EngineClock clock) {
        this.config = config;
        this.settings = new StreamSettings(config.symmetricRtp(), config.latchWindow(), config.deadMedia(), config.rtcpInterval(),
                config.sendSilence());
        this.ports = new PortPool(config.bindAddress(), config.portMin(), config.portMax(), config.portCoolDown().toNanos(),
                config.receiveBuffer(), clock);
        this.io = new ThreadPoolExecutor(IO_THREADS, IO_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.named("media-io"));
        io.allowCoreThreadTimeOut(true);
        this.agents = new MediaAgent[config.agentCount()];
        this.threads = new Thread[agents.length];
        ThreadFactory factory = Threads.named("media");
        try {
            for (int i = 0; i < agents.length; i++) {
                agents[i] = new MediaAgent(clock);
                threads[i] = factory.newThread(agents[i]);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("no selector for the media plane", failure);
        }
        for (Thread thread : threads) {
            thread.start();
        }
    }

    @Override
    public MediaLeg open(String callId, MediaTerms terms, Executor mailbox, MediaListener listener) throws MediaException {
        List<String> names = terms.codecs().stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
        for (String name : names) {
            if (Codecs.find(name).isEmpty()) {
                throw new MediaException(MediaException.Kind.UNKNOWN_CODEC, "unknown codec '" + name + "': there are " + Codecs.names());
            }
        }
        if (closed) {
            throw new MediaException(MediaException.Kind.WRONG_STATE, "the media plane is closed");
        }
        PortPair pair = ports.take();
        MediaAgent agent = agents[Math.floorMod(nextAgent.getAndIncrement(), agents.length)];
        Consumer<MediaEvent> events = event -> mailbox.execute(() -> listener.on(event));
        LegStream stream = LegStreams.open(callId, pair, settings, agent, events);
        OfferAnswer negotiation = new OfferAnswer(names, terms.security(), random, config.advertisedAddress(), pair.port(),
                config.ptimeMillis(), ThreadLocalRandom.current().nextLong(1L << 53));
        InetSocketAddress local = new InetSocketAddress(config.advertisedAddress(), pair.port());
        RtpMediaLeg leg = new RtpMediaLeg(this, pair, local, negotiation, stream, events);
        legs.add(leg);
        if (closed) {
            leg.close();
        }
        return leg;
    }

    @Override
    public boolean transcodes(String encoding) {
        return Codecs.find(encoding).filter(AudioCodec::linear).isPresent();
    }

    @Override
    public List<String> encodings(String sdp) {
        try {
            return SdpParser.parse(sdp).encodings();
        } catch (SdpException unreadable) {
            return List.of();
        }
    }

    void closed(RtpMediaLeg leg) {
        legs.remove(leg);
    }

    /** Where reading and writing of files may block. */
    Executor io() {
        return io;
    }

    boolean stopped() {
        return closed;
    }

    /** Port pairs that legs hold. */
    public int portsInUse() {
        return ports.inUse();
    }

    /** Port pairs of the range. */
    public int portCapacity() {
        return ports.capacity();
    }

    /** Legs that are open. */
    public int legsOpen() {
        return legs.size();
    }

    /** RTP packets that came and counted, since the start. */
    public long packetsIn() {
        return sum(Figure.PACKETS_IN);
    }

    /** RTP packets sent since the start. */
    public long packetsOut() {
        return sum(Figure.PACKETS_OUT);
    }

    private long sum(Figure figure) {
        long sum = 0;
        for (MediaAgent agent : agents) {
            sum += agent.figures().get(figure);
        }
        return sum;
    }

    /** Packets not used, or not sent, for this reason since the start. */
    public long packetsDiscarded(Discard reason) {
        long sum = 0;
        for (MediaAgent agent : agents) {
            sum += agent.figures().get(reason);
        }
        return sum;
    }

    /** Ends all legs, completes their recordings; returns when the threads have ended, after a few seconds at the most. */
    @Override
    public void close() {
        closed = true;
        for (MediaAgent agent : agents) {
            agent.stop();
        }
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        io.shutdown();
        try {
            if (!io.awaitTermination(2, TimeUnit.SECONDS)) {
                io.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            io.shutdownNow();
            Thread.currentThread().interrupt();
        }
        legs.forEach(RtpMediaLeg::release);
        legs.clear();
    }
}
