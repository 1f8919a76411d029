package io.github.camelvoice.notifier;

import java.util.concurrent.atomic.LongAdder;

/** What the notifier counts. */
final class Counts {
    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder notifies = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder expired = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder dropped = new LongAdder();
}
