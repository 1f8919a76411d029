package io.github.camelvoice.media.dtmf;

import io.github.camelvoice.media.rtp.RtpView;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Makes one key press of the many packets of an event: told when its end is heard, or, should all end packets be lost, when the
 * next event begins or nothing more came for a while. An event is known by its timestamp; what is said again is ignored. One thread.
 */
public final class DtmfReceiver {

    /** Receives a key that was pressed. */
    @FunctionalInterface
    public interface Keys {
        void pressed(char key, int durationMillis);
    }

    /** Silence after which an event without an end is over: an update is due every 50 ms at the most. */
    static final long LOST_END_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int LONGEST = TelephoneEvent.LONGEST;

    private final Keys keys;
    private int clockRate = TelephoneEvent.CLOCK_RATE;
    private boolean known;
    private boolean running;
    private int ssrc;
    private long timestamp;
    private int code;
    private int duration;
    private int earlierSegments;
    private long lastNanos;

    public DtmfReceiver(Keys keys) {
        this.keys = keys;
    }

    /** Of durations, Hz. */
    public void clockRate(int rate) {
        clockRate = rate;
    }

    /** A packet of the agreed event payload type. Others than those of four bytes or more are ignored. */
    public void packet(RtpView in, long now) {
        if (in.payloadLength() < TelephoneEvent.LENGTH) {
            return;
        }
        ByteBuffer packet = in.buffer();
        int offset = in.payloadOffset();
        int newCode = TelephoneEvent.code(packet, offset);
        int newDuration = TelephoneEvent.duration(packet, offset);
        if (known && in.ssrc() == ssrc) {
            int ahead = (int) (in.timestamp() - timestamp);
            if (ahead < 0 || ahead == 0 && !running) {
                return;
            }
            if (ahead > 0) {
                if (running && newCode == code && ahead == LONGEST && duration == LONGEST) {
                    earlierSegments += LONGEST;
                    duration = 0;
                    timestamp = in.timestamp();
                } else {
                    begin(in, newCode);
                }
            }
        } else {
            begin(in, newCode);
        }
        duration = Math.max(duration, newDuration);
        lastNanos = now;
        if (TelephoneEvent.end(packet, offset)) {
            finish();
        }
    }

    private void begin(RtpView in, int newCode) {
        finish();
        known = true;
        running = true;
        ssrc = in.ssrc();
        timestamp = in.timestamp();
        code = newCode;
        duration = 0;
        earlierSegments = 0;
    }

    /** To be called now and then: ends an event whose end was lost. */
    public void check(long now) {
        if (running && now - lastNanos > LOST_END_NANOS) {
            finish();
        }
    }

    private void finish() {
        if (!running) {
            return;
        }
        running = false;
        char key = TelephoneEvent.keyOf(code);
        if (key != 0) {
            keys.pressed(key, (int) ((earlierSegments + (long) duration) * 1000 / clockRate));
        }
    }
}
