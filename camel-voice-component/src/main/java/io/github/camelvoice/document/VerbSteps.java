package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.TransferResult;
import io.github.camelvoice.call.TransferSpec;
import io.github.camelvoice.call.TransferStatus;
import io.github.camelvoice.dial.DialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the instructions on a call as a whole are carried out. On the mailbox of the execution. */
final class VerbSteps {

    private static final Logger LOG = LoggerFactory.getLogger(VerbSteps.class);
    private static final String TIME_LIMIT = "Q.850;cause=16;text=\"timeLimit\"";

    private final Execution execution;
    private final Documents documents;
    private final DocumentServices services;
    private final Call call;
    private Pending pending;
    private DialResult lastDial;

    /** What takes its time; its action is told of it even if the caller does not wait. {@code dial} null for other verbs. */
    private record Pending(DialStep dial, Action action, CompletionStage<List<Map.Entry<String, String>>> parameters) {
    }

    VerbSteps(Execution execution, Documents documents, DocumentServices services, Call call) {
        this.execution = execution;
        this.documents = documents;
        this.services = services;
        this.call = call;
    }

    /** Whether a call that nobody answered is answered before this. */
    static boolean answersFirst(Verb verb) {
        return verb instanceof Verb.StartStream || verb instanceof Verb.Refer;
    }

    void perform(Verb verb) throws DocumentException {
        if (verb instanceof Verb.Dial dial) {
            dial(dial);
        } else if (verb instanceof Verb.Redirect redirect) {
            execution.follow(redirect.place(), redirect.action(), List.of());
        } else if (verb instanceof Verb.StartStream stream) {
            startStream(stream);
        } else if (verb instanceof Verb.StopStream stream) {
            execution.await(services.taps().stop(call.id(), stream.name()), (stopped, failure) -> {
                if (failure != null) {
                    execution.warn(stream, Failures.words(failure));
                }
            });
        } else if (verb instanceof Verb.Refer refer) {
            refer(refer);
        } else {
            throw new DocumentException(ProblemCode.METHOD_EXECUTE_FAILED, verb.place(), verb.verb() + " cannot be carried out here");
        }
    }

    /** The call goes on afterwards, whatever came of it. */
    private void refer(Verb.Refer refer) throws DocumentException {
        CompletionStage<List<Map.Entry<String, String>>> referred = call.execute(new CallCommand.Transfer(TransferSpec.to(refer.target())))
                .handle((result, failure) -> {
                    if (failure != null) {
                        LOG.info("[{}] Refer at {} failed: {}", call.id(), refer.place(), Failures.words(failure));
                    }
                    return parameters(failure == null ? result.transfer() : null);
                });
        pending = new Pending(null, refer.action(), referred);
        execution.await(referred, (parameters, never) -> {
            pending = null;
            if (refer.action() != null) {
                execution.follow(refer.place(), refer.action(), parameters);
            }
        });
    }

    /** @param result null where the far end could not be asked */
    private List<Map.Entry<String, String>> parameters(TransferResult result) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        TransferStatus status = result != null ? result.status() : call.snapshot().state().isOver() ? TransferStatus.CANCELED : TransferStatus.FAILED;
        parameters.add(Map.entry("ReferCallStatus", status.referCallStatus()));
        if (result != null && result.referCode() != 0) {
            parameters.add(Map.entry("ReferSipResponseCode", String.valueOf(result.referCode())));
        }
        if (result != null && result.notifyCode() != 0) {
            parameters.add(Map.entry("NotifySipResponseCode", String.valueOf(result.notifyCode())));
        }
        return parameters;
    }

    private void dial(Verb.Dial dial) throws DocumentException {
        if (services.ports().dialling().dials() == null) {
            throw new DocumentException(ProblemCode.METHOD_EXECUTE_FAILED, dial.place(), "nobody is dialled here");
        }
        DialStep step = new DialStep(documents, services, call, dial.order());
        CompletionStage<DialStep.Result> result;
        try {
            result = step.begin();
        } catch (IllegalArgumentException wrong) {
            throw new DocumentException(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, dial.place(), wrong.getMessage());
        }
        Action action = dial.order().action();
        pending = new Pending(step, action, result.thenApply(DialStep.Result::parameters));
        execution.await(result, (came, failure) -> {
            pending = null;
            if (failure != null) {
                throw new DocumentException(ProblemCode.METHOD_EXECUTE_FAILED, dial.place(), Failures.words(failure));
            }
            lastDial = came.dial();
            if (came.timeIsUp()) {
                tellOnly(action, came.parameters());
                execution.hangUp(new CallCommand.Hangup(TIME_LIMIT, SipHeaders.none()));
            } else if (action != null) {
                execution.follow(dial.place(), action, came.parameters());
            }
        });
    }

    /** Status that refuses a caller who was never answered: what those said who were dialled last. 0: nobody was. */
    int refusal() {
        return lastDial == null || lastDial.outcome() == DialResult.Outcome.COMPLETED && lastDial.bridged() ? 0 : lastDial.callerCode();
    }

    private void startStream(Verb.StartStream stream) throws DocumentException {
        execution.await(services.taps().stream(call, stream.order(), execution.id()), (started, failure) -> {
            String words = failure != null ? Failures.words(failure) : started.failure();
            if (words != null) {
                execution.warn(stream, words);
            }
            if (stream.order().status() != null) {
                new StreamStatus(services, call, stream.order()).begun(started, words);
            }
        });
    }

    /** There is no call any more that a document could be carried out on: the application hears of it all the same. */
    private void tellOnly(Action action, List<Map.Entry<String, String>> parameters) {
        if (action != null) {
            services.ports().application().ask(Ask.of(call.snapshot(), action, parameters), (url, mediaType, text) -> text);
        }
    }

    /** The execution is over. */
    void abandon() {
        Pending left = pending;
        pending = null;
        if (left == null) {
            return;
        }
        boolean over = call.snapshot().state().isOver();
        if (left.dial() != null) {
            left.dial().cancel();
        }
        if (over && left.action() != null) {
            left.parameters().thenAccept(parameters -> tellOnly(left.action(), parameters));
        }
    }
}
