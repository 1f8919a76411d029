package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.Milestone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/** Places calls and acts on them. Waits for nothing: the exchange goes on when the call has come far enough. */
public class VoiceCallProducer extends DefaultAsyncProducer {

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private VoiceOperation configured;
    private Commands commands;
    private Placing placing;

    public VoiceCallProducer(VoiceEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        String operation = Arguments.blankToNull(options.getOperation());
        configured = operation == null ? null : VoiceOperation.of(operation);
        if (configured != null && configured != VoiceOperation.PLACE && endpoint.getTarget() != null) {
            throw new IllegalArgumentException("operation=" + operation + " has no target: " + endpoint.getTarget());
        }
        OptionRules.checkProducer(configured == null && endpoint.getTarget() != null ? VoiceOperation.PLACE : configured, endpoint.given());
        commands = new Commands(options, endpoint.getHeaderFilterStrategy(), new Recordings(endpoint.getComponent().getRecordingsDir()));
        placing = new Placing(endpoint);
        Placing.check(options, endpoint.given());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        placing.start();
    }

    @Override
    protected void doStop() throws Exception {
        placing.stop();
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Arguments args = new Arguments(exchange);
            VoiceOperation operation = operation(args);
            switch (operation) {
                case PLACE -> {
                    return placing.place(exchange, args, callback);
                }
                case SHOW -> {
                    CallSnapshot call = KnownCalls.find(endpoint.engine().calls(), exchange, callId(args)).snapshot();
                    exchange.getMessage().setBody(call);
                    Results.call(exchange.getMessage(), call);
                    callback.done(true);
                    return true;
                }
                case LIST -> {
                    exchange.getMessage().setBody(new CallSnapshots(endpoint.engine().calls().live().stream().map(Call::snapshot).toList()));
                    callback.done(true);
                    return true;
                }
                default -> {
                    return act(operation, exchange, args, callback);
                }
            }
        } catch (Exception failure) {
            exchange.setException(Failures.translate(failure));
            callback.done(true);
            return true;
        }
    }

    private VoiceOperation operation(Arguments args) throws VoiceRequestException {
        if (configured != null) {
            return configured;
        }
        String named = endpoint.getTarget() == null ? args.text(VoiceConstants.OPERATION, "operation", null) : null;
        if (named == null) {
            return VoiceOperation.PLACE;
        }
        try {
            return VoiceOperation.of(named);
        } catch (IllegalArgumentException unknown) {
            throw new VoiceRequestException(null, unknown.getMessage(), unknown);
        }
    }

    private String callId(Arguments args) throws VoiceRequestException {
        String callId = args.name(VoiceConstants.CALL_ID, "callId", options.getCallId());
        if (callId == null) {
            throw Commands.missing("callId", VoiceConstants.CALL_ID);
        }
        return callId;
    }

    private boolean act(VoiceOperation operation, Exchange exchange, Arguments args, AsyncCallback callback) throws Exception {
        String callId = callId(args);
        Call call;
        try {
            call = KnownCalls.find(endpoint.engine().calls(), exchange, callId);
        } catch (VoiceCallEndedException over) {
            if (operation.isDoneByTheEnd()) {
                callback.done(true);
                return true;
            }
            throw over;
        }
        CallCommand command = commands.of(operation, callId, exchange);
        CompletionStage<CommandResult> result = call.execute(command);
        if (command instanceof CallCommand.Play && !args.flag(VoiceConstants.WAIT, "wait", options.isWait())) {
            result = begun(call, result);
        }
        Message message = exchange.getMessage();
        if (message.getHeader(VoiceConstants.CALL_ID) == null) {
            message.setHeader(VoiceConstants.CALL_ID, callId);
        }
        return resume(orOver(operation, call, result), exchange, callback, done -> {
            Results.operation(message, done);
            if (command instanceof CallCommand.StartRecording start) {
                message.setHeader(VoiceConstants.RECORDING, start.target().file().toString());
            }
        });
    }

    /** A call may end between two steps of a route. */
    private static CompletionStage<CommandResult> orOver(VoiceOperation operation, Call call, CompletionStage<CommandResult> result) {
        return result.exceptionallyCompose(failure -> {
            if (Failures.callRoomCause(failure) instanceof CallException refused && refused.kind() == CallException.Kind.WRONG_STATE
                    && call.snapshot().state().isOver()) {
                return operation.isDoneByTheEnd() ? CompletableFuture.completedFuture(CommandResult.of(call.snapshot()))
                        : CompletableFuture.failedFuture(new VoiceCallEndedException(call.id(), refused));
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    /** Done when the command has begun: what follows it in the call's mailbox says so. Fails if it was refused. */
    private static CompletionStage<CommandResult> begun(Call call, CompletionStage<CommandResult> result) {
        CompletableFuture<CommandResult> whole = result.toCompletableFuture();
        return call.reached(Milestone.INITIATED).thenCompose(now ->
                whole.isDone() ? whole : CompletableFuture.completedFuture(CommandResult.of(now)));
    }

    private <T> boolean resume(CompletionStage<T> stage, Exchange exchange, AsyncCallback callback, Continuation.Step<T> step) {
        return Continuation.resume(endpoint.getComponent()::goOn, stage, exchange, callback, step);
    }
}
