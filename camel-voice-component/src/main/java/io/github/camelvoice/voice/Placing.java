package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.dial.CallerSide;
import io.github.camelvoice.dial.CodecOrder;
import io.github.camelvoice.dial.Dial;
import io.github.camelvoice.dial.DialPlan;
import io.github.camelvoice.dial.DialTarget;
import io.github.camelvoice.dial.Redirects;
import io.github.camelvoice.dial.Screening;
import io.github.camelvoice.media.dsp.RingTones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Places calls and waits for them without a thread: one for itself, or, over a dial, to several targets, with whispering or redirections, or
 * bridged with the call of the exchange.
 */
final class Placing extends ServiceSupport {

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private Endpoint whisperTo;
    private AsyncProducer whisper;

    Placing(VoiceEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doStart() throws Exception {
        if (Arguments.blankToNull(options.getWhisper()) != null) {
            whisperTo = endpoint.getCamelContext().getEndpoint(options.getWhisper().trim());
            whisper = whisperTo.createAsyncProducer();
            whisper.start();
        }
    }

    @Override
    protected void doStop() {
        if (whisper != null) {
            whisper.stop();
        }
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static void check(VoiceConfiguration options, Set<String> given) throws VoiceRequestException {
        if (given.contains("sipAccount")) {
            for (String option : List.of("from", "username", "password", "outboundProxy")) {
                if (given.contains(option)) {
                    throw new IllegalArgumentException("give one of sipAccount and " + option + ": the account says that by itself");
                }
            }
        }
        Milestone milestone = Arguments.choice("waitFor", options.getWaitFor(), Milestone.class);
        if (options.isBridge()) {
            checkDial("bridge=true", milestone);
        }
        if (options.getSessionExpires() != 0 && options.getSessionExpires() < 90) {
            throw new IllegalArgumentException("sessionExpires must be 90 seconds or more: " + options.getSessionExpires());
        }
        Arguments.choice("srtp", options.getSrtp(), PlaceRequests.Srtp.class);
        EngineSettings.checkCodecs(Arguments.list(options.getCodecs()));
        PlaceRequests.positive("ringTimeout", Duration.ofMillis(options.getRingTimeout()));
        PlaceRequests.positive("timeLimit", Duration.ofMillis(options.getTimeLimit()));
        PlaceRequests.positive("whisperTimeout", Duration.ofMillis(options.getWhisperTimeout()));
        checkTone(Arguments.blankToNull(options.getRingTone()));
        redirects(options.getMaxRedirects());
        StatusTold.order("http://localhost/", options.getStatusCallbackMethod(), options.getStatusCallbackEvent());
        if ((options.getUsername() == null) != (options.getPassword() == null)) {
            throw new IllegalArgumentException("username and password belong together");
        }
    }

    private static void checkTone(String country) throws VoiceRequestException {
        if (country != null && RingTones.of(country) == null) {
            throw new VoiceRequestException("ringTone: there is no ringing tone of " + country);
        }
    }

    private static Redirects redirects(int most) throws VoiceRequestException {
        if (most < 0 || most > 20) {
            throw new VoiceRequestException("maxRedirects must be 0 to 20: " + most);
        }
        // whether a contact may be called is asked by the guard of the calls, as for every call
        return new Redirects(most, contact -> true);
    }

    private static void checkDial(String what, Milestone milestone) throws VoiceRequestException {
        if (milestone != Milestone.ANSWERED && milestone != Milestone.COMPLETED) {
            throw new VoiceRequestException(what + " waits for answered or completed, not for "
                    + milestone.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** @return whether the exchange went on at once, see {@link Continuation} */
    boolean place(Exchange exchange, Arguments args, AsyncCallback callback) throws Exception {
        EngineLink engine = endpoint.engine();
        Milestone milestone = args.choice(VoiceConstants.WAIT_FOR, "waitFor", options.getWaitFor(), Milestone.class);
        List<PlaceCall> requests = new PlaceRequests(endpoint, exchange, args).read(engine);
        boolean bridge = args.flag(VoiceConstants.BRIDGE, "bridge", options.isBridge());
        Redirects redirects = redirects(args.number(VoiceConstants.MAX_REDIRECTS, "maxRedirects", options.getMaxRedirects()));
        if (bridge || requests.size() > 1 || engine.calls().places(requests.get(0)).size() > 1 || redirects.most() > 0 || whisper != null) {
            checkDial(bridge ? "bridge=true" : "a call to several targets, with whisper or maxRedirects,", milestone);
            return dial(exchange, args, callback, milestone, requests, redirects, bridge);
        }
        StatusTold told = StatusTold.of(engine, args, options);
        Call call = engine.calls().place(requests.get(0));
        told.attach(call);
        return alone(exchange, callback, call, milestone);
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

    private boolean dial(Exchange exchange, Arguments args, AsyncCallback callback, Milestone milestone, List<PlaceCall> requests,
                         Redirects redirects, boolean bridge) throws Exception {
        if (requests.size() > DialPlan.MOST_TARGETS) {
            throw new VoiceRequestException("1 to " + DialPlan.MOST_TARGETS + " targets can be called, not " + requests.size());
        }
        Call caller = bridge ? caller(args) : null;
        Screening screening = whisper == null ? Screening.NONE : new Whisper(whisperTo, whisper, endpoint.getComponent()::goOn);
        List<DialTarget> targets = new ArrayList<>();
        for (PlaceCall request : requests) {
            targets.add(DialTarget.of(request).withCodecs(request.codecs().isEmpty() ? CodecOrder.CALLERS_FIRST : CodecOrder.AS_GIVEN)
                    .withScreening(screening));
        }
        DialPlan plan = DialPlan.of(caller, targets)
                .withSequential(args.flag(VoiceConstants.SEQUENTIAL, "sequential", options.isSequential()))
                .withTimes(Collections.max(requests.stream().map(PlaceCall::ringTimeout).toList()),
                        Collections.max(requests.stream().map(PlaceCall::timeLimit).toList()))
                .withScreenLimit(Duration.ofMillis(options.getWhisperTimeout())).withRedirects(redirects).withSide(side(args));
        Message message = exchange.getMessage();
        message.removeHeader(VoiceConstants.BRIDGED_CALL_ID);
        DialRun run = new DialRun(bridge, StatusTold.of(endpoint.engine(), args, options));
        Dial dial = endpoint.engine().dials().start(plan, run);
        return Continuation.resume(endpoint.getComponent()::goOn, run.until(milestone, dial.done()), exchange, callback,
                outcome -> run.tell(exchange, outcome, endpoint.getHeaderFilterStrategy()));
    }

    private Call caller(Arguments args) throws Exception {
        String id = args.name(VoiceConstants.CALL_ID, "callId", options.getCallId());
        if (id == null) {
            throw Commands.missing("callId", VoiceConstants.CALL_ID);
        }
        return endpoint.engine().calls().find(id);
    }

    private CallerSide side(Arguments args) throws VoiceRequestException {
        String tone = args.text(VoiceConstants.RING_TONE, "ringTone", options.getRingTone());
        checkTone(tone);
        return new CallerSide(args.flag(VoiceConstants.ANSWER_ON_BRIDGE, "answerOnBridge", options.isAnswerOnBridge()),
                args.list(VoiceConstants.CODECS, "codecs", options.getCodecs()), tone, options.isPassEarlyMedia(), options.isKeepCaller(),
                options.isHangupOnStar());
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
