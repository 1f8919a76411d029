package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.dial.DialListener;
import io.github.camelvoice.dial.DialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;

/** What an exchange is told of a dial. Its legs are noted on the mailbox of the dial, and read when that is done. */
final class DialRun implements DialListener {

    private final boolean bridged;
    private final StatusTold told;
    private final List<Leg> legs = new ArrayList<>();

    /** One attempt; {@code call} null where it was refused. */
    private record Leg(int index, Call call, CallException refusal) {
    }

    /** How the dial came out, with the winner's call, or the best failure, as it was then. */
    record Outcome(DialResult result, CallSnapshot now, List<Map<String, Object>> legs) {
    }

    /** @param told of each leg */
    DialRun(boolean bridged, StatusTold told) {
        this.bridged = bridged;
        this.told = told;
    }

    @Override
    public synchronized void placed(int index, Call leg) {
        legs.add(new Leg(index, leg, null));
        told.attach(leg);
    }

    @Override
    public synchronized void refused(int index, CallException why) {
        legs.add(new Leg(index, null, why));
    }

    /** Done when the dial has come as far as the exchange waits for. */
    CompletionStage<Outcome> until(Milestone milestone, CompletionStage<DialResult> done) {
        return done.thenCompose(result -> {
            CompletionStage<CallSnapshot> now = result.winner() != null && milestone == Milestone.COMPLETED
                    ? result.winner().reached(Milestone.COMPLETED) : CompletableFuture.completedFuture(result.best());
            return now.thenApply(end -> new Outcome(result, end, table(result)));
        });
    }

    private synchronized List<Map<String, Object>> table(DialResult result) {
        List<Map<String, Object>> table = new ArrayList<>();
        for (Leg leg : legs) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("index", leg.index());
            if (leg.call() == null) {
                row.put("error", leg.refusal().getMessage());
            } else {
                CallSnapshot now = leg.call().snapshot();
                row.put("callId", now.callId());
                row.put("target", now.calledUri());
                row.put("winner", leg.call() == result.winner());
                row.put("answered", now.answeredAt() != null);
                if (now.cause() != null) {
                    row.put("sipCode", now.cause().sipCode());
                    row.put("cause", now.cause().kind().tag());
                }
            }
            table.add(row);
        }
        return table;
    }

    /** @throws VoiceException if nobody has the call */
    void tell(Exchange exchange, Outcome outcome, HeaderFilterStrategy filter) throws VoiceException {
        Message message = exchange.getMessage();
        DialResult result = outcome.result();
        message.setHeader(VoiceConstants.DIAL_STATUS, result.outcome().name().toLowerCase(Locale.ROOT));
        message.setHeader(VoiceConstants.DIAL_LEGS, outcome.legs());
        Results.set(message, VoiceConstants.TARGET_INDEX, result.index() < 0 ? null : result.index());
        for (Map<String, Object> leg : outcome.legs()) {
            if (leg.get("callId") instanceof String callId) {
                KnownCalls.add(exchange, callId);
            }
        }
        CallSnapshot now = outcome.now();
        if (now != null) {
            message.setHeader(bridged ? VoiceConstants.BRIDGED_CALL_ID : VoiceConstants.CALL_ID, now.callId());
            Results.call(message, now);
            if (!bridged || result.winner() == null) {
                SipHeaderMapping.forget(exchange);
                SipHeaderMapping.read(now.responseHeaders(), exchange, filter);
            }
        }
        if (result.winner() == null) {
            throw failure(result);
        }
    }

    private static VoiceException failure(DialResult result) {
        CallSnapshot best = result.best();
        if (result.outcome() == DialResult.Outcome.CANCELED) {
            boolean ours = best != null && best.answeredAt() == null && best.cause().kind() == EndCause.Kind.CANCELLED;
            return VoiceCallFailedException.of(best == null ? null : best.callId(), ours ? best.cause()
                    : EndCause.of(EndCause.Kind.CANCELLED, EndCause.Origin.REMOTE, "the caller went away"));
        }
        if (result.refusal() != null) {
            return Failures.of(result.refusal());
        }
        return VoiceCallFailedException.of(best.callId(), best.answeredAt() == null ? best.cause()
                : EndCause.of(EndCause.Kind.DECLINED, EndCause.Origin.REMOTE, "answered, and did not take the call"));
    }
}
