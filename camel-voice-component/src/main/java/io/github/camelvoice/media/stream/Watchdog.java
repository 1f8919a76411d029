package io.github.camelvoice.media.stream;

import io.github.camelvoice.call.spi.MediaEvent;
import java.time.Duration;

/** Notices when the far end's audio stops though some is due, and when it comes back. Parked while none is due. */
final class Watchdog {

    private final long limitNanos;
    private boolean expecting;
    private long since;
    private boolean silent;

    Watchdog(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** From now on audio is due, or is not. */
    void expect(boolean due, long now) {
        if (due && !expecting) {
            since = now;
        }
        expecting = due;
    }

    /** @param lastHeard time of the last packet, 0 for none @return what there is to tell, or null */
    MediaEvent check(long lastHeard, long now) {
        if (!expecting) {
            return null;
        }
        boolean heardSince = lastHeard != 0 && lastHeard - since > 0;
        if (heardSince) {
            since = lastHeard;
        }
        if (silent) {
            if (heardSince) {
                silent = false;
                return new MediaEvent.Alive();
            }
            return null;
        }
        if (now - since >= limitNanos) {
            silent = true;
            return new MediaEvent.Silent(Duration.ofNanos(now - since));
        }
        return null;
    }
}
