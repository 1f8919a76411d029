package io.github.camelvoice.tap.session;

import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.runtime.EngineClock;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What sessions share.
 *
 * @param gone told on the session's loop when a tap is over
 */
record TapServices(EngineClock clock, Callbacks callbacks, Sums sums, Consumer<TapSession> gone) {

    /** Sums over all taps. */
    static final class Sums {
        final LongAdder started = new LongAdder();
        final LongAdder failed = new LongAdder();
        final LongAdder frames = new LongAdder();
        final LongAdder dropped = new LongAdder();
        final LongAdder reconnects = new LongAdder();
    }
}
