package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.spi.OutboundLeg;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Places a call, alone or bridged with the call of the exchange, and waits for it without a thread. */
final class Placing {

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;

    /** Values of the option srtp. */
    private enum Srtp {
        NEVER(MediaSecurity.NONE), OPTIONAL(MediaSecurity.OPTIONAL), REQUIRED(MediaSecurity.REQUIRED);

        private final MediaSecurity wish;

        Srtp(MediaSecurity wish) {
            this.wish = wish;
        }
    }

    Placing(VoiceEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static void check(VoiceConfiguration options) throws VoiceRequestException {
        Milestone milestone = Arguments.choice("waitFor", options.getWaitFor(), Milestone.class);
        if (options.isBridge()) {
            checkBridge(milestone);
        }
        if (options.getSessionExpires() != 0 && options.getSessionExpires() < 90) {
            throw new IllegalArgumentException("sessionExpires must be 90 seconds or more: " + options.getSessionExpires());
        }
        Arguments.choice("srtp", options.getSrtp(), Srtp.class);
        EngineSettings.checkCodecs(Arguments.list(options.getCodecs()));
        positive("ringTimeout", Duration.ofMillis(options.getRingTimeout()));
        positive("timeLimit", Duration.ofMillis(options.getTimeLimit()));
        if ((options.getUsername() == null) != (options.getPassword() == null)) {
            throw new IllegalArgumentException("username and password belong together");
        }
    }

    private static void checkBridge(Milestone milestone) throws VoiceRequestException {
        if (milestone != Milestone.ANSWERED && milestone != Milestone.COMPLETED) {
            throw new VoiceRequestException("bridge=true waits for answered or completed, not for "
                    + milestone.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** @return whether the exchange went on at once, see {@link Continuation} */
    boolean place(Exchange exchange, Arguments args, AsyncCallback callback) throws Exception {
        EngineLink engine = endpoint.engine();
        Milestone milestone = args.choice(VoiceConstants.WAIT_FOR, "waitFor", options.getWaitFor(), Milestone.class);
        PlaceCall request = request(exchange, args, engine);
        if (args.flag(VoiceConstants.BRIDGE, "bridge", options.isBridge())) {
            checkBridge(milestone);
            return bridge(exchange, args, callback, engine.calls(), milestone, request);
        }
        return alone(exchange, callback, engine.calls().place(request), milestone);
    }

    private PlaceCall request(Exchange exchange, Arguments args, EngineLink engine) throws VoiceRequestException {
        String target = args.text(VoiceConstants.TARGET, "target", endpoint.getTarget());
        if (target == null) {
            throw new VoiceRequestException("there is nobody to call: give a target in the URI (voice:call:bob@example.com) or in the header "
                    + VoiceConstants.TARGET);
        }
        String proxy = args.text(VoiceConstants.OUTBOUND_PROXY, "outboundProxy", options.getOutboundProxy());
        String from = args.text(VoiceConstants.FROM, "from", options.getFrom());
        int sessionExpires = args.number(VoiceConstants.SESSION_EXPIRES, "sessionExpires", options.getSessionExpires());
        if (sessionExpires != 0 && sessionExpires < 90) {
            throw new VoiceRequestException("sessionExpires must be 90 seconds or more: " + sessionExpires);
        }
        OutboundLeg leg = new OutboundLeg(Targets.sipUri(target, proxy), Targets.identity(from, engine.advertisedAddress()),
                args.text(VoiceConstants.FROM_DISPLAY, "fromDisplay", options.getFromDisplay()), options.getUsername(),
                options.getPassword(), proxy, sessionExpires, SipHeaderMapping.write(exchange, endpoint.getHeaderFilterStrategy()));
        MediaSecurity security = args.choice(VoiceConstants.SRTP, "srtp", options.getSrtp(), Srtp.class).wish;
        return new PlaceCall(leg, args.list(VoiceConstants.CODECS, "codecs", options.getCodecs()),
                positive("ringTimeout", args.time(VoiceConstants.RING_TIMEOUT, "ringTimeout", options.getRingTimeout())),
                positive("timeLimit", args.time(VoiceConstants.TIME_LIMIT, "timeLimit", options.getTimeLimit()))).withSecurity(security);
    }

    private static Duration positive(String option, Duration time) throws VoiceRequestException {
        if (time.isNegative() || time.isZero()) {
            throw new VoiceRequestException(option + " must be more than 0: " + time.toMillis() + " ms");
        }
        return time;
    }

    private boolean alone(Exchange exchange, AsyncCallback callback, Call call, Milestone milestone) {
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, call.id());
        message.removeHeader(VoiceConstants.BRIDGED_CALL_ID);
        KnownCalls.add(exchange, call.id());
        return Continuation.resume(endpoint.getComponent()::goOn, call.reached(milestone), exchange, callback, now -> {
            SipHeaderMapping.forget(exchange);
            SipHeaderMapping.read(now.responseHeaders(), exchange, endpoint.getHeaderFilterStrategy());
            Results.call(message, now);
            failUnless(reached(milestone, now), now);
        });
    }

    private boolean bridge(Exchange exchange, Arguments args, AsyncCallback callback, Calls calls, Milestone milestone, PlaceCall request)
            throws Exception {
        Message message = exchange.getMessage();
        String firstId = args.name(VoiceConstants.CALL_ID, "callId", options.getCallId());
        if (firstId == null) {
            throw Commands.missing("callId", VoiceConstants.CALL_ID);
        }
        Call first = calls.find(firstId);
        List<String> codecs = request.codecs().isEmpty() ? EngineSettings.codecs(endpoint.getComponent()) : request.codecs();
        BridgedDial dial = BridgedDial.start(calls, first, request, codecs);
        Call second = dial.second();
        message.setHeader(VoiceConstants.BRIDGED_CALL_ID, second.id());
        KnownCalls.add(exchange, second.id());
        CompletionStage<CallSnapshot> until = milestone == Milestone.ANSWERED ? dial.done() : dial.done().thenCompose(now ->
                now.cause() == null ? second.reached(Milestone.COMPLETED) : CompletableFuture.completedFuture(now));
        return Continuation.resume(endpoint.getComponent()::goOn, until, exchange, callback, now -> {
            Results.call(message, now);
            boolean answered = reached(Milestone.ANSWERED, now);
            if (!answered) {
                SipHeaderMapping.forget(exchange);
                SipHeaderMapping.read(now.responseHeaders(), exchange, endpoint.getHeaderFilterStrategy());
            }
            failUnless(answered, now);
        });
    }

    private static boolean reached(Milestone milestone, CallSnapshot now) {
        return switch (milestone) {
            case INITIATED, RINGING -> now.cause() == null || now.ringingAt() != null || now.answeredAt() != null;
            case ANSWERED, COMPLETED -> now.answeredAt() != null;
        };
    }

    private static void failUnless(boolean reached, CallSnapshot now) throws VoiceCallFailedException {
        if (!reached) {
            throw VoiceCallFailedException.of(now.callId(), now.cause());
        }
    }
}
