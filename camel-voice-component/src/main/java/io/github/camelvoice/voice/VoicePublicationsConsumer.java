package io.github.camelvoice.voice;

import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.notifier.Publication;
import io.github.camelvoice.notifier.PublicationHandler;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.StateMerge;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;

/**
 * Brings what others publish to us (RFC 3903) to a route, in order: reports on the quality of calls (RFC 6035) above all. Where the route falls behind
 * new ones are dropped and counted. While suspended they wait.
 */
@ManagedResource(description = "Managed voice publications consumer")
public class VoicePublicationsConsumer extends DefaultConsumer implements PublicationHandler, Suspendable {

    private static final long LOOK_UP_SECONDS = 1;

    private final VoiceEndpoint endpoint;
    private final Set<String> events = new TreeSet<>();
    private final LongAdder consumed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Pause pause = new Pause();
    private final BlockingQueue<Publication> queue;
    private volatile boolean stopping;
    private Notifier.Registration registration;
    private ExecutorService thread;
    private CountDownLatch running;

    /** @throws VoiceRequestException naming the option that is wrong */
    public VoicePublicationsConsumer(VoiceEndpoint endpoint, Processor processor) throws VoiceRequestException {
        super(endpoint, processor);
        this.endpoint = endpoint;
        VoiceConfiguration options = endpoint.getConfiguration();
        for (String event : Arguments.list(options.getEvent())) {
            events.add(SubscribeRequests.event(event));
        }
        if (options.getQueueSize() < 1) {
            throw new IllegalArgumentException("queueSize must be 1 or more: " + options.getQueueSize());
        }
        this.queue = new ArrayBlockingQueue<>(options.getQueueSize());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        VoiceConsumerHealthCheck.register(this);
        running = new CountDownLatch(1);
        thread = getEndpoint().getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "VoicePublications");
        thread.execute(this::run);
        registration = endpoint.engine().notifier().onPublication(this);
    }

    @Override
    public void published(Publication publication) {
        if (!stopping && (events.isEmpty() || events.contains(publication.event())) && !queue.offer(publication)) {
            dropped.increment();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                pause.await(() -> isSuspendingOrSuspended() && !stopping);
                Publication next = queue.poll(LOOK_UP_SECONDS, TimeUnit.SECONDS);
                if (next != null) {
                    hand(next);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            running.countDown();
        }
    }

    private void hand(Publication publication) {
        Exchange exchange = createExchange(false);
        try {
            fill(exchange, publication);
            getProcessor().process(exchange);
        } catch (Exception | Error failure) {
            // An error as well, a class that is missing for example: what comes after it is for a route that may do better.
            exchange.setException(failure);
        } finally {
            consumed.increment();
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("The route of a publication failed", exchange, exchange.getException());
            }
            releaseExchange(exchange, false);
        }
    }

    /** The body is the state; of what the package cannot read, and of a publication that is removed or prolonged, nothing. */
    private void fill(Exchange exchange, Publication publication) {
        SipHeaderMapping.read(publication.headers(), exchange, endpoint.getHeaderFilterStrategy());
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.EVENT_PACKAGE, publication.event());
        message.setHeader(VoiceConstants.RESOURCE, publication.resource());
        message.setHeader(VoiceConstants.WATCHER, publication.publisher());
        message.setHeader(VoiceConstants.PUBLICATION_EXPIRES, publication.expires());
        Results.set(message, VoiceConstants.AUTHENTICATED_USER, Arguments.blankToNull(publication.user()));
        if (publication.contentType() == null || publication.body().length == 0) {
            return;
        }
        message.setHeader(Exchange.CONTENT_TYPE, publication.contentType());
        message.setHeader(VoiceConstants.RAW_DOCUMENT, new String(publication.body(), StandardCharsets.UTF_8));
        message.setBody(state(publication));
    }

    private static EventState state(Publication publication) {
        StateMerge read = EventPackages.of(publication.event()).merge(null, publication.contentType(), publication.body());
        if (read instanceof StateMerge.Applied applied) {
            return applied.full();
        }
        return read instanceof StateMerge.Gap gap ? gap.full() : null;
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        pause.signal();
    }

    @Override
    protected void doStop() throws Exception {
        stopping = true;
        pause.signal();
        if (registration != null) {
            registration.close();
            registration = null;
        }
        if (thread != null) {
            running.await(LOOK_UP_SECONDS * 2, TimeUnit.SECONDS);
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(thread);
            thread = null;
        }
        queue.clear();
        super.doStop();
    }

    @ManagedAttribute(description = "Publications that wait for the route")
    public int getWaitingPublications() {
        return queue.size();
    }

    @ManagedAttribute(description = "Publications lost because the route fell behind")
    public long getDroppedPublications() {
        return dropped.sum();
    }

    @ManagedAttribute(description = "Publications handed to the route")
    public long getConsumedPublications() {
        return consumed.sum();
    }
}
