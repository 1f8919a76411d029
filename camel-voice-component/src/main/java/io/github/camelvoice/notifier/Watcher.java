package io.github.camelvoice.notifier;

import io.github.camelvoice.notifier.WatcherTable.Action;
import io.github.camelvoice.notifier.WatcherTable.Event;
import io.github.camelvoice.notifier.WatcherTable.State;
import io.github.camelvoice.notifier.spi.EventTerms;
import io.github.camelvoice.notifier.spi.SubscribeRequest;
import io.github.camelvoice.notifier.spi.WatcherDialog;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription to us: the actions of {@link WatcherTable}. What is not said to be for any thread belongs to its mailbox. */
final class Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final int LONGEST_REST = 300;
    /** Bytes of documents in one NOTIFY for a list: what we take ourselves in one message is four times that. */
    private static final int ROOM_UDP = 6_000;
    private static final int ROOM_STREAM = 24_000;
    private static final Map<String, String> LATER = Map.of("Retry-After", "30");

    private final String id;
    private final WatcherServices services;
    private final Mailbox mailbox;
    private final EventTerms terms;
    private final ServedPackage served;
    private final Telling telling;
    private final String owner;
    private final Instant since;
    private final AtomicBoolean poked = new AtomicBoolean();
    private final SubscribeRequest request;
    private State state = State.ASKING;
    private WatcherDialog dialog;
    private WatcherDecision refusal;
    private volatile boolean pending;
    private String reason = "timeout";
    private boolean lastWithState;
    private int granted;
    private volatile long endsAt;
    private volatile long told;
    private int postponed;
    private Timers.Timer expiry;
    private Timers.Timer rest;

    /** @param granted seconds, 0 for a fetch; @param owner whom it counts for */
    Watcher(String id, WatcherServices services, SubscribeRequest request, ServedPackage served, int granted, String owner) {
        this.id = id;
        this.services = services;
        this.mailbox = new Mailbox(services.pool(), "watcher " + id);
        this.request = request;
        this.terms = request.terms();
        this.served = served;
        this.granted = granted;
        this.owner = owner;
        this.since = services.clock().now();
        this.telling = new Telling(services, served, terms, terms.transport().equals("udp") ? ROOM_UDP : ROOM_STREAM);
        this.endsAt = services.clock().nanos() + TimeUnit.SECONDS.toNanos(granted);
    }

    // ---- any thread

    String id() {
        return id;
    }

    String owner() {
        return owner;
    }

    /** Whether it watches the list of this user of ours that is called by its name. */
    boolean isListOf(String user) {
        return telling.isList() && !terms.recipientList() && terms.user().equals(user);
    }

    /** @param resources what is watched; @param list whether as a list */
    void open(List<Watched> resources, String listUri) {
        telling.open(resources, listUri);
        mailbox.release(() -> { });
    }

    void decide(WatcherDecision decision) {
        mailbox.execute(() -> decided(decision));
    }

    /** One of the resources has news: however many come, one task is enough. */
    void poke() {
        if (poked.compareAndSet(false, true)) {
            mailbox.execute(() -> {
                poked.set(false);
                if (!pending && telling.hasNews()) {
                    fire(Event.CHANGED);
                }
            });
        }
    }

    void dropped() {
        services.counts().dropped.increment();
    }

    /** @param why a reason of RFC 6665, section 4.1.3 */
    void end(String why) {
        mailbox.execute(() -> end(why, false));
    }

    void abandon() {
        mailbox.execute(() -> fire(Event.ABANDON));
    }

    WatcherInfo info() {
        long left = endsAt - services.clock().nanos();
        return new WatcherInfo(id, terms.event(), terms.resource(), telling.size(), terms.from(), terms.authenticated(),
                terms.source().getAddress().getHostAddress(), pending, since, services.clock().now().plusNanos(left), told);
    }

    // ---- the mailbox

    private void fire(Event event) {
        Table.Step<State, Action> step = WatcherTable.TABLE.step(state, event);
        state = step.next();
        for (Action action : step.actions()) {
            switch (action) {
                case ANSWER -> answer();
                case ANSWER_REFUSAL -> {
                    services.counts().refused.increment();
                    request.refuse(refusal.code(), refusal.phrase(), Map.of());
                }
                case ANSWER_UNAVAILABLE -> request.refuse(503, null, LATER);
                case SEND -> send();
                case SEND_LAST -> sendLast();
                case REST -> rest(services.options().interval().toMillis());
                case REST_AS_ASKED -> restAsAsked();
                case STOP_REST -> stop(rest);
                case FORGET -> forget();
            }
        }
    }

    private void decided(WatcherDecision decision) {
        boolean asking = state == State.ASKING;
        switch (decision.kind()) {
            case ACCEPT -> {
                pending = false;
                telling.everything();
                fire(asking ? granted == 0 ? Event.FETCH : Event.ADMIT : Event.ASKED);
            }
            case PEND -> {
                if (asking) {
                    pending = true;
                    fire(granted == 0 ? Event.FETCH : Event.ADMIT);
                }
            }
            case REJECT -> {
                refusal = decision;
                reason = "rejected";
                fire(asking ? Event.REFUSE : Event.END);
            }
        }
    }

    private void answer() {
        services.counts().accepted.increment();
        dialog = request.accept(granted, telling.isList(), mailbox, this::refreshed);
        lastWithState = granted == 0;
        if (granted > 0) {
            expireIn(granted);
        }
    }

    private void expireIn(int seconds) {
        stop(expiry);
        granted = seconds;
        endsAt = services.clock().nanos() + TimeUnit.SECONDS.toNanos(seconds);
        expiry = services.timers().schedule(seconds, TimeUnit.SECONDS, mailbox, () -> {
            services.counts().expired.increment();
            end("timeout", false);
        });
    }

    private void end(String why, boolean withState) {
        if (state != State.CLOSING && state != State.LAST) {
            reason = why;
            lastWithState = withState;
        }
        fire(Event.END);
    }

    /** A SUBSCRIBE of the dialog. */
    private void refreshed(SubscribeRequest again) {
        if (state == State.CLOSING || state == State.LAST || state == State.GONE) {
            again.refuse(481);
            return;
        }
        int asked = again.terms().expires();
        if (asked == 0) {
            again.prolong(0);
            end("timeout", true);
            return;
        }
        if (asked > 0 && asked < services.options().minExpires()) {
            again.refuse(423, null, Map.of("Min-Expires", String.valueOf(services.options().minExpires())));
            return;
        }
        int seconds = Math.min(asked < 0 ? served.expires() : asked, services.options().maxExpires());
        again.prolong(seconds);
        expireIn(seconds);
        telling.everything();
        fire(Event.ASKED);
    }

    private void send() {
        long left = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(endsAt - services.clock().nanos() + 999_999_999L));
        Body body = pending ? null : telling.next();
        tell((pending ? "pending" : "active") + ";expires=" + left, body);
        if (!pending && telling.hasNews()) {
            poke();
        }
    }

    private void sendLast() {
        stop(expiry);
        if (lastWithState) {
            telling.everything();
        }
        tell("terminated;reason=" + reason + (reason.equals("probation") ? ";retry-after=30" : ""), lastWithState && !pending ? telling.next() : null);
    }

    private void tell(String subscriptionState, Body body) {
        services.counts().notifies.increment();
        dialog.tell(subscriptionState, body == null ? null : body.contentType(), body == null ? new byte[0] : body.bytes(), new WatcherDialog.Outcome() {
            @Override
            public void answered(int code, int retryAfter) {
                if (code / 100 == 2) {
                    told++;
                    fire(Event.DELIVERED);
                } else if (retryAfter >= 0 && code != 481) {
                    postponed = retryAfter;
                    fire(Event.POSTPONED);
                } else {
                    lost("NOTIFY was answered with " + code);
                }
            }

            @Override
            public void unanswered(String why) {
                lost(why);
            }
        });
    }

    private void lost(String why) {
        if (state != State.LAST) {
            services.counts().lost.increment();
            LOG.info("[watcher {}] {} of {} is not watched any more by {}: {}", id, terms.event(), terms.user(), terms.source(), why);
        }
        fire(Event.LOST);
    }

    /** What was postponed is said anew. */
    private void restAsAsked() {
        telling.everything();
        rest(TimeUnit.SECONDS.toMillis(Math.min(LONGEST_REST, Math.max(1, postponed))));
    }

    private void rest(long millis) {
        if (millis == 0) {
            fire(Event.RESTED);
        } else {
            rest = services.timers().schedule(millis, TimeUnit.MILLISECONDS, mailbox, () -> fire(Event.RESTED));
        }
    }

    private static void stop(Timers.Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void forget() {
        stop(expiry);
        stop(rest);
        telling.close();
        if (dialog != null) {
            dialog.close();
        }
        services.gone(this);
    }
}
