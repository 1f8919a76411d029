package io.github.camelvoice.voice;

import io.github.camelvoice.notifier.WatcherDecision;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** What routes decide about watchers. */
final class WatcherAnswers {

    static final int FORBIDDEN = 403;

    private WatcherAnswers() {
    }

    /** @throws IllegalArgumentException if the option code is no refusal */
    static void check(VoiceConfiguration options, Set<String> given) {
        if (given.contains("code")) {
            refusal(options.getCode());
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static int refusal(int code) {
        if (code < 300 || code > 699) {
            throw new IllegalArgumentException("code must be 300 to 699: " + code);
        }
        return code;
    }

    /** A watcher that waits for a first decision, one that pends, or one that was let in. */
    static CompletionStage<Void> decide(VoiceEndpoint endpoint, SubscribeOperation operation, Exchange exchange, Arguments args) throws Exception {
        String id = args.text(VoiceConstants.WATCHER_ID, "watcherId", null);
        if (id == null) {
            throw new VoiceRequestException("give the header " + VoiceConstants.WATCHER_ID);
        }
        WatcherDecision decision = decision(operation, args, endpoint.getConfiguration());
        if (!endpoint.getComponent().watcherWishes().decide(id, decision) && !endpoint.engine().notifier().decide(id, decision)) {
            throw new VoiceSubscriptionNotFoundException("there is no watcher " + id, null);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** What the header of a route that is through says, null without one. @throws VoiceRequestException if it says something else */
    static WatcherDecision said(Exchange exchange, VoiceConfiguration options) throws VoiceRequestException {
        Arguments args = new Arguments(exchange);
        String word = args.text(VoiceConstants.WATCHER_DECISION, null, null);
        if (word == null) {
            return null;
        }
        for (SubscribeOperation operation : SubscribeOperation.values()) {
            if (operation.isDecision() && operation.word().equals(word)) {
                return decision(operation, args, options);
            }
        }
        throw new VoiceRequestException("header " + VoiceConstants.WATCHER_DECISION + " must be accept, pend or refuse: " + word);
    }

    private static WatcherDecision decision(SubscribeOperation operation, Arguments args, VoiceConfiguration options) throws VoiceRequestException {
        return switch (operation) {
            case ACCEPT -> WatcherDecision.ACCEPT;
            case PEND -> WatcherDecision.PEND;
            default -> {
                int code = args.number(VoiceConstants.CODE, "code", options.getCode());
                yield WatcherDecision.reject(code == 0 ? FORBIDDEN : refusal(code), args.text(VoiceConstants.PHRASE, "phrase", options.getPhrase()));
            }
        };
    }
}
