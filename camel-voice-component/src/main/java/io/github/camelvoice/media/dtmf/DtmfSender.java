package io.github.camelvoice.media.dtmf;

import io.github.camelvoice.media.rtp.OutboundNumbering;
import io.github.camelvoice.media.rtp.RtpView;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Sends digits as telephone events, one after another: the timestamp stands still during an event while its duration grows, the
 * first packet has the marker bit, the last is sent three times (RFC 4733, 2.5.1). Called once per packet time; in pauses it
 * leaves the packet to others. One thread.
 */
public final class DtmfSender {

    /** Length of a {@code w}. */
    public static final int PAUSE_MILLIS = 500;
    private static final int END_PACKETS = 3;

    private record Digits(String id, String digits, int toneMillis, int gapMillis) {
    }

    private enum Phase {
        IDLE, TONE, END, PAUSE
    }

    private final Consumer<String> sent;
    private final ArrayDeque<Digits> queue = new ArrayDeque<>(2);
    private Digits current;
    private int at;
    private Phase phase = Phase.IDLE;
    private int code;
    private long begun;
    private long timestamp;
    private int timestampUnits = TelephoneEvent.CLOCK_RATE / 1000;
    private int durationUnits = TelephoneEvent.CLOCK_RATE / 1000;
    /** Of the event, in milliseconds; and the part of it, in units, that is told in segments before this one (RFC 4733, 2.5.1.3). */
    private int toned;
    private int earlier;
    /** In units. */
    private int duration;
    private int endsLeft;
    private int occupied;
    private int pauseLeft;

    /** @param sent told the id of digits that are all on the wire */
    public DtmfSender(Consumer<String> sent) {
        this.sent = sent;
    }

    public void enqueue(String id, String digits, int toneMillis, int gapMillis) {
        queue.addLast(new Digits(id, digits, toneMillis, gapMillis));
    }

    /**
     * What time is counted in from now on, Hz.
     *
     * @param audio  clock of the timestamps, which events share with the audio
     * @param events clock of the durations, which the far end may have told another (RFC 4733, section 2.1 wants them to be one)
     */
    public void clockRates(int audio, int events) {
        timestampUnits = audio / 1000;
        durationUnits = events / 1000;
    }

    /** Whether there is anything still to send; while there is, {@link #next} wants to be called. */
    public boolean active() {
        return phase != Phase.IDLE || !queue.isEmpty();
    }

    /**
     * The turn of one packet time.
     *
     * @return length of the packet made at position 0 of {@code out}, or 0: a pause, send something else
     */
    public int next(ByteBuffer out, OutboundNumbering numbering, int payloadType, int millis, long now) {
        if (phase == Phase.IDLE) {
            step();
        }
        return switch (phase) {
            case IDLE -> 0;
            case PAUSE -> {
                pauseLeft -= millis;
                if (pauseLeft <= 0) {
                    phase = Phase.IDLE;
                    step();
                }
                yield 0;
            }
            case TONE -> tone(out, numbering, payloadType, millis, now);
            case END -> end(out, numbering, payloadType, millis, now);
        };
    }

    private int tone(ByteBuffer out, OutboundNumbering numbering, int payloadType, int millis, long now) {
        boolean first = toned == 0;
        if (first) {
            timestamp = numbering.nextTimestamp(now, millis * timestampUnits);
            begun = timestamp;
        } else if (duration == TelephoneEvent.LONGEST) {
            earlier += duration;
            timestamp = (timestamp + (long) duration * timestampUnits / durationUnits) & 0xFFFFFFFFL;
        }
        toned += millis;
        duration = Math.min(TelephoneEvent.LONGEST, toned * durationUnits - earlier);
        occupied += millis;
        boolean end = toned >= current.toneMillis;
        write(out, numbering, payloadType, now, first, end);
        if (end) {
            phase = Phase.END;
            endsLeft = END_PACKETS - 1;
        }
        return RtpView.HEADER + TelephoneEvent.LENGTH;
    }

    private int end(ByteBuffer out, OutboundNumbering numbering, int payloadType, int millis, long now) {
        occupied += millis;
        write(out, numbering, payloadType, now, false, true);
        if (--endsLeft == 0) {
            numbering.continueAfter((begun + (long) (occupied - millis) * timestampUnits) & 0xFFFFFFFFL);
            pauseLeft = current.gapMillis - (END_PACKETS - 1) * millis;
            phase = pauseLeft > 0 ? Phase.PAUSE : Phase.IDLE;
            if (phase == Phase.IDLE) {
                step();
            }
        }
        return RtpView.HEADER + TelephoneEvent.LENGTH;
    }

    private void write(ByteBuffer out, OutboundNumbering numbering, int payloadType, long now, boolean marker, boolean end) {
        numbering.stamp(out, 0, payloadType, timestamp, now, marker);
        TelephoneEvent.write(out, RtpView.HEADER, code, end, duration);
    }

    /** The far end takes no events any more: what was not sent is dropped, and told as done, for nobody shall wait. */
    public void abandon() {
        phase = Phase.IDLE;
        if (current != null) {
            sent.accept(current.id);
            current = null;
        }
        while (!queue.isEmpty()) {
            sent.accept(queue.pollFirst().id);
        }
    }

    /** From IDLE: begins what comes next, and tells of digits that are done. */
    private void step() {
        while (phase == Phase.IDLE) {
            if (current != null && at == current.digits.length()) {
                String id = current.id;
                current = null;
                sent.accept(id);
            }
            if (current == null) {
                current = queue.pollFirst();
                at = 0;
                if (current == null) {
                    return;
                }
            }
            if (at == current.digits.length()) {
                continue;
            }
            char digit = current.digits.charAt(at++);
            if (digit == 'w') {
                pauseLeft = PAUSE_MILLIS;
                phase = Phase.PAUSE;
            } else {
                code = TelephoneEvent.codeOf(digit);
                toned = 0;
                earlier = 0;
                duration = 0;
                occupied = 0;
                phase = Phase.TONE;
            }
        }
    }
}
