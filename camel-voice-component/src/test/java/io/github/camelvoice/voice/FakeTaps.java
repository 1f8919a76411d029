package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.tap.TapChange;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapFigures;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Taps without audio: they write down what they are asked, and the test says what happens to them. */
final class FakeTaps implements Taps {

    final List<Tap> started = new CopyOnWriteArrayList<>();
    /** How the next start fails; null: it does not. */
    volatile TapException refusal;
    /** Why the next tap cannot connect; null: it can. */
    volatile String unreachable;
    /** Starts end when the test says so. */
    volatile boolean slow;
    private final EventBus events;

    FakeTaps(EventBus events) {
        this.events = events;
    }

    static final class Tap {
        final CallSnapshot call;
        final TapSpec spec;
        final FrameReceiver receiver;
        final CompletableFuture<TapInfo> start = new CompletableFuture<>();
        volatile TapInfo info;

        Tap(CallSnapshot call, TapSpec spec, FrameReceiver receiver, TapInfo info) {
            this.call = call;
            this.spec = spec;
            this.receiver = receiver;
            this.info = info;
        }

        boolean runs() {
            return info.endedAt() == null;
        }
    }

    Tap last() {
        return started.get(started.size() - 1);
    }

    @Override
    public CompletionStage<TapInfo> start(Call call, TapSpec spec) {
        return start(call, spec, null);
    }

    @Override
    public CompletionStage<TapInfo> start(Call call, TapSpec spec, FrameReceiver receiver) {
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        String id = spec.controlId() == null ? "tap-" + started.size() : spec.controlId();
        if (find(call.id(), id) != null) {
            return CompletableFuture.failedFuture(new TapException(TapException.Kind.CONFLICT, "the call has a tap " + id + " already"));
        }
        boolean rtp = spec.protocol() == TapProtocol.RTP;
        TapInfo info = new TapInfo(call.id(), id, spec.uri(), spec.protocol(), spec.direction(), spec.codec(), spec.rate(), spec.ptimeMillis(),
                spec.channels(), spec.speaks(), unreachable == null ? TapInfo.State.TAPPING : TapInfo.State.FAILED, false,
                rtp ? new InetSocketAddress("127.0.0.1", 10_002) : null, null, Instant.EPOCH, unreachable == null ? null : Instant.EPOCH, unreachable,
                new TapFigures(7, 1120, 1, 0, 0, 0, 0, -20, -30));
        Tap tap = new Tap(call.snapshot(), spec, receiver, info);
        started.add(tap);
        call.reached(Milestone.COMPLETED).thenRun(() -> {
            if (tap.runs()) {
                ends(tap, "call-ended");
            }
        });
        if (!slow) {
            tap.start.complete(info);
        }
        return tap.start;
    }

    private Tap find(String callId, String controlId) {
        Tap found = null;
        for (Tap tap : started) {
            if (tap.runs() && tap.call.callId().equals(callId) && (controlId == null || tap.info.controlId().equals(controlId))) {
                found = tap;
            }
        }
        return found;
    }

    @Override
    public CompletionStage<TapInfo> stop(String callId, String controlId) {
        Tap tap = find(callId, controlId);
        if (tap == null) {
            return none();
        }
        return CompletableFuture.completedFuture(ends(tap, "stopped"));
    }

    /** The tap is over, for this reason. */
    TapInfo ends(Tap tap, String reason) {
        TapInfo now = tap.info;
        tap.info = info(now, TapInfo.State.FINISHED, now.direction(), now.paused(), Instant.EPOCH, reason);
        if (tap.receiver != null) {
            tap.receiver.ended(tap.info);
        }
        events.publish(new VoiceEvent.TapEnded(new VoiceEvent.Head(now.callId(), 0, Instant.EPOCH, "s", tap.call.direction(), "f", "t"),
                now.controlId(), reason));
        return tap.info;
    }

    @Override
    public CompletionStage<TapInfo> change(String callId, String controlId, TapChange change) {
        Tap tap = find(callId, controlId);
        if (tap == null) {
            return none();
        }
        TapInfo now = tap.info;
        tap.info = info(now, now.state(), change.direction() == null ? now.direction() : change.direction(),
                change.paused() == null ? now.paused() : change.paused(), null, null);
        return CompletableFuture.completedFuture(tap.info);
    }

    private static CompletionStage<TapInfo> none() {
        return CompletableFuture.failedFuture(new TapException(TapException.Kind.NO_SUCH_TAP, "the call has no such tap"));
    }

    private static TapInfo info(TapInfo now, TapInfo.State state, io.github.camelvoice.tap.TapDirection direction, boolean paused, Instant endedAt,
                                String reason) {
        return new TapInfo(now.callId(), now.controlId(), now.uri(), now.protocol(), direction, now.codec(), now.rate(), now.ptimeMillis(),
                now.channels(), now.speaks(), state, paused, now.rtpSource(), now.remote(), now.startedAt(), endedAt, reason, now.figures());
    }

    @Override
    public List<TapInfo> list(String callId) {
        return list().stream().filter(tap -> tap.callId().equals(callId)).toList();
    }

    @Override
    public List<TapInfo> list() {
        return started.stream().filter(Tap::runs).map(tap -> tap.info).toList();
    }
}
