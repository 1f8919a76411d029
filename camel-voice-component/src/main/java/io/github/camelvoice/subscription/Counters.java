package io.github.camelvoice.subscription;

import java.util.concurrent.atomic.LongAdder;

/** What was counted since the start. */
final class Counters {

    final LongAdder notifies = new LongAdder();
    final LongAdder changes = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder healed = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder resubscriptions = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder listsRefused = new LongAdder();
}
