package io.github.camelvoice.sip.leg;

import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.stack.SipDoor;

/** What all legs share. Thread-safe. */
public final class LegEnv extends SipEnv {

    private final LegSettings settings;
    private final LegTable legs = new LegTable();
    private final RawHeader minSe;

    public LegEnv(SipDoor door, Timers timers, Ids ids, LegSettings settings) {
        super(door, timers, ids, settings.identity(), settings.product(), settings.pinSource());
        this.settings = settings;
        this.minSe = new RawHeader("Min-SE", String.valueOf(settings.minSe()));
    }

    public LegTable legs() {
        return legs;
    }

    LegSettings settings() {
        return settings;
    }

    RawHeader minSe() {
        return minSe;
    }

    /** The option tags that we support, as a header. */
    RawHeader supported() {
        return settings.sessionTimers() ? Messages.SUPPORTED : Messages.SUPPORTED_100REL;
    }
}
