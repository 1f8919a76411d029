package io.github.camelvoice.voice;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Delivery;
import io.github.camelvoice.callback.Outcome;
import io.github.camelvoice.outbound.Overrides;
import io.github.camelvoice.outbound.Schemes;
import io.github.camelvoice.outbound.TargetException;
import io.github.camelvoice.outbound.TargetPolicy;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.ObjectHelper;

/** One attempt to deliver a callback, as an exchange. */
final class CallbackRun {

    /** Target of callbacks to URLs: no name of a target has this one. */
    static final String HTTP = "http";

    private final DefaultConsumer consumer;
    private final TargetPolicy policy;
    private final String signingKey;

    /** @param signingKey null where nothing is signed */
    CallbackRun(DefaultConsumer consumer, TargetPolicy policy, String signingKey) {
        this.consumer = consumer;
        this.policy = policy;
        this.signingKey = signingKey;
    }

    Outcome deliver(Delivery delivery) {
        Exchange exchange = consumer.createExchange(false);
        try {
            fill(exchange.getMessage(), delivery);
            consumer.getProcessor().process(exchange);
            Exception failure = exchange.getException();
            if (failure != null) {
                return outcome(failure);
            }
            boolean rolledBack = exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
            return rolledBack ? new Outcome.Failed("the route rolled back", null) : new Outcome.Delivered();
        } catch (Exception | Error thrown) {
            // An error as well, a class that is missing for example: the callback is kept for a route that may do better.
            return outcome(thrown);
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private void fill(Message message, Delivery delivery) throws VoiceCallbackRefusedException {
        Callback callback = delivery.callback();
        message.setBody(callback.body());
        message.setHeader(VoiceConstants.CALL_ID, callback.callId());
        message.setHeader(VoiceConstants.CALLBACK_ID, delivery.id());
        message.setHeader(VoiceConstants.CALLBACK_KIND, callback.kind());
        message.setHeader(VoiceConstants.CALLBACK_ATTEMPT, delivery.attempt());
        message.setHeader(Exchange.CONTENT_TYPE, callback.contentType());
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, delivery.queuedAt().toEpochMilli());
        if (!Callback.isUrl(callback.target())) {
            message.setHeader(VoiceConstants.CALLBACK_TARGET, callback.target());
            return;
        }
        message.setHeader(VoiceConstants.CALLBACK_TARGET, HTTP);
        message.setHeader(VoiceConstants.CALLBACK_URL, callback.target());
        message.setHeader(VoiceConstants.CALLBACK_METHOD, callback.signature().method());
        String signature = signingKey == null ? null : callback.signature().sign(signingKey, seen(callback.target()), callback.body());
        if (signature != null) {
            message.setHeader(VoiceConstants.CALLBACK_SIGNATURE, signature);
        }
    }

    /** The URL as its receiver sees it. */
    private String seen(String url) throws VoiceCallbackRefusedException {
        try {
            return policy.parse(Overrides.split(url).url(), Schemes.HTTP, true).toString();
        } catch (TargetException refused) {
            throw new VoiceCallbackRefusedException(refused.getMessage(), refused);
        }
    }

    static Outcome outcome(Throwable failure) {
        VoiceCallbackRefusedException refused = ObjectHelper.getException(VoiceCallbackRefusedException.class, failure);
        if (refused != null) {
            return new Outcome.Refused(refused.getMessage());
        }
        VoiceCallbackFailedException failed = ObjectHelper.getException(VoiceCallbackFailedException.class, failure);
        if (failed != null) {
            return new Outcome.Failed(failed.getMessage(), failed.getRetryAfter());
        }
        return new Outcome.Failed(inWords(failure), null);
    }

    /** Messages of others may have whole URLs: what is secret in them stays out. */
    private static String inWords(Throwable wrapped) {
        Throwable failure = wrapped instanceof CamelExecutionException && wrapped.getCause() != null ? wrapped.getCause() : wrapped;
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return message.replaceAll("://[^/@\\s]*@", "://").replaceAll("(://[^\\s?#]*)[?#]\\S*", "$1");
    }
}
