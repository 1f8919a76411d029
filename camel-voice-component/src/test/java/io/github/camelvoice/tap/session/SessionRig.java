package io.github.camelvoice.tap.session;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.DigitListener;
import io.github.camelvoice.call.MediaInfo;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.SinkFactory;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapLimits;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Taps on a real loop with time by hand; calls, sinks and callbacks write down what they are told. */
final class SessionRig implements AutoCloseable, EngineClock {

    static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

    final List<FakeSink> sinks = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    final Queue<CompletableFuture<Void>> unwritten = new ConcurrentLinkedQueue<>();
    final LiveTaps taps;
    volatile boolean slowOutbox;
    volatile boolean answering = true;
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    SessionRig(Vertx vertx, TapLimits limits) {
        Callbacks callbacks = new Callbacks() {
            @Override
            public void check(String target) {
                if (target.equals("bad")) {
                    throw new IllegalArgumentException("no such target");
                }
            }

            @Override
            public CompletionStage<Void> send(Callback callback) {
                told.add(new String(callback.body(), StandardCharsets.UTF_8));
                CompletableFuture<Void> written = new CompletableFuture<>();
                if (slowOutbox) {
                    unwritten.add(written);
                } else {
                    written.complete(null);
                }
                return written;
            }
        };
        SinkFactory factory = new SinkFactory() {
            @Override
            public boolean makes(TapProtocol protocol) {
                return protocol != TapProtocol.ROUTE;
            }

            @Override
            public Sink make(TapSpec spec, TapIdentity identity, Context loop) throws TapException {
                if (spec.uri().contains("forbidden")) {
                    throw new TapException(TapException.Kind.FORBIDDEN, "not there");
                }
                FakeSink sink = new FakeSink(loop);
                sinks.add(sink);
                return sink;
            }
        };
        taps = new LiveTaps(() -> vertx, this, new Ids("n1"), callbacks, "acme", limits, List.of(factory));
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return NOW;
    }

    /** Looks often: a loop's turn takes 2 ms. */
    static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(3)).pollDelay(Duration.ZERO);
    }

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    static TapInfo get(CompletionStage<TapInfo> stage) throws Exception {
        return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    /** Why a stage fails. */
    static TapException failure(CompletionStage<TapInfo> stage) {
        soon().until(() -> stage.toCompletableFuture().isCompletedExceptionally());
        return (TapException) stage.toCompletableFuture().handle((ok, why) -> why instanceof java.util.concurrent.CompletionException ? why.getCause() : why)
                .join();
    }

    FakeSink sink() {
        soon().until(() -> !sinks.isEmpty());
        return sinks.get(sinks.size() - 1);
    }

    @Override
    public void close() {
        answering = true;
        taps.close();
    }

    /** A sink that does as it is told. */
    final class FakeSink implements Sink {
        final List<byte[]> frames = new CopyOnWriteArrayList<>();
        final List<Boolean> gaps = new CopyOnWriteArrayList<>();
        final List<Character> digits = new CopyOnWriteArrayList<>();
        private final Context loop;
        volatile Owner owner;
        volatile int opened;
        volatile String closed;
        volatile boolean broken;
        volatile String thread;

        FakeSink(Context loop) {
            this.loop = loop;
        }

        void does(java.util.function.Consumer<Owner> what) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            loop.runOnContext(ignored -> {
                what.accept(owner);
                done.complete(null);
            });
            done.orTimeout(5, TimeUnit.SECONDS).join();
        }

        @Override
        public AudioShape shape() {
            return new AudioShape("PCMU", 8000, AudioShape.Layout.MIX, 20, false);
        }

        @Override
        public void open(Owner told) {
            owner = told;
            thread = Thread.currentThread().getName();
            opened++;
            if (answering) {
                told.opened(new InetSocketAddress("127.0.0.1", 5000), new InetSocketAddress("192.0.2.7", 6000));
            }
        }

        @Override
        public void frame(MediaTap.Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
            if (broken) {
                throw new IllegalStateException("a mistake");
            }
            frames.add(frame.clone());
            gaps.add(afterGap);
        }

        @Override
        public void digit(char digit, int durationMillis) {
            digits.add(digit);
        }

        @Override
        public void turn(long now) {
            // nothing to look after
        }

        @Override
        public void close(String reason) {
            closed = reason;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public long dropped() {
            return 0;
        }
    }

    /** A call that lets itself be tapped. */
    static final class FakeCall implements Call {
        final List<CallCommand> commands = new CopyOnWriteArrayList<>();
        private final String id;
        volatile boolean refuses;

        FakeCall(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public CallSnapshot snapshot() {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", 4000);
            return new CallSnapshot(id, "sip-" + id, CallDirection.INBOUND, CallState.ACTIVE, null, null, "sip:a@b", "udp", "", "", SipHeaders.none(),
                    NOW, null, NOW, null, new MediaInfo("PCMU", 20, address, address, true, true, false, 101), false, false, false, null, null,
                    "default", null);
        }

        @Override
        public CompletionStage<CommandResult> execute(CallCommand command) {
            commands.add(command);
            return refuses ? CompletableFuture.failedFuture(new CallException(CallException.Kind.WRONG_STATE, id, "the call is over"))
                    : CompletableFuture.completedFuture(CommandResult.of(snapshot()));
        }

        @Override
        public CompletionStage<CallSnapshot> reached(Milestone milestone) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<CallSnapshot> audible() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<CallSnapshot> parted() {
            return CompletableFuture.completedFuture(snapshot());
        }

        @Override
        public List<String> contacts() {
            return List.of();
        }

        @Override
        public List<String> speaks() {
            return List.of();
        }

        @Override
        public Calls.Registration onDigit(DigitListener listener) {
            return () -> { };
        }

        <T extends CallCommand> List<T> told(Class<T> kind) {
            return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        MediaTap tap() {
            soon().until(() -> !told(CallCommand.StartTap.class).isEmpty());
            List<CallCommand.StartTap> taps = told(CallCommand.StartTap.class);
            return taps.get(taps.size() - 1).tap();
        }

        void packet(int number, long nanos) {
            tap().packet(MediaTap.Track.INBOUND, "PCMU", new byte[160], 160, 160 * number, false, nanos);
        }
    }
}
