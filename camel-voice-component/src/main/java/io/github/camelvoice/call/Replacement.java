package io.github.camelvoice.call;

import io.github.camelvoice.call.EndCause.Origin;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that came in takes the place of another one (RFC 3891): it is answered, the third call is bridged with it, and the old one
 * ends. If that does not work the new one ends, and the old one goes on.
 */
final class Replacement {

    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final Calls calls;
    private final List<String> codecs;

    Replacement(Calls calls, List<String> codecs) {
        this.calls = calls;
        this.codecs = codecs;
    }

    void take(Call fresh, Call old) {
        Call other;
        try {
            other = calls.find(old.snapshot().peerCallId());
        } catch (CallException gone) {
            fresh.execute(new CallCommand.Reject(603, null, SipHeaders.none()));
            return;
        }
        other.execute(new CallCommand.StayUp(true))
                .thenCompose(ready -> fresh.execute(new CallCommand.Answer(preferring(other.snapshot()), SipHeaders.none())))
                .thenCompose(answered -> other.execute(new CallCommand.Rebridge(fresh.id())))
                .whenComplete((bridged, failure) -> {
                    other.execute(new CallCommand.StayUp(false));
                    if (failure == null) {
                        LOG.info("[{}] takes the place of {}", fresh.id(), old.id());
                        if (old instanceof LiveCall live) {
                            live.mailbox().execute(() -> live.end(EndCause.of(EndCause.Kind.NORMAL, Origin.LOCAL, "replaced by another call")));
                        }
                    } else {
                        LOG.info("[{}] cannot take the place of {}: {}", fresh.id(), old.id(), failure.getMessage());
                        fresh.execute(new CallCommand.Hangup(null, SipHeaders.none()));
                    }
                });
    }

    /** The codec of the call that stays first. */
    private List<String> preferring(CallSnapshot other) {
        if (other.media() == null) {
            return codecs;
        }
        List<String> order = new ArrayList<>();
        order.add(other.media().codec());
        codecs.stream().filter(codec -> !codec.equalsIgnoreCase(other.media().codec())).forEach(order::add);
        return order;
    }
}
