package io.github.camelvoice.tap.session;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapInfo.State;
import io.github.camelvoice.tap.pipe.Intake;
import io.github.camelvoice.tap.pipe.Pipeline;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The audio of one tap on its way from the call to the sink, and the frames that wait while there is no sink. Belongs to the tap's loop. */
final class TapStream {

    private static final long SINK_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Sink sink;
    private final AudioShape shape;
    private final Supplier<State> state;
    private final int bufferMillis;
    private final Tally tally;
    private final Intake intake = new Intake();
    private Pipeline pipeline;
    private Backlog backlog;
    private boolean afterGap;
    private long nextSinkTurn;

    /** @param state of the tap, asked again and again: frames go to a sink while it is TAPPING, and wait while it is RECONNECTING */
    TapStream(Sink sink, int bufferMillis, Tally tally, Supplier<State> state) {
        this.sink = sink;
        this.shape = sink.shape();
        this.bufferMillis = bufferMillis;
        this.tally = tally;
        this.state = state;
    }

    /** What the call gets; packets are taken from now on. */
    Intake intake(TapDirection direction) {
        intake.take(direction);
        return intake;
    }

    void start(TapDirection direction, boolean paused, long now) {
        nextSinkTurn = now;
        pipeline = new Pipeline(shape, direction, intake, now, this::deliver);
        pipeline.pause(paused);
    }

    void change(TapDirection direction, boolean paused, long now) {
        if (pipeline != null) {
            pipeline.direction(direction, now);
            pipeline.pause(paused);
        }
    }

    /** @return false when the leg is closed, and all that came from it is through */
    boolean turn(long now) {
        boolean last = intake.isClosed();
        if (pipeline != null) {
            pipeline.turn(now);
            digits();
            if (now - nextSinkTurn >= 0) {
                nextSinkTurn = now + SINK_TURN_NANOS;
                if (state.get() == State.TAPPING) {
                    sink.turn(now);
                }
                tally.publish(pipeline, backlog);
            }
        }
        return !last;
    }

    private void digits() {
        for (Intake.Digit digit = intake.nextDigit(); digit != null; digit = intake.nextDigit()) {
            if (state.get() == State.TAPPING) {
                sink.digit(digit.digit(), digit.durationMillis());
            }
        }
    }

    /** The sink is away: the newest frames wait for it. */
    void hold() {
        if (backlog == null) {
            int tracks = shape.layout() == AudioShape.Layout.TRACKS ? 2 : 1;
            backlog = new Backlog(Math.max(1, bufferMillis / shape.frameMillis()) * tracks);
        }
    }

    /** The sink is there again: what waited goes first, with the next frame. @param late false: nobody wants it so late, as in a conversation */
    void resume(boolean late) {
        afterGap = true;
        if (!late) {
            backlog.clear();
        }
        tally.reconnected();
    }

    private void deliver(Track track, byte[] frame, long offsetMillis) {
        while (state.get() == State.TAPPING && backlog != null && !backlog.isEmpty()) {
            send(backlog.track(), backlog.frame(), backlog.offset());
            backlog.removeFirst();
        }
        if (state.get() == State.TAPPING) {
            send(track, frame, offsetMillis);
        } else if (state.get() == State.RECONNECTING) {
            backlog.add(track, frame, offsetMillis);
        }
    }

    private void send(Track track, byte[] frame, long offsetMillis) {
        boolean gap = afterGap;
        afterGap = false;
        tally.sent(frame.length);
        sink.frame(track, frame, frame.length, offsetMillis, gap);
    }

    void close() {
        if (pipeline != null) {
            tally.publish(pipeline, backlog);
        }
        tally.close();
    }
}
