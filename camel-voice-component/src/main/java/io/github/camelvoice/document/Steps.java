package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.document.Instruction.Destination;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How each instruction is carried out. On the mailbox of its execution. */
final class Steps {

    private static final String SUCCESS = "success";
    private static final String FAILED = "failed";

    private final Execution execution;
    private final Documents documents;
    private final DocumentServices services;
    private final Call call;
    private final Scope scope;
    private final Mailbox mailbox;
    private final PromptSteps prompts;
    private final VerbSteps verbs;
    private boolean playing;

    Steps(Execution execution, Documents documents, DocumentServices services, Call call, Scope scope, Mailbox mailbox) {
        this.execution = execution;
        this.documents = documents;
        this.services = services;
        this.call = call;
        this.scope = scope;
        this.mailbox = mailbox;
        this.prompts = new PromptSteps(execution, services, call, mailbox);
        this.verbs = new VerbSteps(execution, documents, services, call);
    }

    boolean isPlaying() {
        return playing || prompts.isPlaying();
    }

    /** Status that refuses a caller who was never answered; 0 where nothing says one. */
    int refusal() {
        return verbs.refusal();
    }

    /** The execution is over. */
    void abandon() {
        prompts.abandon();
        verbs.abandon();
    }

    void perform(Instruction instruction) throws DocumentException {
        if (instruction instanceof Instruction.Answer answer) {
            answer(answer);
        } else if (instruction instanceof Instruction.Play play) {
            play(play);
        } else if (instruction instanceof Instruction.Hangup hangup) {
            hangup(hangup);
        } else if (instruction instanceof Instruction.Tap tap) {
            tap(tap);
        } else if (instruction instanceof Instruction.StopTap stopTap) {
            stopTap(stopTap);
        } else if (instruction instanceof Instruction.SetVariables set) {
            for (Map.Entry<String, JsonTemplate> each : set.values().entrySet()) {
                set(set, each.getKey(), each.getValue().evaluate(scope));
            }
        } else if (instruction instanceof Instruction.UnsetVariables unset) {
            unset.names().forEach(scope::unset);
        } else if (instruction instanceof Instruction.Return returns) {
            JsonNode value = returns.value().evaluate(scope);
            set(returns, "return_value", value);
            execution.returns(value);
        } else if (instruction instanceof Instruction.Transfer transfer) {
            transfer(transfer);
        } else if (instruction instanceof Verb.Reject reject) {
            end(reject.reason());
        } else if (instruction instanceof Verb verb) {
            if (VerbSteps.answersFirst(verb)) {
                answered(verb, List.of(), () -> verbs.perform(verb));
            } else {
                verbs.perform(verb);
            }
        } else if (instruction instanceof Prompt.Pause pause) {
            prompts.perform(pause);
        } else if (instruction instanceof Prompt prompt) {
            answered(prompt, List.of(), () -> prompts.perform(prompt));
        }
    }

    private void set(Instruction by, String name, JsonNode value) throws DocumentException {
        try {
            scope.set(name, value);
        } catch (IllegalArgumentException tooLarge) {
            throw new DocumentException(ProblemCode.METHOD_EXECUTE_FAILED, by.place(), tooLarge.getMessage());
        }
    }

    private void set(Instruction by, String name, String value) throws DocumentException {
        set(by, name, JsonNodeFactory.instance.textNode(value));
    }

    private void answer(Instruction.Answer answer) throws DocumentException {
        Integer limit = answer.maxSeconds() == null ? null : answer.maxSeconds().get(scope);
        answered(answer, answer.codecs().get(scope), () -> {
            if (limit != null) {
                limit(limit);
            }
        });
    }

    /** What follows an answer. */
    @FunctionalInterface
    private interface Next {
        void run() throws DocumentException;
    }

    private void answered(Instruction by, List<String> codecs, Next next) throws DocumentException {
        if (!isUndecided()) {
            set(by, "answer_result", SUCCESS);
            next.run();
            return;
        }
        execution.await(call.execute(new CallCommand.Answer(codecs, SipHeaders.none())), (result, failure) -> {
            if (failure != null) {
                throw new DocumentException(ProblemCode.METHOD_EXECUTE_FAILED, by.place(), "the call cannot be answered: " + Failures.words(failure));
            }
            set(by, "answer_result", SUCCESS);
            next.run();
        });
    }

    private boolean isUndecided() {
        return call.snapshot().direction() == CallDirection.INBOUND && call.snapshot().state().isUndecided();
    }

    /** Holds for the call, beyond the end of the document. */
    private void limit(int seconds) {
        Timers.Timer timer = services.timers().schedule(seconds, TimeUnit.SECONDS, mailbox,
                () -> call.execute(new CallCommand.Hangup("Q.850;cause=16;text=\"max_duration\"", SipHeaders.none())));
        call.reached(Milestone.COMPLETED).thenRun(timer::cancel);
    }

    private void play(Instruction.Play play) throws DocumentException {
        List<Sound> sounds = new ArrayList<>();
        for (Value<Sound> sound : play.sounds()) {
            Sound found = sound.get(scope);
            sounds.add(found instanceof Sound.Speech speech ? play.speaker().apply(speech, scope) : found);
        }
        String target = play.statusUrl() == null ? null : play.statusUrl().get(scope);
        Playing turn = new Playing(play, sounds.iterator(), play.volume().get(scope), target, services.ids().token());
        Next begin = () -> tell(turn, PlayStatus.PLAYING, () -> playNext(turn));
        if (!isUndecided()) {
            begin.run();
        } else if (play.answers().get(scope)) {
            answered(play, List.of(), begin);
        } else if (call.snapshot().media() != null) {
            begin.run();
        } else {
            execution.await(call.execute(new CallCommand.Ring(183, true, false, List.of(), SipHeaders.none())), (ringing, failure) -> {
                if (failure != null) {
                    playFailed(turn, failure);
                } else {
                    begin.run();
                }
            });
        }
    }

