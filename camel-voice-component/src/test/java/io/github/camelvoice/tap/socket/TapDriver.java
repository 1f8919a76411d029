package io.github.camelvoice.tap.socket;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.Speech;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.FakeSpeech;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Stands where the pipeline of a tap stands: calls a sink on its event loop, keeps what the sink tells. Its clock stands still unless moved. */
public final class TapDriver implements AutoCloseable {

    public static final String CALL = "n1-7zk3aaaaaaaaaaaaaaaaaaaaaa";

    /** What a sink told. */
    public record Told(String event, String reason, boolean lasting) {
    }

    private final Vertx vertx = Vertx.vertx();
    private final TargetPolicy policy;
    private final Context loop = ((VertxInternal) vertx).createEventLoopContext();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> digits = new CopyOnWriteArrayList<>();
    private final FakeSpeech speech = new FakeSpeech();
    private volatile boolean speaks;
    private Sink sink;
    private long nanos;
    private final long timer;

    public TapDriver(TargetPolicy policy) {
        this.policy = policy;
        timer = vertx.setPeriodic(20, id -> loop.runOnContext(none -> {
            if (sink != null) {
                nanos += 20_000_000;
                sink.turn(nanos);
            }
        }));
    }

    public TapDriver() {
        this(new TargetPolicy("127.0.0.1"));
    }

    public static TapIdentity identity() {
        Instant at = Instant.parse("2026-11-21T12:00:00Z");
        Party from = new Party("sip:+15550100@example.com", "+15550100", "example.com", "Alice");
        Party to = new Party("sip:600@example.com", "600", "example.com", "");
        return new TapIdentity(CALL, "tap-1", "project-1", "n1", new CallSnapshot(CALL, "abc@host", CallDirection.INBOUND, CallState.ACTIVE,
                from, to, "sip:600@example.com", "udp", "192.0.2.1:5060", "", SipHeaders.none(), at, null, at, null, null, false, false, false,
                null, null, "default", null));
    }

    private final Sink.Owner owner = new Sink.Owner() {
        @Override
        public void opened(InetSocketAddress local, InetSocketAddress remote) {
            told.add(new Told("opened", remote.toString(), false));
        }

        @Override
        public void lost(String reason, boolean lasting) {
            told.add(new Told("lost", reason, lasting));
        }

        @Override
        public void finished(String reason) {
            told.add(new Told("finished", reason, false));
        }

        @Override
        public Speech speech() {
            return speaks ? speech : null;
        }

        @Override
        public void sendDigits(String value) {
            digits.add(value);
        }
    };

    public <T> T on(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.runOnContext(none -> {
            try {
                done.complete(work.get());
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            }
        });
        try {
            return done.get(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** After what is to be done already. */
    public void later(Runnable work) {
        loop.runOnContext(none -> work.run());
    }

    /** In some milliseconds. */
    public void soon(Runnable work) {
        vertx.setTimer(5, id -> loop.runOnContext(none -> work.run()));
    }

    public void run(Runnable work) {
        on(() -> {
            work.run();
            return null;
        });
    }

    /** Makes the sink and opens it. */
    public TapDriver open(TapSpec spec) throws TapException {
        speaks = spec.speaks();
        Sink made = new SocketSinks(policy, EngineClock.SYSTEM).make(spec, identity(), loop);
        run(() -> {
            sink = made;
            sink.open(owner);
        });
        return this;
    }

    /** Opens it again. */
    public void reopen() {
        run(() -> sink.open(owner));
    }

    public void frame(Track track, byte[] frame, long offsetMillis) {
        run(() -> sink.frame(track, frame, frame.length, offsetMillis, false));
    }

    /** Lets time pass for the sink. */
    public void pass(long seconds) {
        run(() -> {
            nanos += TimeUnit.SECONDS.toNanos(seconds);
            sink.turn(nanos);
        });
    }

    public Sink sink() {
        return sink;
    }

    public FakeSpeech speech() {
        return speech;
    }

    public List<Told> told() {
        return told;
    }

    public List<String> digits() {
        return digits;
    }

    /** The last that was told, null if nothing was. */
    public Told last() {
        return told.isEmpty() ? null : told.get(told.size() - 1);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        if (sink != null) {
            run(() -> sink.close("stopped"));
        }
        policy.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError("the connection is not closed", failure);
        }
    }
}
