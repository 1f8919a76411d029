package io.github.camelvoice.call;

import io.github.camelvoice.call.guard.CallGuard;
import io.github.camelvoice.call.spi.CallLedger;
import io.github.camelvoice.call.spi.MediaPlane;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What every call needs from around it.
 *
 * @param pool            threads of the mailboxes
 * @param codecs          encoding names in order of preference
 * @param inboundLimit    longest time of an answered inbound call
 * @param decisionLimit   how long an inbound call may stay undecided before it is answered 480
 * @param hangupOnDeadMedia whether a call whose media is lost is ended
 * @param guard           asked before somebody is called, or told to call
 */
record CallServices(MediaPlane media, EventBus events, CallLedger ledger, EngineClock clock, Timers timers, Ids ids, Executor pool,
                           List<String> codecs, Duration inboundLimit, Duration decisionLimit, boolean hangupOnDeadMedia,
                           Finder finder, Switchboard switchboard, CallGuard guard) {

    /** What a call needs of all others when its far end wants to be elsewhere. */
    interface Switchboard {

        /** Id of the live call whose dialog that is, or null. */
        String holding(Replaces replaces);

        /** Offers a transfer to those who may decide about it. @return 0 if somebody has it, else the code to refuse it with */
        int referred(LiveCall call, IncomingTransfer wish);
    }

    /** Finds live calls by their id. */
    @FunctionalInterface
    interface Finder {
        LiveCall find(String callId) throws CallException;
    }

    LiveCall find(String callId) throws CallException {
        return finder.find(callId);
    }
}
