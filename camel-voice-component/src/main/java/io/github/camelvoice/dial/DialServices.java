package io.github.camelvoice.dial;

import io.github.camelvoice.call.Calls;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What every dial needs from around it.
 *
 * @param codecs encoding names of the engine, in order of preference
 * @param pool   threads of the mailboxes
 */
public record DialServices(Calls calls, Ringback tones, List<String> codecs, EngineClock clock, Timers timers, Ids ids, Executor pool) {

    public DialServices {
        codecs = List.copyOf(codecs);
    }
}
