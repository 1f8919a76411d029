package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Sends the 2xx to an INVITE, and again until the ACK comes, at most for 64 x T1 (RFC 3261, section 13.3.1.4). */
final class OkRepeater {

    private final LegEnv env;
    private final Executor mailbox;
    private final InboundRequest invite;
    private final SIPResponse ok;
    private final Runnable unacknowledged;
    private Timers.Timer timer;
    private long pause;
    private long waited;
    private boolean done;

    OkRepeater(LegEnv env, Executor mailbox, InboundRequest invite, SIPResponse ok, Runnable unacknowledged) {
        this.env = env;
        this.mailbox = mailbox;
        this.invite = invite;
        this.ok = ok;
        this.unacknowledged = unacknowledged;
        this.pause = env.settings().t1Millis();
    }

    void start() {
        invite.respond(ok);
        schedule();
    }

    /** The INVITE came again: so did its 2xx get lost. */
    void again() {
        if (!done) {
            invite.respond(ok);
        }
    }

    long seq() {
        return invite.message().getCSeq().getSeqNumber();
    }

    void stop() {
        done = true;
        timer.cancel();
    }

    private void schedule() {
        timer = env.timers().schedule(pause, TimeUnit.MILLISECONDS, mailbox, this::due);
    }

    private void due() {
        if (done) {
            return;
        }
        waited += pause;
        if (waited >= env.settings().giveUpMillis()) {
            done = true;
            unacknowledged.run();
            return;
        }
        invite.respond(ok);
        pause = Math.min(Math.min(pause * 2, env.settings().t2Millis()), env.settings().giveUpMillis() - waited);
        schedule();
    }
}
