package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.document.ExecutionMachine.Event;
import io.github.camelvoice.document.ExecutionMachine.Move;
import io.github.camelvoice.document.ExecutionMachine.State;
import io.github.camelvoice.runtime.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document as it runs on a call: one instruction after the other, on a mailbox of its own. Whatever takes time is a stage; no thread
 * waits for it. Bounded: {@value #MOST_AT_ONCE} instructions without time passing, {@value #MOST_TRANSFERS} transfers.
 */
public final class Execution {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    static final int MOST_AT_ONCE = 1_000;
    /** What SWML allows. */
    static final int MOST_TRANSFERS = 32;

    private final Call call;
    private final RunOptions options;
    private final Mailbox mailbox;
    private final String id;
    private final Scope scope;
    private final Steps steps;
    private final AnswerLimit answers;
    private final Documents documents;
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private volatile CompletionStage<?> free = CompletableFuture.completedFuture(null);
    private State state = State.RUNNING;
    private Ending ending;
    private DocumentProblem problem;
    private JsonNode returned;
    private Document document;
    private List<Instruction> section;
    private int next;
    private int begun;
    private int atOnce;
    private int transfers;
    private CallCommand farewell;

    /** What follows a stage; {@code failure} null if it went well. */
    @FunctionalInterface
    interface Then<T> {
        void apply(T result, Throwable failure) throws DocumentException;
    }

    Execution(Documents documents, DocumentServices services, Call call, Document document, RunOptions options) {
        this.call = call;
        this.options = options;
        this.answers = new AnswerLimit(services.clock());
        this.documents = documents;
        this.mailbox = new Mailbox(services.pool(), call.id());
        this.id = services.ids().next();
        this.scope = new Scope(documents.viewer(call));
        this.steps = new Steps(this, documents, services, call, scope, mailbox);
        this.document = document;
        this.section = document.sections().get(Document.MAIN);
        scope.params(options.params());
        mailbox.release(() -> { });
    }

    /** Id of this execution, a part of what is told about it. */
    public String id() {
        return id;
    }

    public String callId() {
        return call.id();
    }

    /** Ends when the document has, and the call where it ends with it. Never fails. Dependants must be quick. */
    public CompletionStage<Outcome> done() {
        return done;
    }

    /** @param place before this, nothing is done */
    void start(CompletionStage<?> place) {
        free = place;
        place.whenComplete((before, failure) -> mailbox.execute(this::begin));
    }

    /** Ends it for another document; what it plays stops. The stage ends when the call is free. */
    CompletionStage<Outcome> replace() {
        mailbox.execute(() -> on(Event.REPLACE));
        return free.handle((before, failure) -> null).thenCompose(before -> done);
    }

    private void begin() {
        if (state != State.RUNNING) {
            return;
        }
        oddities(document);
        call.reached(Milestone.COMPLETED).thenRun(() -> mailbox.execute(() -> on(Event.CALL_OVER)));
        if (call.snapshot().direction() == CallDirection.OUTBOUND) {
            await(call.reached(Milestone.ANSWERED), (answered, never) -> { });
        }
        loop();
    }

    private void loop() {
        while (state == State.RUNNING) {
            if (call.snapshot().state().isOver()) {
                on(Event.CALL_OVER);
            } else if (next >= section.size()) {
                on(Event.END);
            } else {
                perform(section.get(next++));
            }
        }
    }

    private void perform(Instruction instruction) {
        begun++;
        if (++atOnce > MOST_AT_ONCE) {
            fault(new DocumentProblem(ProblemCode.METHOD_EXECUTE_FAILED, instruction.place(), "more than " + MOST_AT_ONCE
                    + " instructions without time passing"));
            return;
        }
        LOG.debug("[{}] {} at {} of {}", call.id(), instruction.verb(), instruction.place(), document.name());
        try {
            steps.perform(instruction);
        } catch (DocumentException wrong) {
            fault(wrong.first());
        } catch (RuntimeException bug) {
            LOG.error("[{}] {} failed", call.id(), instruction.verb(), bug);
            fault(new DocumentProblem(ProblemCode.METHOD_EXECUTE_FAILED, instruction.place(), instruction.verb() + " failed"));
        }
    }

    /** Goes on with {@code then} when the stage is done, on the mailbox: unless the call or the document has ended by then. */
    <T> void await(CompletionStage<T> stage, Then<T> then) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isDone()) {
            resume(future, then);
            return;
        }
        on(Event.WAIT);
        future.whenComplete((result, failure) -> mailbox.execute(() -> {
            if (state == State.WAITING) {
                on(Event.RESUME);
                atOnce = 0;
                resume(future, then);
                loop();
            }
        }));
    }

    private <T> void resume(CompletableFuture<T> future, Then<T> then) {
        if (call.snapshot().state().isOver()) {
            on(Event.CALL_OVER);
            return;
        }
        future.whenComplete((result, failure) -> {
            try {
                then.apply(result, failure);
            } catch (DocumentException wrong) {
                fault(wrong.first());
            } catch (RuntimeException bug) {
                LOG.error("[{}] document {} failed", call.id(), document.name(), bug);
                fault(new DocumentProblem(ProblemCode.METHOD_EXECUTE_FAILED, Place.DOCUMENT, "failed"));
            }
        });
    }

    /** The next instruction is the first of another section, of this document or another. */
    void goTo(Document target, String name, Place from) throws DocumentException {
        if (++transfers > MOST_TRANSFERS) {
            throw new DocumentException(ProblemCode.TOO_MANY_TRANSFERS, from, "more than " + MOST_TRANSFERS + " transfers");
        }
        enter(target, name);
    }

    private void enter(Document target, String name) {
        if (target != document) {
            oddities(target);
        }
        document = target;
        section = target.sections().get(name);
        next = 0;
    }

    private void oddities(Document read) {
        if (!read.warnings().isEmpty()) {
            LOG.warn("[{}] document {}: {}", call.id(), read.name(), read.warnings());
        }
    }

    Document document() {
        return document;
    }

    /** Goes on with the document that an application gives. */
    void follow(Place from, Action action, List<Map.Entry<String, String>> parameters) throws DocumentException {
        answers.count(from);
        await(documents.ask(Ask.of(call.snapshot(), action, options.fallback(), parameters), options.role()), (answer, failure) -> {
            if (failure == null) {
                enter(answer, Document.MAIN);
            } else if (Failures.cause(failure) instanceof DocumentException wrong) {
                throw wrong;
            } else {
                throw new DocumentException(ProblemCode.HTTP_RETRIEVAL_ERROR, from, Failures.words(failure));
            }
        });
    }

    /** Something did not work and the document goes on: it can look at the variable {@code script_error}. */
    void warn(Instruction instruction, String words) {
        scope.vars().put("script_error", ProblemCode.METHOD_EXECUTE_FAILED.swml());
        LOG.info("[{}] {} at {} of {} failed, the document goes on: {}", call.id(), instruction.verb(), instruction.place(), document.name(), words);
    }

    void fault(DocumentProblem what) {
        problem = what;
        scope.vars().put("script_error", what.code().swml());
        on(Event.FAULT);
    }

    void returns(JsonNode value) {
        returned = value;
        on(Event.RETURN);
    }

    void hangUp(CallCommand command) {
        farewell = command;
        on(Event.HANGUP);
    }

    private void on(Event event) {
        Move move = ExecutionMachine.on(state, event);
        if (move == null) {
            return;
        }
        boolean waited = state == State.WAITING;
        state = move.next();
        ending = move.ending() == null ? ending : move.ending();
        if (state == State.ENDING) {
            leave();
        } else if (state == State.ENDED && event == Event.REPLACE && waited && steps.isPlaying()) {
            call.execute(new CallCommand.StopPlay()).whenComplete((stopped, failure) -> mailbox.execute(this::finish));
        } else if (state == State.ENDED) {
            finish();
        }
    }

    private void leave() {
        CallCommand command = farewell != null ? farewell : options.hangsUp() ? goodbye() : null;
        if (command == null) {
            on(Event.SETTLED);
            return;
        }
        call.execute(command).whenComplete((result, failure) -> mailbox.execute(() -> on(Event.SETTLED)));
    }

    private CallCommand goodbye() {
        boolean undecided = call.snapshot().direction() == CallDirection.INBOUND && call.snapshot().state().isUndecided();
        if (ending == Ending.FAILED) {
            return undecided ? new CallCommand.Reject(500, "Server Internal Error", SipHeaders.none())
                    : new CallCommand.Hangup("SIP;cause=500;text=\"Server Internal Error\"", SipHeaders.none());
        }
        if (undecided && steps.refusal() != 0) {
            return new CallCommand.Reject(steps.refusal(), null, SipHeaders.none());
        }
        return new CallCommand.Hangup(null, SipHeaders.none());
    }

    private void finish() {
        steps.abandon();
        if (problem == null) {
            LOG.info("[{}] document {} ended: {}, {} instructions", call.id(), document.name(), ending.word(), begun);
        } else {
            LOG.info("[{}] document {} ended: {}, {} instructions: {}", call.id(), document.name(), ending.word(), begun, problem);
        }
        done.complete(new Outcome(ending, scope.vars().deepCopy(), returned, problem, begun));
    }
}
