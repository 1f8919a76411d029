package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the statuses of accounts to a route, in order per account: of all, or of the one in its path, which it registers itself where it has the
 * credentials. The accounts do not wait for each other. While suspended the statuses wait.
 */
@ManagedResource(description = "Managed voice session consumer")
public class VoiceSessionConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceSessionConsumer.class);
    private static final long LOOK_UP_SECONDS = 1;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final SessionRequests requests;
    private final Set<StatusType> types = EnumSet.noneOf(StatusType.class);
    private final LongAdder consumed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile StatusFeed feed = new StatusFeed(1, Set.of(), (account, after, most) -> List.of());
    private volatile HeldAccount held;
    private volatile boolean stopping;
    private volatile long missedBefore;
    private Sessions.Following following;
    private ExecutorService threads;
    private CountDownLatch running;

    /** @throws VoiceRequestException naming the option that is wrong */
    public VoiceSessionConsumer(VoiceEndpoint endpoint, Processor processor) throws VoiceRequestException {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.requests = new SessionRequests(endpoint);
        for (String word : Arguments.list(options.getStatuses())) {
            types.add(type(word));
        }
        if (options.getConcurrentConsumers() < 1 || options.getQueueSize() < options.getConcurrentConsumers()) {
            throw new VoiceRequestException("concurrentConsumers must be 1 or more, and queueSize not less than it");
        }
        if (options.isRegister() && endpoint.getTarget() == null) {
            throw new VoiceRequestException("register=true needs the account in the path: voice:session:alice@example.com");
        }
        requests.check();
    }

    private static StatusType type(String word) throws VoiceRequestException {
        for (StatusType type : StatusType.values()) {
            if (type.name().equals(word)) {
                return type;
            }
        }
        throw new VoiceRequestException("statuses has no value '" + word + "'; there are " + Arrays.toString(StatusType.values()));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        VoiceConsumerHealthCheck.register(this);
        Sessions sessions = endpoint.engine().sessions();
        StatusFeed made = new StatusFeed(options.getQueueSize(), types, sessions::history);
        feed = made;
        HeldAccount own = endpoint.registers() ? new HeldAccount(endpoint.getComponent(), requests.consumers(),
                endpoint.given().contains("autoAnswerInterval") ? options.getAutoAnswerInterval() : null) : null;
        following = sessions.follow(endpoint.getTarget(), status -> {
            made.told(status);
            if (own != null) {
                own.told(status);
            }
        });
        try {
            if (own != null) {
                own.start(sessions);
            }
        } catch (Exception wrong) {
            following.close();
            following = null;
            throw wrong;
        }
        held = own;
        int count = options.getConcurrentConsumers();
        running = new CountDownLatch(count);
        threads = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceSession", count);
        for (int i = 0; i < count; i++) {
            threads.execute(() -> run(made, sessions));
        }
    }

    private void run(StatusFeed from, Sessions sessions) {
        boolean unread = false;
        try {
            while (!stopping) {
                boolean troubled = unread;
                try {
                    StatusFeed.Next next = from.poll(LOOK_UP_SECONDS, () -> isSuspendingOrSuspended() && !stopping);
                    unread = false;
                    if (next != null) {
                        hand(next, sessions, from);
                    }
                } catch (IOException unreadable) {
                    unread = true;
                    if (!troubled) {
                        LOG.warn("route {} fell behind, and the history cannot be read now: {}", getRouteId(), unreadable.getMessage());
                    }
                    from.rest(LOOK_UP_SECONDS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            running.countDown();
        }
    }

    /** The next status of the account comes when the route is through with this one; no thread waits for what the route waits for. */
    private void hand(StatusFeed.Next next, Sessions sessions, StatusFeed from) {
        Exchange exchange = createExchange(false);
        SessionStatus status = next.status();
        try {
            Message message = exchange.getMessage();
            SessionExchanges.fill(message, status);
            message.setHeader(VoiceConstants.SESSION_OWNER, sessions.get(status.account()).map(SessionInfo::owner).orElse(""));
            Results.set(message, VoiceConstants.SESSION_MISSED, next.missed() == 0 ? null : next.missed());
            getAsyncProcessor().process(exchange, doneSync -> through(exchange, next, from));
        } catch (RuntimeException | Error failure) {
            // An error as well, a class that is missing for example: the statuses after it are for a route that may do better.
            exchange.setException(failure);
            through(exchange, next, from);
        }
    }

    private void through(Exchange exchange, StatusFeed.Next next, StatusFeed from) {
        consumed.increment();
        Exception failure = exchange.getException();
        if (failure != null) {
            failed.increment();
            getExceptionHandler().handleException("The route failed for status " + next.status().sequence() + " of " + next.status().account(), exchange,
                    failure);
        }
        releaseExchange(exchange, false);
        from.done(next);
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        feed.wake();
    }

    /** An account of its own is unregistered first: the route hears how that went. */
    @Override
    protected void doStop() throws Exception {
        if (held != null) {
            held.stop();
            held = null;
            feed.awaitThrough(LOOK_UP_SECONDS);
        }
        stopping = true;
        if (following != null) {
            following.close();
            following = null;
        }
        feed.close();
        missedBefore += feed.missed();
        feed = new StatusFeed(1, Set.of(), (account, after, most) -> List.of());
        if (threads != null) {
            running.await(LOOK_UP_SECONDS * 2, TimeUnit.SECONDS);
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(threads);
            threads = null;
        }
        super.doStop();
    }

    /** Stops after the others: the calls that end during a shutdown have statuses as well. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        endpoint.getComponent().drainIfContextStops();
        return true;
    }

    /** Statuses that still wait: a graceful shutdown lets the route have them. */
    @Override
    public int getPendingExchangesSize() {
        return (int) Math.min(Integer.MAX_VALUE, feed.pending());
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            stopping = true;
            feed.close();
        }
    }

    /** Why the account of its own is not registered; null if it is, and without one. */
    String trouble() {
        HeldAccount own = held;
        return own == null ? null : own.trouble();
    }

    @ManagedAttribute(description = "The account whose statuses the route hears; null for all")
    public String getAccount() {
        return endpoint.getTarget();
    }

    @ManagedAttribute(description = "Statuses that wait for the route")
    public long getWaitingStatuses() {
        return feed.waiting();
    }

    @ManagedAttribute(description = "Statuses that the history had no more when the route, which had fallen behind, came to them")
    public long getMissedStatuses() {
        return missedBefore + feed.missed();
    }

    @ManagedAttribute(description = "Statuses handed to the route")
    public long getConsumedStatuses() {
        return consumed.sum();
    }

    @ManagedAttribute(description = "Statuses for which the route failed")
    public long getFailedStatuses() {
        return failed.sum();
    }
}
