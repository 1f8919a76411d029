package io.github.camelvoice.voice;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each call that ended to a route, at least once, one after the other in the order in which they ended. Those that end while the consumer is
 * suspended or stopped come later. Its thread is never interrupted while it uses the store: an embedded database would not survive that.
 */
@ManagedResource(description = "Managed voice sipinfo consumer")
public class VoiceSipInfoConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceSipInfoConsumer.class);
    private static final String UNNAMED = "sipinfo";
    private static final int LONGEST_NAME = 200;
    private static final long STOP_SECONDS = 2;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final boolean fromNow;
    private final Duration settleTime;
    private final SipInfoFeed.Retries retries;
    private final SipInfoFormat format;
    private final EngineClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition signal = lock.newCondition();
    private final Runnable onStored = this::stored;
    private boolean woken;
    private boolean stored;
    private boolean passing;
    private volatile boolean stopping;
    private volatile String storeTrouble;
    private volatile SipInfoOutlet outlet;
    private volatile SipInfoFeed feed;
    private int storeFailures;
    private String name;
    private ArchiveReader reader;
    private ExecutorService threads;
    private CountDownLatch running;

    /** @throws Exception naming the option that is wrong */
    public VoiceSipInfoConsumer(VoiceEndpoint endpoint, Processor processor) throws Exception {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.clock = endpoint.getComponent().clock();
        this.format = Arguments.choice("format", options.getFormat(), SipInfoFormat.class);
        this.fromNow = switch (options.getStartAt()) {
            case "latest" -> true;
            case "earliest" -> false;
            default -> throw new IllegalArgumentException("startAt has no value '" + options.getStartAt() + "'; there are [latest, earliest]");
        };
        this.settleTime = Duration.ofMillis(options.getSettleTime());
        if (settleTime.isNegative()) {
            throw new IllegalArgumentException("settleTime must be 0 or more: " + options.getSettleTime() + " ms");
        }
        this.retries = new SipInfoFeed.Retries(options.getRetryDelay(), options.getRetryMaxDelay(), options.getMaxRetries());
        this.outlet = new SipInfoOutlet(this, format, options.isRaw());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        name = name();
        ArchiveReader archive = endpoint.archive();
        if (!archive.claim(name)) {
            throw new IllegalArgumentException("two consumers of voice:sipinfo have the name '" + name
                    + "': give their routes ids, or set consumerName");
        }
        reader = archive;
        VoiceConsumerHealthCheck.register(this);
        outlet = new SipInfoOutlet(this, format, options.isRaw());
        feed = new SipInfoFeed(reader.archive(), name, fromNow, clock, new Settling(clock, settleTime), retries, outlet);
        enrol();
        reader.follow(onStored);
        running = new CountDownLatch(1);
        threads = getEndpoint().getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "VoiceSipInfo");
        threads.execute(this::run);
    }

    /** Calls that end from here on are ours; a store that cannot be reached is asked again later. */
    private void enrol() {
        try {
            feed.enrol();
        } catch (StoreException unreachable) {
            trouble(unreachable);
        }
    }

    private String name() {
        String given = Arguments.blankToNull(options.getConsumerName());
        Route route = getRoute();
        String found = given != null ? given : route != null && route.isCustomId() ? route.getRouteId() : UNNAMED;
        if (found.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("consumerName must be at most " + LONGEST_NAME + " characters: " + found);
        }
        return found;
    }

    private void run() {
        try {
            while (!stopping) {
                await(isSuspendingOrSuspended() ? Long.MAX_VALUE : pass());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            running.countDown();
        }
    }

    private long pass() {
        try {
            long wait = feed.pass(() -> !stopping && !isSuspendingOrSuspended());
            if (storeTrouble != null) {
                LOG.info("consumer {} of voice:sipinfo reads the store of calls again", name);
                storeTrouble = null;
            }
            storeFailures = 0;
            return wait;
        } catch (StoreException unreachable) {
            trouble(unreachable);
        } catch (RuntimeException | Error failure) {
            storeTrouble = failure.toString();
            getExceptionHandler().handleException("The store of calls failed for consumer " + name + " of voice:sipinfo", failure);
        }
        return retries.nanos(++storeFailures);
    }

    private void trouble(StoreException unreachable) {
        if (storeTrouble == null) {
            LOG.warn("consumer {} of voice:sipinfo cannot read the store of calls now: {}", name, unreachable.getMessage());
        }
        storeTrouble = unreachable.getMessage();
    }

    /** What comes to the store is of interest only to who waits for it: a call that settles, or is to be tried again, has its own time. */
    private void await(long nanos) throws InterruptedException {
        long start = clock.nanos();
        lock.lock();
        try {
            passing = false;
            long left = nanos;
            while (!stopping && !woken && !(stored && isIdle()) && left > 0) {
                signal.awaitNanos(left);
                left = nanos - (clock.nanos() - start);
            }
            woken = false;
            stored = false;
            passing = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        return feed.waiting() == 0 || storeTrouble != null;
    }

    private void stored() {
        lock.lock();
        try {
            if (!stored) {
                stored = true;
                signal.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There may be something to do. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            signal.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        wake();
    }

    @Override
    protected void doStop() throws Exception {
        stopping = true;
        outlet.close();
        wake();
        if (threads != null) {
            if (!isOver()) {
                outlet.interruptRoute();
                isOver();
            }
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(threads);
            threads = null;
        }
        if (reader != null) {
            reader.unfollow(onStored);
            reader.release(name);
            reader = null;
        }
        super.doStop();
    }

    /** The route has some time to finish, unless whoever stops it is in a hurry. */
    private boolean isOver() {
        try {
            return running.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            outlet.interruptRoute();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops after the others: the calls that end during a shutdown have a record as well. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        endpoint.getComponent().drainIfContextStops();
        return true;
    }

    /** A store in memory ends with the process: a graceful shutdown lets the route have what is in it. Any other has it at the next start. */
    @Override
    public int getPendingExchangesSize() {
        int handing = outlet.isInRoute() ? 1 : 0;
        SipInfoFeed fed = feed;
        if (stopping || isSuspendingOrSuspended() || fed == null || !getEndpoint().getCamelContext().isStopping() || !endpoint.getComponent().isForgetful()
                || trouble() != null) {
            return handing;
        }
        return Math.max(handing, fed.waiting() + endpoint.getLiveCalls() + (isWorking() ? 1 : 0));
    }

    private boolean isWorking() {
        lock.lock();
        try {
            return woken || stored || passing;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            stopping = true;
            outlet.close();
            outlet.interruptRoute();
            wake();
        }
    }

    /** Why calls do not reach the route, null if they do. */
    String trouble() {
        return storeTrouble != null ? "the store of calls cannot be read: " + storeTrouble : outlet.trouble();
    }

    @ManagedAttribute(description = "Name under which is kept which calls the route has had")
    public String getConsumerName() {
        return name;
    }

    @ManagedAttribute(description = "Calls handed to the route")
    public long getDeliveredCalls() {
        return outlet.delivered();
    }

    @ManagedAttribute(description = "Times that the route failed for a call")
    public long getFailedTries() {
        return outlet.failed();
    }

    @ManagedAttribute(description = "Calls given up after maxRetries")
    public long getSkippedCalls() {
        return outlet.skipped();
    }
}
