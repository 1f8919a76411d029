package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.runtime.RefreshTime;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Answers;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.event.NotifierDialogTable.Action;
import io.github.camelvoice.sip.event.NotifierDialogTable.Event;
import io.github.camelvoice.sip.event.NotifierDialogTable.State;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageEvent.Ended;
import io.github.camelvoice.subscription.spi.UsageEvent.Why;
import java.util.concurrent.TimeUnit;

/** One dialog of a usage: the actions of {@link NotifierDialogTable}. On the usage's mailbox. */
final class NotifierDialog {

    /** Where a failed refresh does not say when to come again: at least so long, and up to twice. */
    private static final int RETRY_SECONDS = 15;
    /** Smaller differences of the expiry leave the time of the refresh as it is. */
    private static final long SAME_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Any thread: its tags and where it lives. */
    final Dialog dialog;
    private final SubscribeUsage usage;
    private State state = State.LIVE;
    /** The next refresh, or the end of what was granted. */
    private Timers.Timer timer;
    private Timers.Timer notifyTimer;
    private long expiresAt;
    /** Counts the SUBSCRIBEs: answers to earlier ones say nothing any more. */
    private int turn;
    /** Whether a NOTIFY came since the last SUBSCRIBE. */
    private boolean heard;
    private boolean raised;
    /** Whether a NOTIFY said how long it lasts. */
    private boolean toldExpires;
    private Notification news;
    private int granted = -1;
    private int failure;
    private String failurePhrase = "";
    private int retryAfter = -1;

    NotifierDialog(SubscribeUsage usage, Dialog dialog) {
        this.usage = usage;
        this.dialog = dialog;
    }

    private void fire(Event event) {
        Table.Step<State, Action> step = NotifierDialogTable.TABLE.step(state, event);
        state = step.next();
        if (state == State.OVER) {
            stop();
        }
        for (Action action : step.actions()) {
            switch (action) {
                case SEND_REFRESH -> send(usage.asked());
                case SEND_LEAVE -> {
                    stop();
                    send(0);
                }
                case PLAN -> plan();
                case PLAN_RETRY -> planRetry();
                case ARM -> {
                    stop();
                    if (state == State.OWED) {
                        plan();
                    }
                    notifyTimer = schedule(Subscriber.GIVE_UP_MILLIS, Event.NO_NOTIFY);
                }
                case DISARM -> cancelNotifyTimer();
                case TELL -> usage.tell(this, news);
                case OVER_BY_NOTIFIER -> usage.over(this, new Ended(Why.TERMINATED, 0, news.state().reason()));
                case OVER_BY_US -> usage.over(this, new Ended(Why.UNSUBSCRIBED, 0, ""));
                case OVER_LOST -> usage.over(this, new Ended(Why.REFRESH_FAILED, failure, failurePhrase));
                case OVER_UNHEARD -> usage.over(this, new Ended(Why.NO_NOTIFY, 0, "no NOTIFY after a refresh"));
            }
        }
    }

    // ---- what happens to it

    /** A NOTIFY in order. */
    void notified(Notification notification) {
        news = notification;
        heard = true;
        boolean over = notification.state().state() == UsageEvent.State.TERMINATED;
        if (notification.state().expires() > 0) {
            granted = notification.state().expires();
            toldExpires = true;
        }
        fire(over ? Event.TERMINATED : Event.NOTIFY);
        news = null;
    }

    /** The 2xx to the first SUBSCRIBE says how long it lasts; what a NOTIFY said counts more. */
    void granted(int seconds) {
        if (!toldExpires && state == State.LIVE) {
            granted = seconds;
            plan();
        }
    }

    void refresh() {
        fire(Event.DUE);
    }

    void leave() {
        fire(Event.LEAVE);
    }

    void fetch() {
        fire(Event.FETCH);
    }

    boolean isOver() {
        return state == State.OVER;
    }

    // ---- time

    /** By what was granted last, if that is news. */
    private void plan() {
        int seconds = Math.min(granted > 0 ? granted : timer == null ? usage.granted() : -1, usage.asked());
        granted = -1;
        if (seconds <= 0) {
            return;
        }
        long at = usage.now() + TimeUnit.SECONDS.toNanos(seconds);
        if (timer != null && Math.abs(at - expiresAt) < SAME_NANOS) {
            return;
        }
        expiresAt = at;
        setTimer((long) (RefreshTime.of(seconds, usage.random()) * 1000), Event.DUE);
    }

    private void planRetry() {
        long left = TimeUnit.NANOSECONDS.toMillis(expiresAt - usage.now());
        long wait = (long) ((retryAfter > 0 ? retryAfter : RETRY_SECONDS) * (1 + usage.random()) * 1000);
        if (wait < left) {
            setTimer(wait, Event.DUE);
        } else {
            setTimer(Math.max(left, 0), Event.EXPIRED);
        }
    }

    private void setTimer(long millis, Event event) {
        if (timer != null) {
            timer.cancel();
        }
        timer = schedule(millis, event);
    }

    private Timers.Timer schedule(long millis, Event event) {
        return usage.env().timers().schedule(millis, TimeUnit.MILLISECONDS, usage.mailbox(), () -> fire(event));
    }

    private void cancelNotifyTimer() {
        if (notifyTimer != null) {
            notifyTimer.cancel();
            notifyTimer = null;
        }
    }

    /** Sets no timer any more. */
    void stop() {
        cancelNotifyTimer();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Gives everything back. */
    void close() {
        stop();
        turn++;
        state = State.OVER;
    }

    // ---- SUBSCRIBE in the dialog

    private void send(int expires) {
        int mine = ++turn;
        heard = false;
        Exchange.start(usage.env(), usage.mailbox(), usage.credentials(), () -> request(expires), new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                if (mine == turn) {
                    answered(response, expires);
                }
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                if (mine == turn) {
                    failed(timeout ? 408 : 503, why, Event.SILENCE);
                }
            }
        });
    }

    private SIPRequest request(int expires) {
        SIPRequest request = dialog.request(SIPRequest.SUBSCRIBE);
        usage.addTo(request, dialog.nextTransport(), expires);
        return request;
    }

    private void answered(SIPResponse response, int expires) {
        int code = response.getStatusCode();
        if (code < 300) {
            raised = false;
            dialog.refreshTarget(response, null);
            granted = Answers.expires(response, expires);
            fire(heard ? Event.OK_HEARD : Event.OK);
        } else if (code == 423 && expires > 0 && !raised && usage.raise(response)) {
            raised = true;
            send(usage.asked());
        } else {
            retryAfter = Answers.retryAfter(response);
            // Where nothing is wrong with the subscription itself it goes on. A refusal that another try would meet again ends it,
            // also where RFC 6665 would wait: there is a new subscription sooner then.
            boolean later = code >= 500 && code < 600 && code != 501 || code == 491;
            failed(code, response.getReasonPhrase(), later ? Event.LATER : Event.GONE);
        }
    }

    private void failed(int code, String phrase, Event event) {
        failure = code;
        failurePhrase = phrase == null ? "" : phrase;
        fire(event);
    }
}
