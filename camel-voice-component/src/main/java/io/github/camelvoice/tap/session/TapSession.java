package io.github.camelvoice.tap.session;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.SinkLoss;
import io.github.camelvoice.tap.Speech;
import io.github.camelvoice.tap.TapChange;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapInfo.State;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps.FrameReceiver;
import io.github.camelvoice.tap.pipe.SpeechBuffer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tap from its start to its end. Lives on its loop; what others may ask at any time is {@link #info} and the stages. */
final class TapSession {

    private static final Logger LOG = LoggerFactory.getLogger(TapSession.class);
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int TONE_MILLIS = 160;
    private static final int TONE_GAP_MILLIS = 80;
    /** Requests of the far end for digits that are not all sent yet; more are dropped. */
    private static final int MOST_DIGITS_UNDER_WAY = 8;

    private final TapServices services;
    private final TapLoop loop;
    private final Call call;
    private final TapSpec spec;
    private final TapIdentity identity;
    private final Sink sink;
    private final AudioShape shape;
    private final FrameReceiver receiver;
    private final SpeechBuffer speech;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private final Instant startedAt;
    private final CompletableFuture<TapInfo> begun = new CompletableFuture<>();
    private final CompletableFuture<TapInfo> ended = new CompletableFuture<>();
    private final Tally tally;
    private final TapStream stream;
    private final StatusTeller status;
    private final String uri;
    private Door door;
    private long openDeadline;
    private long retryAt;
    private int digitsUnderWay;
    private boolean digitsTrouble;
    private volatile State state = State.CONNECTING;
    private volatile TapDirection direction;
    private volatile boolean paused;
    private volatile InetSocketAddress local;
    private volatile InetSocketAddress remote;
    private volatile Instant endedAt;
    private volatile String reason;

    /** @param receiver of a route, else null; @param speech null unless it speaks */
    TapSession(TapServices services, TapLoop loop, Call call, TapSpec spec, TapIdentity identity, Sink sink, FrameReceiver receiver,
               SpeechBuffer speech) {
        this.services = services;
        this.loop = loop;
        this.call = call;
        this.spec = spec;
        this.identity = identity;
        this.sink = sink;
        this.shape = sink.shape();
        this.receiver = receiver;
        this.speech = speech;
        this.direction = spec.direction();
        this.startedAt = services.clock().now();
        this.uri = Uris.shown(spec.uri());
        this.tally = new Tally(sink, speech, services.sums());
        this.stream = new TapStream(sink, spec.bufferMillis(), tally, () -> state);
        this.status = new StatusTeller(services.callbacks(), spec, identity);
    }

    // ---- any thread

    String callId() {
        return identity.callId();
    }

    String controlId() {
        return identity.controlId();
    }

    boolean speaks() {
        return speech != null;
    }

    TapLoop loop() {
        return loop;
    }

    /** Done when audio flows, or it failed. */
    CompletableFuture<TapInfo> begun() {
        return begun;
    }

    CompletableFuture<TapInfo> ended() {
        return ended;
    }

    TapInfo info() {
        return new TapInfo(callId(), controlId(), uri, spec.protocol(), direction, shape.encoding(), shape.rate(),
                shape.frameMillis(), shape.channels(), speech != null, state, paused, local, remote, startedAt, endedAt, reason, tally.figures());
    }

    void start() {
        loop.execute(() -> guarded(() -> {
            loop.enter(this);
            open();
        }));
    }

    /** @param why as in {@link TapInfo#reason} */
    void stop(String why) {
        loop.execute(() -> guarded(() -> fire(TapTrigger.STOP, why)));
    }

    CompletionStage<TapInfo> change(TapChange change) {
        CompletableFuture<TapInfo> done = new CompletableFuture<>();
        loop.execute(() -> guarded(() -> change(change, done)));
        return done;
    }

    // ---- the loop

    private void change(TapChange change, CompletableFuture<TapInfo> done) {
        if (TapMachine.over(state)) {
            done.completeExceptionally(new TapException(TapException.Kind.NO_SUCH_TAP, "the tap is over"));
            return;
        }
        TapDirection next = change.direction() == null ? direction : change.direction();
        try {
            sink.check(next);
        } catch (TapException refused) {
            done.completeExceptionally(refused);
            return;
        }
        direction = next;
        paused = change.paused() == null ? paused : change.paused();
        stream.change(next, paused, services.clock().nanos());
        LOG.info("[{}] tap {}: {}{}", callId(), controlId(), next.word(), paused ? ", paused" : "");
        call.execute(new CallCommand.ChangeTap(controlId(), next.word(), paused)).whenComplete((ok, failure) -> done.complete(info()));
    }

    /** A turn of the loop: without a lambda, which would be garbage 500 times a second. */
    void turn(long now) {
        try {
            carry(now);
        } catch (RuntimeException mistake) {
            broken(mistake);
        }
    }

    private void carry(long now) {
        if (door != null && door.opening && now - openDeadline >= 0) {
            door = null;
            fire(TapTrigger.LOST, "it did not answer in time");
        }
        if (state == State.RECONNECTING && door == null && now - retryAt >= 0) {
            fire(TapTrigger.RETRY, null);
        }
        if (!stream.turn(now)) {
            fire(TapTrigger.CALL_ENDED, "call-ended");
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException mistake) {
            broken(mistake);
        }
    }

    /** A mistake in one tap ends that tap alone. */
    private void broken(RuntimeException mistake) {
        LOG.error("[{}] tap {} failed", callId(), controlId(), mistake);
        try {
            fire(TapTrigger.BROKEN, "internal");
        } catch (RuntimeException again) {
            LOG.error("[{}] tap {} could not be ended in good order", callId(), controlId(), again);
        }
    }

    private void fire(TapTrigger trigger, String why) {
        TapTrigger told = trigger == TapTrigger.LOST && !spec.reconnect() ? TapTrigger.LOST_FOR_GOOD : trigger;
        TapMachine.Step step = TapMachine.step(state, told);
        state = step.next();
        switch (step.action()) {
            case NOTHING -> { }
            case ENTER_CALL -> enterCall();
            case ANNOUNCE -> announce();
            case REFUSE -> over(why, false)
                    .whenComplete((ok, failure) -> begun.completeExceptionally(new TapException(TapException.Kind.CONFLICT, why)));
            case FAIL -> {
                services.sums().failed.increment();
                LOG.info("[{}] tap {} to {} failed: {}", callId(), controlId(), uri, why);
                over(why, true).whenComplete((ok, failure) -> begun.complete(info()));
            }
            case WITHDRAW -> over(why, false).whenComplete((ok, failure) -> begun.complete(info()));
            case BACK_OFF -> backOff(why);
            case REOPEN -> open();
            case RESUME -> resume();
            case END -> end(why);
            case GIVE_UP -> {
                end(why);
                if (spec.onSinkLoss() == SinkLoss.HANGUP) {
                    call.execute(new CallCommand.Hangup("SIP;cause=503;text=\"the tap lost its sink\"", SipHeaders.none()));
                }
            }
            case LEAVE_CALL -> call.execute(new CallCommand.StopTap(controlId(), reason));
            default -> throw new IllegalStateException("unknown: " + step.action());
        }
    }

    private void open() {
        door = new Door();
        openDeadline = services.clock().nanos() + CONNECT_NANOS;
        sink.open(door);
    }

    private void enterCall() {
        CallCommand command = new CallCommand.StartTap(controlId(), uri, direction.word(), stream.intake(direction), speech);
        call.execute(command).whenComplete((ok, failure) -> loop.execute(() -> guarded(() -> {
            if (failure == null) {
                fire(TapTrigger.STARTED, null);
            } else {
                fire(TapTrigger.REFUSED, failure instanceof CallException refused ? refused.getMessage() : "the call cannot be tapped now");
            }
        })));
    }

    private void announce() {
        stream.start(direction, paused, services.clock().nanos());
        services.sums().started.increment();
        LOG.info("[{}] tap {} ({}) of {} to {}", callId(), controlId(), spec.protocol().word(), direction.word(), uri);
        tell("tapping", null).whenComplete((ok, failure) -> loop.execute(() -> begun.complete(info())));
    }

    private void backOff(String why) {
        long now = services.clock().nanos();
        long pause = backoff.next(now);
        if (pause < 0) {
            fire(TapTrigger.LOST_FOR_GOOD, why);
            return;
        }
        LOG.info("[{}] tap {} lost its sink ({}), tries again in {} ms", callId(), controlId(), why, pause / 1_000_000);
        door = null;
        retryAt = now + pause;
        stream.hold();
    }

    private void resume() {
        backoff.held(services.clock().nanos());
        stream.resume(speech == null);
        LOG.info("[{}] tap {} has its sink again", callId(), controlId());
    }

    private void end(String why) {
        boolean leave = !why.equals("call-ended");
        CompletionStage<?> left = leave ? call.execute(new CallCommand.StopTap(controlId(), why)).handle((ok, failure) -> null)
                : CompletableFuture.completedFuture(null);
        LOG.info("[{}] tap {} is over: {}", callId(), controlId(), why);
        over(why, true, left);
    }

    private CompletionStage<Void> over(String why, boolean told) {
        return over(why, told, CompletableFuture.completedFuture(null));
    }

    /** The one exit. @param told whether {@code finished} goes to the status URL */
    private CompletionStage<Void> over(String why, boolean told, CompletionStage<?> left) {
        reason = why;
        endedAt = services.clock().now();
        door = null;
        stream.close();
        loop.leave(this);
        try {
            sink.close(why);
        } catch (RuntimeException mistake) {
            LOG.error("[{}] tap {}: its sink could not be closed", callId(), controlId(), mistake);
        }
        if (receiver != null) {
            receiver.ended(info());
        }
        CompletionStage<Void> written = told ? tell("finished", why) : CompletableFuture.completedFuture(null);
        // last: who waits until no tap is left may close what the status is given to
        services.gone().accept(this);
        return written.thenCombine(left, (a, b) -> (Void) null).whenComplete((ok, failure) -> ended.complete(info()));
    }

    private CompletionStage<Void> tell(String word, String why) {
        return status.tell(word, info(), services.clock().now(), why);
    }

    /** What the sink knows of us, for one attempt to connect. */
    private final class Door implements Sink.Owner {

        private boolean opening = true;

        @Override
        public void opened(InetSocketAddress from, InetSocketAddress to) {
            if (door == this && opening) {
                opening = false;
                local = from;
                remote = to;
                guarded(() -> fire(TapTrigger.OPENED, null));
            }
        }

        @Override
        public void lost(String why, boolean lasting) {
            if (door == this) {
                door = null;
                guarded(() -> fire(lasting ? TapTrigger.LOST_FOR_GOOD : TapTrigger.LOST, why));
            }
        }

        @Override
        public void finished(String why) {
            if (door == this) {
                door = null;
                guarded(() -> fire(TapTrigger.REMOTE_END, why));
            }
        }

        @Override
        public Speech speech() {
            return speech;
        }

        @Override
        public void sendDigits(String digits) {
            if (digitsUnderWay >= MOST_DIGITS_UNDER_WAY) {
                notSent("they come faster than they can be sent");
                return;
            }
            try {
                CallCommand send = new CallCommand.SendDtmf(digits, TONE_MILLIS, TONE_GAP_MILLIS, CallCommand.DtmfMethod.RFC4733);
                digitsUnderWay++;
                call.execute(send).whenComplete((sent, failure) -> loop.execute(() -> {
                    digitsUnderWay--;
                    if (failure != null) {
                        notSent(failure.getMessage());
                    }
                }));
            } catch (IllegalArgumentException wrong) {
                notSent(wrong.getMessage());
            }
        }

        /** Once per tap: the far end can ask as often as it likes. */
        private void notSent(String why) {
            if (!digitsTrouble) {
                digitsTrouble = true;
                LOG.info("[{}] tap {}: digits are not sent: {}", callId(), controlId(), why);
            }
        }
    }
}
