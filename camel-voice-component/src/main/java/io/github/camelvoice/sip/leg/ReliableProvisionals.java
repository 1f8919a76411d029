package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.RAck;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The called side of RFC 3262: reliable provisional responses, one at a time, each repeated until its PRACK comes. */
final class ReliableProvisionals {

    private record Pending(SIPResponse response, boolean sdp) {
    }

    private final LegEnv env;
    private final java.util.concurrent.Executor mailbox;
    private final InboundRequest invite;
    private final Runnable gaveUp;
    private final Deque<Pending> queue = new ArrayDeque<>(2);
    private long rseq;
    private Timers.Timer timer;
    private long pause;
    private long waited;
    private boolean stopped;

    ReliableProvisionals(LegEnv env, java.util.concurrent.Executor mailbox, InboundRequest invite, Runnable gaveUp) {
        this.env = env;
        this.mailbox = mailbox;
        this.invite = invite;
        this.gaveUp = gaveUp;
        this.rseq = ThreadLocalRandom.current().nextInt(1, 1 << 30);
    }

    void send(SIPResponse response, boolean sdp) {
        queue.add(new Pending(response, sdp));
        if (queue.size() == 1) {
            transmit();
        }
    }

    /** Whether one with SDP is not acknowledged yet: no 2xx may be sent before (section 3). */
    boolean sdpUnacknowledged() {
        return queue.stream().anyMatch(Pending::sdp);
    }

    /** @return whether the PRACK names the response that waits for it; the next one is then sent */
    boolean acknowledged(SIPRequest prack) {
        if (queue.isEmpty() || !(prack.getHeader("RAck") instanceof RAck rack) || rack.getRSequenceNumber() != rseq
                || rack.getCSequenceNumber() != invite.message().getCSeq().getSeqNumber()
                || !SIPRequest.INVITE.equals(rack.getMethod())) {
            return false;
        }
        stopTimer();
        queue.remove();
        rseq++;
        if (!queue.isEmpty() && !stopped) {
            transmit();
        }
        return true;
    }

    private void transmit() {
        SIPResponse response = queue.peek().response();
        response.addHeader(Messages.REQUIRE_100REL);
        response.addHeader(new RawHeader("RSeq", String.valueOf(rseq)));
        pause = env.settings().t1Millis();
        waited = 0;
        invite.respond(response);
        schedule();
    }

    private void schedule() {
        long mine = rseq;
        timer = env.timers().schedule(pause, TimeUnit.MILLISECONDS, mailbox, () -> due(mine));
    }

    private void due(long which) {
        if (stopped || queue.isEmpty() || which != rseq) {
            return;
        }
        waited += pause;
        if (waited >= env.settings().giveUpMillis()) {
            stop();
            gaveUp.run();
            return;
        }
        invite.respond(queue.peek().response());
        pause = Math.min(pause * 2, env.settings().giveUpMillis() - waited);
        schedule();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** The INVITE is answered: nothing is repeated any more, but a PRACK may still come. */
    void stop() {
        stopped = true;
        stopTimer();
    }
}
