package io.github.camelvoice.sip.leg;

import io.github.camelvoice.runtime.Timers;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Keeps a session from expiring, or notices that it did (RFC 4028, section 10). On the call's mailbox; one timer at a time. */
final class SessionTimer {

    private static final long LEAST_PAUSE_SECONDS = 5;

    private final LegEnv env;
    private final Executor mailbox;
    private final Runnable refresh;
    private final Runnable expired;
    private SessionTerms terms;
    private Timers.Timer timer;
    /** Tells a timer that was cancelled after it had been queued. */
    private int round;

    SessionTimer(LegEnv env, Executor mailbox, Runnable refresh, Runnable expired) {
        this.env = env;
        this.mailbox = mailbox;
        this.refresh = refresh;
        this.expired = expired;
    }

    /** What holds now, null for no session timer. */
    SessionTerms terms() {
        return terms;
    }

    /** A 2xx to INVITE or UPDATE was sent or came: the interval starts anew. {@code agreed} null: no session timer from here on. */
    void restart(SessionTerms agreed) {
        stop();
        terms = agreed;
        if (terms == null) {
            return;
        }
        if (terms.weRefresh()) {
            in(terms.refreshSeconds(), () -> refreshDue(terms.expirySeconds() - terms.refreshSeconds()));
        } else {
            in(terms.expirySeconds(), expired);
        }
    }

    /** @param left seconds until we give up; at half of them a refresh that was refused is tried once more */
    private void refreshDue(long left) {
        long pause = left / 2;
        if (pause >= LEAST_PAUSE_SECONDS) {
            in(pause, () -> refreshDue(left - pause));
        } else {
            in(left, expired);
        }
        refresh.run();
    }

    private void in(long seconds, Runnable then) {
        int mine = ++round;
        timer = env.timers().schedule(seconds, TimeUnit.SECONDS, mailbox, () -> {
            if (mine == round) {
                then.run();
            }
        });
    }

    void stop() {
        round++;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
