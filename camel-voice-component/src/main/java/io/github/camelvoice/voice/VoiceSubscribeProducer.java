package io.github.camelvoice.voice;

import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.subscription.SubscriptionEdit;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.subscription.state.EventState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Makes, reads, changes and ends subscriptions, publishes what others see of us, and decides about watchers. Waits for nothing: the exchange goes on
 * when what it asked for is written down.
 */
public class VoiceSubscribeProducer extends DefaultAsyncProducer {

    private static final int MOST_LISTED = 10_000;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final SubscribeRequests requests;
    private SubscribeOperation configured;

    public VoiceSubscribeProducer(VoiceEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.requests = new SubscribeRequests(endpoint);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        String operation = endpoint.given().contains("operation") ? Arguments.blankToNull(options.getOperation()) : null;
        configured = operation == null ? null : SubscribeOperation.of(operation);
        OptionRules.checkSubscribeProducer(configured, endpoint.given());
        if (endpoint.getTarget() != null && configured != null && !takesTarget(configured)) {
            throw new IllegalArgumentException("operation=" + operation + " has no target: " + endpoint.getTarget());
        }
        WatcherAnswers.check(options, endpoint.given());
    }

    private static boolean takesTarget(SubscribeOperation operation) {
        return switch (operation) {
            case CREATE, CHANGE, FETCH, PUBLISH -> true;
            default -> false;
        };
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        requests.read();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Arguments args = new Arguments(exchange);
            SubscribeOperation operation = operation(args);
            EngineLink engine = endpoint.engine();
            return switch (operation) {
                case CREATE -> resume(engine.subscriptions().create(requests.producers(exchange, args, operation, engine)), exchange, callback);
                case FETCH -> resume(engine.subscriptions().fetch(requests.producers(exchange, args, operation, engine)), exchange, callback);
                case GET -> resume(get(engine.subscriptions(), id(args)), exchange, callback);
                case LIST -> list(engine.subscriptions(), exchange, callback);
                case CHANGE -> resume(engine.subscriptions().change(id(args), new SubscriptionEdit(requests.resources(exchange, args), null, null)),
                        exchange, callback);
                case END -> done(engine.subscriptions().end(id(args)), exchange, callback);
                case PUBLISH -> done(publish(engine.notifier(), exchange, args), exchange, callback);
                case ACCEPT, PEND, REFUSE -> done(WatcherAnswers.decide(endpoint, operation, exchange, args), exchange, callback);
                case WATCHERS -> {
                    exchange.getMessage().setBody(new WatcherInfos(engine.notifier().watchers()));
                    callback.done(true);
                    yield true;
                }
            };
        } catch (Exception failure) {
            exchange.setException(translated(failure));
            callback.done(true);
            return true;
        }
    }

    private static Throwable translated(Throwable failure) {
        Throwable cause = Failures.translate(failure);
        return cause instanceof IllegalArgumentException wrong ? new VoiceRequestException(null, wrong.getMessage(), wrong) : cause;
    }

    private SubscribeOperation operation(Arguments args) throws VoiceRequestException {
        if (configured != null) {
            return configured;
        }
        String named = endpoint.getTarget() == null ? args.text(VoiceConstants.OPERATION, "operation", null) : null;
        try {
            return named == null ? SubscribeOperation.CREATE : SubscribeOperation.of(named);
        } catch (IllegalArgumentException unknown) {
            throw new VoiceRequestException(null, unknown.getMessage(), unknown);
        }
    }

    private String id(Arguments args) throws VoiceRequestException {
        String id = args.name(VoiceConstants.SUBSCRIPTION_ID, "subscriptionId", options.getSubscriptionId());
        if (id == null) {
            throw Commands.missing("subscriptionId", VoiceConstants.SUBSCRIPTION_ID);
        }
        return id;
    }

    private boolean resume(CompletionStage<SubscriptionInfo> stage, Exchange exchange, AsyncCallback callback) {
        return Continuation.resume(endpoint.getComponent()::goOn, translate(stage), exchange, callback, info -> {
            Message message = exchange.getMessage();
            message.setBody(info);
            message.setHeader(VoiceConstants.SUBSCRIPTION_ID, info.id());
            message.setHeader(VoiceConstants.SUBSCRIPTION_STATE, info.state().name().toLowerCase(Locale.ROOT));
        });
    }

    private boolean done(CompletionStage<Void> stage, Exchange exchange, AsyncCallback callback) {
        return Continuation.resume(endpoint.getComponent()::goOn, translate(stage), exchange, callback, nothing -> { });
    }

    private static <T> CompletionStage<T> translate(CompletionStage<T> stage) {
        return stage.handle((result, failure) -> {
            if (failure == null) {
                return result;
            }
            throw new CompletionException(translated(failure));
        });
    }

    /** One that is watched here at once, one of another node from the store. */
    private CompletionStage<SubscriptionInfo> get(Subscriptions subscriptions, String id) {
        return subscriptions.get(id).map(CompletableFuture::completedFuture).orElseGet(() -> onAThread(() -> subscriptions.find(id)
                .orElseThrow(() -> new VoiceSubscriptionNotFoundException("there is no subscription " + id, null))));
    }

    private boolean list(Subscriptions subscriptions, Exchange exchange, AsyncCallback callback) {
        return Continuation.resume(endpoint.getComponent()::goOn, onAThread(() -> subscriptions.findAll(null, MOST_LISTED)), exchange, callback,
                all -> exchange.getMessage().setBody(new SubscriptionInfos(all)));
    }

    private <T> CompletableFuture<T> onAThread(Callable<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            endpoint.getComponent().archiveReader().threads().execute(() -> {
                try {
                    result.complete(read.call());
                } catch (IOException unreachable) {
                    result.completeExceptionally(new VoiceUnavailableException(null, "the store cannot be read now: " + unreachable.getMessage(),
                            unreachable));
                } catch (Exception failure) {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException busy) {
            result.completeExceptionally(new VoiceUnavailableException(null, "too many read the store already", busy));
        }
        return result;
    }

    private CompletionStage<Void> publish(Notifier notifier, Exchange exchange, Arguments args) throws VoiceRequestException {
        String event = args.name(VoiceConstants.EVENT_PACKAGE, "event", options.getEvent());
        if (event == null) {
            throw Commands.missing("event", VoiceConstants.EVENT_PACKAGE);
        }
        String resource = args.name(VoiceConstants.RESOURCE, "target", endpoint.getTarget());
        if (resource == null) {
            throw new VoiceRequestException("whose state? Give a target or the header " + VoiceConstants.RESOURCE);
        }
        int expires = SubscribeRequests.seconds(args.time(VoiceConstants.EXPIRES, "expires", options.getExpires()));
        Object body = exchange.getMessage().getBody();
        if (body instanceof EventState state) {
            return notifier.publish(event, resource, state.contentType(), state.document().getBytes(StandardCharsets.UTF_8), expires);
        }
        byte[] bytes = body == null ? null : exchange.getMessage().getBody(byte[].class);
        if (body != null && bytes == null) {
            throw new VoiceRequestException("operation=publish: the body must be an EventState, text or bytes: " + body.getClass().getName());
        }
        if (bytes == null || bytes.length == 0) {
            return notifier.publish(event, resource, null, null, expires);
        }
        String contentType = args.text(VoiceConstants.CONTENT_TYPE, "contentType", options.getContentType());
        if (contentType == null) {
            contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        }
        if (contentType == null) {
            throw Commands.missing("contentType", VoiceConstants.CONTENT_TYPE);
        }
        return notifier.publish(event, resource, contentType, bytes, expires);
    }
}
