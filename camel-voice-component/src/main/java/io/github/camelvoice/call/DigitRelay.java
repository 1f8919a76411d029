package io.github.camelvoice.call;

import io.github.camelvoice.call.CallCommand.DtmfMethod;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.runtime.Timers;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys pressed at one call of a bridge, on their way to the other: as telephone events where the other far end takes them, else as INFO. Events that
 * both sides take are passed on by the media plane, packet by packet; here goes the rest. Some phones send each key both ways: until it is known which
 * way a far end uses, a key that came by INFO waits for its twin. Belongs to the call's mailbox.
 */
final class DigitRelay {

    /** How long the events of a key may take longer than its INFO. */
    static final int TWIN_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(DigitRelay.class);
    private static final int SHORTEST = 40;
    private static final int LONGEST = 5000;
    private static final int GAP = 50;

    private final LiveCall call;
    /** How the far end sends its keys, null until one came. */
    private DtmfMethod way;
    private char waiting;
    private int waitingMillis;
    private Timers.Timer timer;

    DigitRelay(LiveCall call) {
        this.call = call;
    }

    /** The far end of this call pressed a key. */
    void pressed(char digit, int millis, DtmfMethod method) {
        if (method == DtmfMethod.RFC4733) {
            if (waiting == digit) {
                drop();
            }
            way = method;
            call.bridging().carryDigit(digit, millis, method);
            return;
        }
        release();
        if (way == DtmfMethod.INFO || !takesEvents()) {
            way = method;
            call.bridging().carryDigit(digit, millis, method);
        } else if (way == null) {
            waiting = digit;
            waitingMillis = millis;
            timer = call.services().timers().schedule(TWIN_MILLIS, TimeUnit.MILLISECONDS, call.mailbox(), this::release);
        }
    }

    /** No twin came: the far end uses INFO. */
    private void release() {
        if (waiting != 0) {
            char digit = waiting;
            drop();
            way = DtmfMethod.INFO;
            call.bridging().carryDigit(digit, waitingMillis, way);
        }
    }

    private void drop() {
        waiting = 0;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The bridge, or the call, is over. */
    void stop() {
        drop();
        way = null;
    }

    private boolean takesEvents() {
        MediaInfo info = call.audio().info();
        return info != null && info.dtmfPayload() >= 0;
    }

    /** A key that was pressed at the other call. */
    void carried(char digit, int millis, DtmfMethod method) {
        if (!call.state().isAnswered() || call.audio().leg() == null || method == DtmfMethod.RFC4733 && takesEvents()) {
            return;
        }
        int length = Math.max(SHORTEST, Math.min(LONGEST, millis));
        if (!takesEvents()) {
            InfoDtmf.send(call.leg(), digit, length);
            return;
        }
        try {
            call.audio().leg().sendDtmf(call.services().ids().token(), String.valueOf(digit), length, GAP);
        } catch (MediaException notNow) {
            LOG.info("[{}] a key of the bridged call was not passed on: {}", call.id(), notNow.getMessage());
        }
    }
}
