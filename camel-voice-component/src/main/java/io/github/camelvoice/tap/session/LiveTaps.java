package io.github.camelvoice.tap.session;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.SinkFactory;
import io.github.camelvoice.tap.TapChange;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapLimits;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.TapTotals;
import io.github.camelvoice.tap.Taps;
import io.github.camelvoice.tap.pipe.SpeechBuffer;
import io.github.camelvoice.tap.sink.RouteSink;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The taps of an engine, on a few event loops. Thread-safe; loops are made with the first tap. */
public final class LiveTaps implements Taps, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTaps.class);
    private static final int MOST_LOOPS = 2;
    private static final long CLOSE_SECONDS = 2;

    private final Supplier<Vertx> vertx;
    private final EngineClock clock;
    private final Ids ids;
    private final Callbacks callbacks;
    private final String project;
    private final List<SinkFactory> factories;
    private final TapServices services;
    private final Roster roster;
    private List<TapLoop> loops = List.of();
    private volatile boolean closed;

    /**
     * @param vertx     asked once, by the first tap
     * @param project   that the calls belong to
     * @param factories the first that makes a protocol's sinks is asked
     */
    public LiveTaps(Supplier<Vertx> vertx, EngineClock clock, Ids ids, Callbacks callbacks, String project, TapLimits limits,
                    List<SinkFactory> factories) {
        this.vertx = vertx;
        this.clock = clock;
        this.ids = ids;
        this.callbacks = callbacks;
        this.project = project;
        this.factories = List.copyOf(factories);
        this.roster = new Roster(limits);
        this.services = new TapServices(clock, callbacks, new TapServices.Sums(), roster::remove);
    }

    @Override
    public CompletionStage<TapInfo> start(Call call, TapSpec spec) {
        return start(call, spec, null);
    }

    @Override
    public CompletionStage<TapInfo> start(Call call, TapSpec spec, FrameReceiver receiver) {
        try {
            TapSession session = session(call, spec, receiver);
            roster.add(session);
            session.loop().reserve();
            session.start();
            return session.begun();
        } catch (TapException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private TapSession session(Call call, TapSpec spec, FrameReceiver receiver) throws TapException {
        if (closed) {
            throw new TapException(TapException.Kind.BUSY, "the engine is shutting down");
        }
        if ((receiver != null) != (spec.protocol() == TapProtocol.ROUTE)) {
            throw new TapException(TapException.Kind.BAD_REQUEST, "a tap to a route needs a receiver, and no other tap has one");
        }
        checkStatus(spec);
        CallSnapshot snapshot = call.snapshot();
        if (snapshot.media() == null || snapshot.state().isOver()) {
            throw new TapException(TapException.Kind.CONFLICT, "the call has no audio " + (snapshot.state().isOver() ? "any more" : "yet"));
        }
        TapIdentity identity = new TapIdentity(call.id(), spec.controlId() == null ? ids.token() : spec.controlId(), project, ids.node(), snapshot);
        TapLoop loop = quietest();
        Sink sink = receiver != null ? new RouteSink(spec, receiver) : factory(spec.protocol()).make(spec, identity, loop.context());
        sink.check(spec.direction());
        SpeechBuffer speech = spec.speaks() ? new SpeechBuffer(snapshot.media().codec().equals("G722") ? 16_000 : 8_000, clock) : null;
        return new TapSession(services, loop, call, spec, identity, sink, receiver, speech);
    }

    private void checkStatus(TapSpec spec) throws TapException {
        if (spec.statusUrl() == null) {
            return;
        }
        try {
            callbacks.check(spec.statusUrl());
        } catch (IllegalArgumentException wrong) {
            throw new TapException(TapException.Kind.BAD_REQUEST, "status_url: " + wrong.getMessage(), wrong);
        }
    }

    private SinkFactory factory(TapProtocol protocol) throws TapException {
        for (SinkFactory factory : factories) {
            if (factory.makes(protocol)) {
                return factory;
            }
        }
        throw new TapException(TapException.Kind.BAD_REQUEST, "there are no taps with protocol " + protocol.word() + " here");
    }

    private synchronized TapLoop quietest() {
        if (loops.isEmpty()) {
            List<TapLoop> made = new ArrayList<>();
            Vertx running = vertx.get();
            for (int i = 0; i < Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()); i++) {
                made.add(new TapLoop(running, clock));
            }
            loops = made;
        }
        TapLoop best = loops.get(0);
        for (TapLoop loop : loops) {
            if (loop.sessions() < best.sessions()) {
                best = loop;
            }
        }
        return best;
    }

    @Override
    public CompletionStage<TapInfo> ended(String callId, String controlId) {
        try {
            return roster.find(callId, controlId).ended().copy();
        } catch (TapException unknown) {
            return CompletableFuture.failedFuture(unknown);
        }
    }

    @Override
    public CompletionStage<TapInfo> stop(String callId, String controlId) {
        try {
            TapSession session = roster.find(callId, controlId);
            session.stop("stopped");
            return session.ended().copy();
        } catch (TapException unknown) {
            return CompletableFuture.failedFuture(unknown);
        }
    }

    @Override
    public CompletionStage<TapInfo> change(String callId, String controlId, TapChange change) {
        try {
            return roster.find(callId, controlId).change(change);
        } catch (TapException unknown) {
            return CompletableFuture.failedFuture(unknown);
        }
    }

    @Override
    public List<TapInfo> list(String callId) {
        return roster.of(callId).stream().map(TapSession::info).filter(info -> !TapMachine.over(info.state())).toList();
    }

    @Override
    public List<TapInfo> list() {
        return roster.all().stream().map(TapSession::info).filter(info -> !TapMachine.over(info.state())).toList();
    }

    @Override
    public TapTotals totals() {
        TapServices.Sums sums = services.sums();
        return new TapTotals(roster.size(), sums.started.sum(), sums.failed.sum(), sums.frames.sum(), sums.dropped.sum(), sums.reconnects.sum());
    }

    /** Ends all taps; waits a few seconds at most until their ends are written down. Not to be called on a loop. */
    @Override
    public void close() {
        closed = true;
        List<TapSession> running = roster.all();
        running.forEach(session -> session.stop("stopped"));
        try {
            CompletableFuture.allOf(running.stream().map(TapSession::ended).toArray(CompletableFuture<?>[]::new))
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warn("{} taps did not end in time", roster.size());
        }
    }
}
