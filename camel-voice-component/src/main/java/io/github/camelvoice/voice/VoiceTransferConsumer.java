package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.IncomingTransfer;
import io.github.camelvoice.call.TransferReceiver;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes an exchange of each transfer that a far end asks for by REFER. The route accepts or refuses it (a producer of voice:transfer);
 * what it did not decide about when it is through is refused. While the consumer is suspended it takes none.
 */
@ManagedResource(description = "Managed voice transfer consumer")
public class VoiceTransferConsumer extends DefaultConsumer implements TransferReceiver, Suspendable {

    private static final int SERVER_ERROR = 500;
    private static final int FORBIDDEN = 403;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final PartyFilter filter;
    private final LongAdder requested = new LongAdder();
    private final LongAdder undecided = new LongAdder();
    private ExecutorService workers;
    private Calls.Registration registration;

    public VoiceTransferConsumer(VoiceEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.filter = new PartyFilter(options);
        if (options.getRefuseCode() < 300 || options.getRefuseCode() > 699) {
            throw new IllegalArgumentException("refuseCode must be a code from 300 to 699: " + options.getRefuseCode());
        }
        if (options.getWorkers() < 1) {
            throw new IllegalArgumentException("workers must be 1 or more: " + options.getWorkers());
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "VoiceTransfer", options.getWorkers());
        registration = endpoint.engine().calls().onTransfer(filter.order(options.getOrder()), this);
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
    public boolean wants(Call call, IncomingTransfer wish) {
        return isRunAllowed() && !isSuspendingOrSuspended() && filter.matches(call.snapshot());
    }

    @Override
    public void requested(Call call, IncomingTransfer wish) {
        requested.increment();
        endpoint.getComponent().transferWishes().add(wish);
        try {
            workers.execute(() -> start(call, wish));
        } catch (RejectedExecutionException stopped) {
            refuse(call, wish, options.getRefuseCode());
        }
    }

    private void start(Call call, IncomingTransfer wish) {
        Exchange exchange = createExchange(false);
        fill(exchange, call.snapshot(), wish);
        AsyncCallback done = doneSync -> finish(exchange, call, wish);
        try {
            getAsyncProcessor().process(exchange, done);
        } catch (RuntimeException | Error failure) {
            exchange.setException(failure);
            finish(exchange, call, wish);
        }
    }

    private void fill(Exchange exchange, CallSnapshot now, IncomingTransfer wish) {
        KnownCalls.add(exchange, wish.callId());
        SipHeaderMapping.read(wish.headers(), exchange, endpoint.getHeaderFilterStrategy());
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, wish.callId());
        message.setHeader(VoiceConstants.TRANSFER_ID, wish.transferId());
        message.setHeader(VoiceConstants.TARGET, wish.target());
        Results.set(message, VoiceConstants.BRIDGED_CALL_ID, wish.peerCallId());
        Results.set(message, VoiceConstants.REPLACES, wish.ours());
        Results.set(message, VoiceConstants.REFERRED_BY, uri(wish.referredBy()));
        message.setHeader(VoiceConstants.FROM_URI, now.from().uri());
        message.setHeader(VoiceConstants.FROM_USER, now.from().user());
        message.setHeader(VoiceConstants.TO_URI, now.to().uri());
        message.setHeader(VoiceConstants.TO_USER, now.to().user());
        message.setHeader(VoiceConstants.CALLED_URI, now.calledUri());
        Results.call(message, now);
        message.setBody(wish);
    }

    /** The SIP URI of a Referred-By, null if there is none that can be used. */
    private static String uri(String referredBy) {
        String text = referredBy.trim();
        int open = text.indexOf('<');
        int close = text.indexOf('>', open + 1);
        String uri = open >= 0 && close > 0 ? text.substring(open + 1, close) : text.replaceFirst(";.*", "");
        return uri.matches("(?i)sips?:[!-;=?-~]{1,255}") ? uri : null;
    }

    private void finish(Exchange exchange, Call call, IncomingTransfer wish) {
        try {
            Exception failure = exchange.getException();
            boolean failed = failure != null || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
            if (refuse(call, wish, failure instanceof VoiceForbiddenException ? FORBIDDEN : failed ? SERVER_ERROR : options.getRefuseCode())) {
                undecided.increment();
            }
            if (failure != null && !(failure instanceof VoiceCallEndedException)) {
                getExceptionHandler().handleException("The route of a transfer of call " + call.id() + " failed", exchange, failure);
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private boolean refuse(Call call, IncomingTransfer wish, int code) {
        if (!endpoint.getComponent().transferWishes().take(wish)) {
            return false;
        }
        call.execute(new CallCommand.AnswerTransfer(code, null));
        return true;
    }

    @ManagedAttribute(description = "Transfers that far ends asked for")
    public long getRequestedTransfers() {
        return requested.sum();
    }

    @ManagedAttribute(description = "Transfers that were refused because the route did not decide")
    public long getUndecidedTransfers() {
        return undecided.sum();
    }
}
