package io.github.camelvoice.store;

import io.github.camelvoice.account.UserStore;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.Outbox;
import io.github.camelvoice.callback.StoredCallback;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.session.SessionStore;
import io.github.camelvoice.store.CallStore.NumberedCall;
import io.github.camelvoice.subscription.SubscriptionStore;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.TraceLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of a node, live and past, with their messages: written through a log, read from the store. What is read has all that happened before.
 * Thread-safe; reading waits for the database, writing never does.
 */
public final class CallArchive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallArchive.class);
    /** A call that ended longer ago has all its messages: its transactions are over (RFC 3261, 64 x T1) and its trace is closed. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    /** Of one call: its own, those of a fork, and those where they were sent on to. */
    private static final int MOST_LEGS = 64;

    private final CallStore store;
    private final FedLog log;
    private final EngineClock clock;
    private final Keeping keeping;
    private final CatchUp listing;

    /** Secrets of accounts are sealed for this process alone. @param store is closed with the archive */
    public CallArchive(CallStore store, FedLog log, EngineClock clock) {
        this(store, log, clock, Keeping.ofThisProcess());
    }

    /**
     * @param store   is closed with the archive
     * @param keeping how accounts are kept
     */
    public CallArchive(CallStore store, FedLog log, EngineClock clock, Keeping keeping) {
        this.store = store;
        this.keeping = keeping;
        this.log = log;
        this.clock = clock;
        this.listing = new CatchUp(log, clock);
    }

    public void start() throws StoreException {
        log.start();
    }

    /** Where the capture writes. */
    public TraceLog log() {
        return log;
    }

    /** Where callbacks are written down. */
    public Outbox outbox() {
        return new StoredOutbox(log, store);
    }

    /** Where subscriptions are kept. @param shared whether other nodes write into the same database and share the subscriptions with us */
    public SubscriptionStore subscriptions(boolean shared) {
        return new StoredSubscriptions(log, store, clock, shared);
    }

    /** Where accounts, sessions and their histories are kept: those of this node. One of it. */
    public SessionStore sessions() {
        return new StoredSessions(log, store, clock, keeping);
    }

    /** Where users of ours are kept, for all nodes that share the database. */
    public UserStore users() {
        return new StoredUsers(store);
    }

    /** A page of callbacks, newest first, with all that happened before. @throws StoreException if the store cannot be read now */
    public CallbackPage callbacks(CallbackQuery query) throws StoreException {
        catchUp();
        return store.callbacks(query);
    }

    /** The callback with this id, with its attempts, as it is now. @throws StoreException if the store cannot be read now */
    public Optional<StoredCallback> callback(String id) throws StoreException {
        catchUp();
        return store.callback(id).map(CallbackStore.Found::callback);
    }

    /** Whether this node delivers the callback. */
    public boolean isOurs(String callbackId) throws StoreException {
        return store.callback(callbackId).filter(found -> found.source().equals(log.source())).isPresent();
    }

    /** The newest call of the project with this call id or SIP Call-ID, live or over. @throws StoreException if the store cannot be read now */
    public Optional<CallRecord> find(String project, String id) throws StoreException {
        Optional<CallRecord> call = store.find(project, id);
        if (call.isPresent() && isSettled(call.get())) {
            return call;
        }
        catchUp();
        return store.find(project, id);
    }

    /** The same with its messages. */
    public Optional<SipInfo> read(String project, String id) throws StoreException {
        Optional<SipInfo> info = store.read(project, id);
        if (info.isPresent() && isSettled(info.get().call())) {
            return info;
        }
        catchUp();
        return store.read(project, id);
    }

    /**
     * All legs of what the call is part of: the call that it was placed for, or itself, and all that were placed for that one, oldest first. Where
     * nothing was placed for anything, the call that it is bridged with is the other leg. At most {@value #MOST_LEGS}.
     *
     * @return empty where there is no such call
     */
    public List<SipInfo> legs(String project, String id) throws StoreException {
        SipInfo asked = read(project, id).orElse(null);
        if (asked == null) {
            return List.of();
        }
        String parent = asked.call().parentCallId();
        SipInfo first = parent == null ? asked : store.read(project, parent).orElse(asked);
        List<SipInfo> legs = new ArrayList<>(List.of(first));
        for (CallRecord child : store.children(project, parent == null ? asked.call().callId() : parent, MOST_LEGS)) {
            if (legs.size() < MOST_LEGS && legs.stream().noneMatch(leg -> leg.call().callId().equals(child.callId()))) {
                store.read(project, child.callId()).ifPresent(legs::add);
            }
        }
        if (legs.size() == 1 && asked.call().peerCallId() != null) {
            store.read(project, asked.call().peerCallId()).ifPresent(legs::add);
        }
        return legs;
    }

    /** Calls that were placed for this one, oldest first. @throws StoreException if the store cannot be read now */
    public List<CallRecord> children(String project, String id, int most) throws StoreException {
        catchUp();
        return store.children(project, id, most);
    }

    private boolean isSettled(CallRecord call) {
        return call.isOver() && call.endedAt().plus(SETTLED).isBefore(clock.now());
    }

    /**
     * A page of calls, newest first. The first page has all that happened before, unless the store is behind the calls by more than a second;
     * those that follow are as the store has them. At most four times a second, for all who list, the store is fed early.
     */
    public CallPage list(CallQuery query) throws StoreException {
        if (query.pageToken() == null) {
            try {
                if (!listing.await()) {
                    LOG.debug("the store is behind the calls: a list may lack the latest");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StoreException("interrupted", interrupted);
            }
        }
        return store.list(query);
    }

    /** Makes a consumer known if it is new: it will have the calls that end from now on, or all that are kept. */
    public void enrol(String consumer, boolean fromNow) throws StoreException {
        if (store.cursor(log.source(), consumer).isEmpty()) {
            store.moveCursor(log.source(), consumer, fromNow ? store.lastEnded(log.source()) : 0);
        }
    }

    /** Ended calls of this node which the consumer has not had, oldest first, as they are in the store now: see {@link #catchUp}. */
    public List<NumberedCall> pending(String consumer, int most) throws StoreException {
        return store.endedAfter(log.source(), store.cursor(log.source(), consumer).orElse(0), most);
    }

    /** The consumer has had all up to this number. */
    public void delivered(String consumer, long number) throws StoreException {
        store.moveCursor(log.source(), consumer, number);
    }

    /** Runs the listener when entries have come to the store, on a thread of the archive: it must be quick. */
    public void onStored(Runnable listener) {
        log.onStored(listener);
    }

    public ArchiveFigures figures() {
        return log.figures();
    }

    /** Waits, for at most 5 s, until all that happened so far can be read. @throws StoreException if it cannot */
    public void catchUp() throws StoreException {
        Asking.catchUp(log);
    }

    @Override
    public void close() {
        log.close();
        store.close();
    }
}
