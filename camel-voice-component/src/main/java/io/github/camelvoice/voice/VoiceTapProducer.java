package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.tap.TapChange;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultExchange;

/** Starts taps of calls, changes and stops them. Waits for nothing: the exchange goes on when the tap's audio flows. */
public class VoiceTapProducer extends DefaultAsyncProducer {

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final TapSpecs specs;
    private TapOperation configured;
    private SSLContext tls;
    private LostSinks lostSinks;

    public VoiceTapProducer(VoiceEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.specs = new TapSpecs(options, endpoint.given());
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        configured = endpoint.given().contains("operation") ? TapOperation.of(options.getOperation()) : null;
        OptionRules.checkTapProducer(configured, endpoint.given());
        if (configured == null || configured == TapOperation.START) {
            specs.check(new DefaultExchange(endpoint.getCamelContext()));
        } else {
            TapSpecs.direction(options.getDirection());
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (configured == null || configured == TapOperation.START) {
            tls = EngineSettings.tls(endpoint.getComponent(), endpoint.getSslContextParameters());
            if (specs.lossEndpoint() != null) {
                lostSinks = new LostSinks(endpoint, specs.lossEndpoint());
                lostSinks.start();
            }
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (lostSinks != null) {
            lostSinks.stop();
            lostSinks = null;
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Arguments args = new Arguments(exchange);
            TapOperation operation = operation(args);
            String callId = args.name(VoiceConstants.CALL_ID, "callId", options.getCallId());
            if (callId == null && operation != TapOperation.LIST) {
                throw Commands.missing("callId", VoiceConstants.CALL_ID);
            }
            return switch (operation) {
                case START -> start(callId, exchange, callback);
                case STOP -> stop(callId, exchange, args, callback);
                case CHANGE -> change(callId, new TapChange(direction(args), null), exchange, args, callback);
                case PAUSE -> change(callId, new TapChange(null, true), exchange, args, callback);
                case RESUME -> change(callId, new TapChange(null, false), exchange, args, callback);
                case LIST -> {
                    exchange.getMessage().setBody(new TapInfos(callId == null ? taps().list() : taps().list(callId)));
                    callback.done(true);
                    yield true;
                }
                case SHOW -> {
                    TapInfo tap = show(callId, controlId(args));
                    exchange.getMessage().setBody(tap);
                    TapAnswers.about(exchange.getMessage(), tap);
                    callback.done(true);
                    yield true;
                }
            };
        } catch (Exception failure) {
            exchange.setException(Failures.translate(failure));
            callback.done(true);
            return true;
        }
    }

    private TapOperation operation(Arguments args) throws VoiceRequestException {
        if (configured != null) {
            return configured;
        }
        String named = args.text(VoiceConstants.OPERATION, "operation", null);
        try {
            return named == null ? TapOperation.START : TapOperation.of(named);
        } catch (IllegalArgumentException unknown) {
            throw new VoiceRequestException(null, unknown.getMessage(), unknown);
        }
    }

    private Taps taps() throws Exception {
        return endpoint.engine().taps();
    }

    private String controlId(Arguments args) throws VoiceRequestException {
        return args.text(VoiceConstants.TAP_CONTROL_ID, "controlId", options.getControlId());
    }

    private TapDirection direction(Arguments args) throws VoiceRequestException {
        String word = args.text(VoiceConstants.TAP_DIRECTION, "direction", endpoint.given().contains("direction") ? options.getDirection() : null);
        if (word == null) {
            throw Commands.missing("direction", VoiceConstants.TAP_DIRECTION);
        }
        try {
            return TapSpecs.direction(word);
        } catch (IllegalArgumentException unknown) {
            throw new VoiceRequestException(null, unknown.getMessage(), unknown);
        }
    }

    private boolean start(String callId, Exchange exchange, AsyncCallback callback) throws Exception {
        Call call = KnownCalls.find(endpoint.engine().calls(), exchange, callId);
        Arguments orders = new Arguments(exchange, TapAnswers.written(exchange));
        boolean watched = lostSinks != null && orders.text(VoiceConstants.TAP_ON_SINK_LOSS, "onSinkLoss", null) == null;
        TapSpec spec = specs.of(exchange, orders, tls, watched ? UUID.randomUUID().toString() : null);
        CompletionStage<TapInfo> started;
        if (spec.protocol() == TapProtocol.ROUTE) {
            started = endpoint.getComponent().tapRoutes().find(callId, spec.uri()).tap(call, spec);
        } else if (watched) {
            started = lostSinks.start(call, spec, taps());
        } else {
            started = taps().start(call, spec);
        }
        if (exchange.getMessage().getHeader(VoiceConstants.CALL_ID) == null) {
            exchange.getMessage().setHeader(VoiceConstants.CALL_ID, callId);
        }
        return resume(callId, started, exchange, callback, tap -> {
            TapAnswers.started(exchange, tap);
            if (!tap.success() && failOnError()) {
                throw new VoiceTapFailedException(callId, "the tap could not be started: " + tap.reason());
            }
        });
    }

    private boolean failOnError() {
        return options.isFailOnError();
    }

    private boolean stop(String callId, Exchange exchange, Arguments args, AsyncCallback callback) throws Exception {
        CompletionStage<TapInfo> stopped = taps().stop(callId, controlId(args)).handle((tap, failure) -> {
            if (failure != null && !failOnError() && Failures.callRoomCause(failure) instanceof TapException refused
                    && refused.kind() == TapException.Kind.NO_SUCH_TAP) {
                TapAnswers.notStopped(exchange.getMessage(), refused.getMessage());
                return CompletableFuture.<TapInfo>completedFuture(null);
            }
            return failure == null ? CompletableFuture.completedFuture(tap) : CompletableFuture.<TapInfo>failedFuture(failure);
        }).thenCompose(outcome -> outcome);
        return resume(callId, stopped, exchange, callback, tap -> {
            if (tap != null) {
                TapAnswers.stopped(exchange.getMessage(), tap);
            }
        });
    }

    private boolean change(String callId, TapChange change, Exchange exchange, Arguments args, AsyncCallback callback) throws Exception {
        return resume(callId, taps().change(callId, controlId(args), change), exchange, callback,
                tap -> TapAnswers.about(exchange.getMessage(), tap));
    }

    private TapInfo show(String callId, String controlId) throws Exception {
        List<TapInfo> running = taps().list(callId);
        for (int i = running.size() - 1; i >= 0; i--) {
            if (controlId == null || running.get(i).controlId().equals(controlId)) {
                return running.get(i);
            }
        }
        throw new VoiceTapNotFoundException(callId, controlId == null ? "the call has no tap" : "the call has no tap " + controlId, null);
    }

    private boolean resume(String callId, CompletionStage<TapInfo> stage, Exchange exchange, AsyncCallback callback,
                           Continuation.Step<TapInfo> step) {
        CompletionStage<TapInfo> told = stage.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                Failures.callRoomCause(failure) instanceof TapException refused ? TapAnswers.translate(callId, refused) : failure));
        return Continuation.resume(endpoint.getComponent()::goOn, told, exchange, callback, step);
    }
}