    /** {@code target} of its status events, null for none. */
    private record Playing(Instruction.Play play, Iterator<Sound> rest, double gain, String target, String controlId) {
    }

    private void playNext(Playing turn) throws DocumentException {
        if (!turn.rest().hasNext()) {
            set(turn.play(), "play_result", SUCCESS);
            tell(turn, PlayStatus.FINISHED, () -> { });
            return;
        }
        execution.await(services.media().find(turn.rest().next(), turn.gain()), (source, missing) -> {
            if (missing != null) {
                playFailed(turn, missing);
                return;
            }
            playing = true;
            execution.await(call.execute(new CallCommand.Play(source)), (played, failure) -> {
                playing = false;
                if (failure != null) {
                    playFailed(turn, failure);
                } else {
                    playNext(turn);
                }
            });
        });
    }

    private void playFailed(Playing turn, Throwable failure) throws DocumentException {
        set(turn.play(), "play_result", FAILED);
        execution.warn(turn.play(), Failures.words(failure));
        tell(turn, PlayStatus.ERROR, () -> { });
    }

    /** What is told is written down before the document goes on; what cannot be told does not stop it. */
    private void tell(Playing turn, String state, Next next) throws DocumentException {
        if (turn.target() == null) {
            next.run();
            return;
        }
        String json = PlayStatus.json(state, execution.id(), call.id(), turn.controlId(), services.ids().node(), services.project(),
                services.clock().now());
        execution.await(services.status().tell(PlayStatus.KIND, call.id(), turn.target(), json), (written, failure) -> {
            if (failure != null) {
                execution.warn(turn.play(), "status_url: " + Failures.words(failure));
            }
            next.run();
        });
    }

    private void hangup(Instruction.Hangup hangup) throws DocumentException {
        end(hangup.reason().get(scope));
    }

    private void end(HangupReason reason) {
        execution.hangUp(isUndecided() ? new CallCommand.Reject(reason.code(), reason.phrase(), SipHeaders.none())
                : new CallCommand.Hangup(reason.reasonHeader(), SipHeaders.none()));
    }

    private void tap(Instruction.Tap tap) throws DocumentException {
        TapOrder.Filled order = tap.order().fill(scope);
        execution.await(services.taps().start(call, order, execution.id()), (started, failure) -> {
            String words = failure != null ? Failures.words(failure) : started.failure();
            set(tap, "tap_result", words == null ? SUCCESS : FAILED);
            if (started != null) {
                told(tap, started);
            }
            if (words != null) {
                execution.warn(tap, words);
            }
        });
    }

    private void told(Instruction.Tap tap, TapPort.Started started) throws DocumentException {
        set(tap, "tap_uri", started.uri());
        set(tap, "tap_control_id", started.controlId());
        if (started.sourceAddress() == null) {
            scope.unset("tap_rtp_src_addr");
            scope.unset("tap_rtp_src_port");
        } else {
            set(tap, "tap_rtp_src_addr", started.sourceAddress());
            set(tap, "tap_rtp_src_port", JsonNodeFactory.instance.numberNode(started.sourcePort()));
        }
        set(tap, "tap_ptime", JsonNodeFactory.instance.numberNode(started.ptime()));
        set(tap, "tap_codec", started.codec());
        set(tap, "tap_rate", JsonNodeFactory.instance.numberNode(started.rate()));
    }

    private void stopTap(Instruction.StopTap stop) throws DocumentException {
        String controlId = stop.controlId() == null ? null : stop.controlId().get(scope);
        execution.await(services.taps().stop(call.id(), controlId), (stopped, failure) -> {
            set(stop, "stop_tap_result", failure == null ? SUCCESS : FAILED);
            if (failure != null) {
                execution.warn(stop, Failures.words(failure));
            }
        });
    }

    private void transfer(Instruction.Transfer transfer) throws DocumentException {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonTemplate> each : transfer.params().entrySet()) {
            params.set(each.getKey(), each.getValue().evaluate(scope));
        }
        Destination destination = transfer.destination().get(scope);
        try {
            scope.params(params);
        } catch (IllegalArgumentException tooLarge) {
            throw new DocumentException(ProblemCode.METHOD_EXECUTE_FAILED, transfer.place(), tooLarge.getMessage());
        }
        if (destination instanceof Destination.Section section) {
            execution.goTo(execution.document(), section.name(), transfer.place());
        } else if (destination instanceof Destination.Inline inline) {
            execution.goTo(inline.document(), Document.MAIN, transfer.place());
        } else if (destination instanceof Destination.Fetched fetched) {
            execution.await(documents.load(call, fetched.url(), params, scope.vars().deepCopy()), (document, failure) -> {
                if (failure == null) {
                    execution.goTo(document, Document.MAIN, transfer.place());
                } else if (Failures.cause(failure) instanceof DocumentException wrong) {
                    throw wrong;
                } else {
                    throw new DocumentException(ProblemCode.METHOD_EXECUTE_FAILED, transfer.place(), Failures.words(failure));
                }
            });
        }
    }
}
