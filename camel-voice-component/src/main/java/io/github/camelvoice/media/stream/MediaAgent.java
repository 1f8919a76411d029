package io.github.camelvoice.media.stream;

import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns a selector and the streams of its legs. Others speak to a stream through its queue of commands; the agent
 * is woken for them only when it has nothing else to wake up for, else they wait for the next turn, 20 ms at the most.
 */
public final class MediaAgent implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaAgent.class);
    /** Each leg is looked after once in ten of these. */
    private static final long HOUSEKEEPING_NANOS = 20_000_000L;
    private static final int HOUSEKEEPING_TURNS = 10;

    /** What a selection key is attached to. */
    interface Readable {
        void readable(Scratch scratch, long now);

        void failed(Throwable failure, long now);
    }

    private final EngineClock clock;
    private final Selector selector;
    private final Queue<LegStream> called = new ConcurrentLinkedQueue<>();
    private final TickWheel wheel;
    private final List<LegStream> legs = new ArrayList<>();
    private final Scratch scratch = new Scratch();
    private final FigureBoard figures = new FigureBoard();
    private final LegLog log = new LegLog("all calls");
    private final Consumer<SelectionKey> onReady = this::ready;
    private long nextHousekeeping;
    private int nextLeg;
    private volatile boolean idle;
    private volatile boolean stopped;
    private volatile int legCount;

    public MediaAgent(EngineClock clock) throws IOException {
        this.clock = clock;
        this.selector = Selector.open();
        this.wheel = new TickWheel(clock.nanos());
        this.nextHousekeeping = clock.nanos();
    }

    /** Any thread: the stream has commands. */
    void call(LegStream stream) {
        called.add(stream);
        if (idle) {
            selector.wakeup();
        }
    }

    /** Any thread: ends {@link #run} soon. */
    public void stop() {
        stopped = true;
        selector.wakeup();
    }

    /** Any thread: streams that are registered here. */
    public int legs() {
        return legCount;
    }

    /** Sums over all legs that ever were here. */
    public FigureBoard figures() {
        return figures;
    }

    EngineClock clock() {
        return clock;
    }

    Scratch scratch() {
        return scratch;
    }

    TickWheel wheel() {
        return wheel;
    }

    void enter(LegStream leg) {
        legs.add(leg);
        legCount = legs.size();
    }

    void exit(LegStream leg) {
        legs.remove(leg);
        legCount = legs.size();
    }

    SelectionKey register(SelectableChannel channel, Readable reader) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ, reader);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                guardedTurn();
            }
        } catch (IOException broken) {
            LOG.error("a media agent's selector broke", broken);
        } finally {
            close();
        }
    }

    /** A mistake in one turn must not silence all calls. */
    private void guardedTurn() throws IOException {
        try {
            turn();
        } catch (ClosedSelectorException closed) {
            throw new IOException(closed);
        } catch (RuntimeException | Error failure) {
            log.failure(failure, clock.nanos());
        }
    }

    private void turn() throws IOException {
        runCommands();
        long now = clock.nanos();
        while (wheel.runDue(now)) {
            now = clock.nanos();
        }
        if (now - nextHousekeeping >= 0) {
            keepHouse(now);
        }
        long wait = Math.min(wheel.nextDue(now), nextHousekeeping) - now;
        if (legs.isEmpty() && wheel.members() == 0) {
            idle = true;
            if (called.isEmpty() && !stopped) {
                selector.select(onReady);
            }
            idle = false;
        } else if (wait <= 0 || !called.isEmpty()) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady, (wait + 999_999) / 1_000_000);
        }
    }

    private void runCommands() {
        LegStream leg;
        while ((leg = called.poll()) != null) {
            leg.runCommands(this);
        }
    }

    private void ready(SelectionKey key) {
        Readable reader = (Readable) key.attachment();
        if (!key.isValid()) {
            return;
        }
        try {
            reader.readable(scratch, clock.nanos());
        } catch (RuntimeException | Error failure) {
            reader.failed(failure, clock.nanos());
        }
    }

    private void keepHouse(long now) {
        int turns = (legs.size() + HOUSEKEEPING_TURNS - 1) / HOUSEKEEPING_TURNS;
        for (int i = 0; i < turns && !legs.isEmpty(); i++) {
            if (nextLeg >= legs.size()) {
                nextLeg = 0;
            }
            LegStream leg = legs.get(nextLeg++);
            try {
                leg.lookAfter(now);
            } catch (RuntimeException | Error failure) {
                leg.failed(failure, now);
            }
        }
        nextHousekeeping += HOUSEKEEPING_NANOS;
        if (now - nextHousekeeping > 0) {
            nextHousekeeping = now + HOUSEKEEPING_NANOS;
        }
    }

    private void close() {
        runCommands();
        for (LegStream leg : List.copyOf(legs)) {
            leg.shutDown();
        }
        try {
            selector.close();
        } catch (IOException ignored) {
            // nothing is left to release
        }
    }
}
