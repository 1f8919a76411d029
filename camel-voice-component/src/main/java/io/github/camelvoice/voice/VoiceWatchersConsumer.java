package io.github.camelvoice.voice;

import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.notifier.WatcherDecision;
import io.github.camelvoice.notifier.WatcherHandler;
import io.github.camelvoice.notifier.WatcherRequest;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes an exchange of each SUBSCRIBE of somebody who wants to watch us. The route lets in, leaves waiting or sends away; whom it did not decide about
 * when it is through is sent away. While the consumer is suspended it takes none.
 */
@ManagedResource(description = "Managed voice watchers consumer")
public class VoiceWatchersConsumer extends DefaultConsumer implements WatcherHandler, Suspendable {

    private static final int SERVER_ERROR = 500;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final Set<String> events = new TreeSet<>();
    private final int refuseCode;
    private final LongAdder requested = new LongAdder();
    private final LongAdder undecided = new LongAdder();
    private ExecutorService workers;
    private Notifier.Registration registration;

    /** @throws VoiceRequestException naming the option that is wrong */
    public VoiceWatchersConsumer(VoiceEndpoint endpoint, Processor processor) throws VoiceRequestException {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        for (String event : Arguments.list(options.getEvent())) {
            events.add(SubscribeRequests.event(event));
        }
        this.refuseCode = endpoint.given().contains("refuseCode") ? WatcherAnswers.refusal(options.getRefuseCode()) : WatcherAnswers.FORBIDDEN;
        if (options.getWorkers() < 1) {
            throw new IllegalArgumentException("workers must be 1 or more: " + options.getWorkers());
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        VoiceConsumerHealthCheck.register(this);
        workers = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceWatchers", options.getWorkers());
        registration = endpoint.engine().notifier().onWatcher(this);
    }

    @Override
    protected void doStop() throws Exception {
        if (registration != null) {
            registration.close();
            registration = null;
        }
        if (workers != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
            workers = null;
        }
        super.doStop();
    }

    @Override
    public boolean wants(WatcherRequest request) {
        return isRunAllowed() && !isSuspendingOrSuspended() && (events.isEmpty() || events.contains(request.event()));
    }

    @Override
    public void asked(WatcherRequest request, Consumer<WatcherDecision> decision) {
        requested.increment();
        endpoint.getComponent().watcherWishes().add(request.id(), decision);
        try {
            workers.execute(() -> start(request));
        } catch (RejectedExecutionException stopped) {
            decide(request, WatcherDecision.reject(refuseCode, null));
        }
    }

    private void start(WatcherRequest request) {
        Exchange exchange = createExchange(false);
        fill(exchange, request);
        try {
            getAsyncProcessor().process(exchange, doneSync -> finish(exchange, request));
        } catch (RuntimeException | Error failure) {
            exchange.setException(failure);
            finish(exchange, request);
        }
    }

    private void fill(Exchange exchange, WatcherRequest request) {
        SipHeaderMapping.read(request.headers(), exchange, endpoint.getHeaderFilterStrategy());
        Message message = exchange.getMessage();
        InetSocketAddress source = request.source();
        message.setHeader(VoiceConstants.WATCHER_ID, request.id());
        message.setHeader(VoiceConstants.EVENT_PACKAGE, request.event());
        message.setHeader(VoiceConstants.RESOURCE, request.resource());
        message.setHeader(VoiceConstants.WATCHER, request.watcher());
        message.setHeader(VoiceConstants.TRANSPORT, request.transport());
        Results.set(message, VoiceConstants.AUTHENTICATED_USER, Arguments.blankToNull(request.user()));
        Results.set(message, VoiceConstants.REMOTE_ADDRESS, source == null ? null : source.getAddress().getHostAddress() + ":" + source.getPort());
        message.setBody(request);
    }

    private void finish(Exchange exchange, WatcherRequest request) {
        Exception failure = exchange.getException();
        try {
            boolean failed = failure != null || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
            WatcherDecision said = failed ? WatcherDecision.reject(failure instanceof VoiceForbiddenException ? WatcherAnswers.FORBIDDEN : SERVER_ERROR, null)
                    : WatcherAnswers.said(exchange, options);
            if (decide(request, said == null ? WatcherDecision.reject(refuseCode, null) : said) && said == null) {
                undecided.increment();
            }
        } catch (VoiceRequestException | IllegalArgumentException wrong) {
            decide(request, WatcherDecision.reject(SERVER_ERROR, null));
            failure = wrong;
        } finally {
            if (failure != null) {
                getExceptionHandler().handleException("The route of watcher " + request.id() + " failed", exchange, failure);
            }
            releaseExchange(exchange, false);
        }
    }

    private boolean decide(WatcherRequest request, WatcherDecision decision) {
        return endpoint.getComponent().watcherWishes().decide(request.id(), decision);
    }

    @ManagedAttribute(description = "Watchers that asked")
    public long getRequestedWatchers() {
        return requested.sum();
    }

    @ManagedAttribute(description = "Watchers that were sent away because the route did not decide")
    public long getUndecidedWatchers() {
        return undecided.sum();
    }
}
