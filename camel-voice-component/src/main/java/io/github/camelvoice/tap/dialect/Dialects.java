package io.github.camelvoice.tap.dialect;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;

/** All the dialects. */
public final class Dialects {

    private Dialects() {
    }

    /**
     * The dialect of one tap.
     *
     * @throws IllegalArgumentException what the spec asks for does not exist in the dialect, in words for the caller
     */
    public static Dialect of(TapSpec spec, TapIdentity identity, EngineClock clock) {
        return switch (spec.protocol()) {
            case RAW -> new RawDialect(spec, identity);
            case TWILIO -> new TwilioDialect(spec, identity);
            case SIGNALWIRE -> new SignalWireDialect(spec, identity);
            case TELNYX -> new TelnyxDialect(spec, identity, clock);
            case VONAGE -> new VonageDialect(spec, identity);
            case JAMBONZ -> new JambonzDialect(spec, identity);
            case RTP, ROUTE -> throw new IllegalArgumentException(spec.protocol().word() + " is no dialect of WebSockets");
        };
    }
}
