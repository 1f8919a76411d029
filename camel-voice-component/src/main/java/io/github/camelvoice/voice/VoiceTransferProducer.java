package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.TransferResult;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Transfers calls, and decides about transfers that far ends ask for. Waits for nothing: the exchange goes on when the transfer has come
 * far enough.
 */
public class VoiceTransferProducer extends DefaultAsyncProducer {

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private TransferOperation configured;
    private Transferring transferring;

    public VoiceTransferProducer(VoiceEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        String operation = endpoint.given().contains("operation") ? Arguments.blankToNull(options.getOperation()) : null;
        configured = operation == null ? null : TransferOperation.of(operation);
        if (configured == TransferOperation.REFUSE && endpoint.getTarget() != null) {
            throw new IllegalArgumentException("operation=refuse has no target: " + endpoint.getTarget());
        }
        OptionRules.checkTransferProducer(configured == null && endpoint.getTarget() != null ? TransferOperation.TRANSFER : configured,
                endpoint.given());
        Transferring.check(options, endpoint.given());
        transferring = new Transferring(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Arguments args = new Arguments(exchange);
            TransferOperation operation = operation(args);
            String callId = args.name(VoiceConstants.CALL_ID, "callId", options.getCallId());
            if (callId == null) {
                throw Commands.missing("callId", VoiceConstants.CALL_ID);
            }
            Call call = KnownCalls.find(endpoint.engine().calls(), exchange, callId);
            CompletionStage<TransferResult> result = switch (operation) {
                case TRANSFER -> transferring.transfer(call, exchange, args);
                case ACCEPT -> transferring.accept(call, exchange, args);
                case REFUSE -> refuse(call, args);
            };
            return Continuation.resume(endpoint.getComponent()::goOn, result, exchange, callback, done -> over(exchange.getMessage(), call, done));
        } catch (Exception failure) {
            Exception cause = failure instanceof IllegalArgumentException wrong ? new VoiceRequestException(null, wrong.getMessage(), wrong) : failure;
            exchange.setException(Failures.translate(cause));
            callback.done(true);
            return true;
        }
    }

    private TransferOperation operation(Arguments args) throws VoiceRequestException {
        if (configured != null) {
            return configured;
        }
        String named = endpoint.getTarget() == null ? args.text(VoiceConstants.OPERATION, "operation", null) : null;
        try {
            return named == null ? TransferOperation.TRANSFER : TransferOperation.of(named);
        } catch (IllegalArgumentException unknown) {
            throw new VoiceRequestException(null, unknown.getMessage(), unknown);
        }
    }

    private CompletionStage<TransferResult> refuse(Call call, Arguments args) throws VoiceException {
        int code = args.number(VoiceConstants.CODE, "code", options.getCode());
        String phrase = args.text(VoiceConstants.PHRASE, "phrase", options.getPhrase());
        CallCommand refusal = new CallCommand.AnswerTransfer(code == 0 ? 603 : code == 202 ? -1 : code, phrase);
        transferring.decide(call);
        return call.execute(refusal).thenApply(done -> null);
    }

    /** @param result null where nothing came of it but a decision */
    private static void over(Message message, Call call, TransferResult result) throws VoiceException {
        Results.call(message, call.snapshot());
        if (result == null) {
            return;
        }
        message.setHeader(VoiceConstants.TRANSFER_ID, result.transferId());
        message.setHeader(VoiceConstants.TRANSFER_STATUS, result.status().word());
        message.setHeader(VoiceConstants.TRANSFER_MODE, result.mode());
        Results.set(message, VoiceConstants.REFER_CODE, result.referCode() == 0 ? null : result.referCode());
        Results.set(message, VoiceConstants.NOTIFY_CODE, result.notifyCode() == 0 ? null : result.notifyCode());
        if (!result.status().isSuccess()) {
            throw new VoiceTransferFailedException(call.id(), result);
        }
    }
}
